import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Change } from '../../schema/change.ts'
import type { Facts } from '../../schema/dialect.ts'
import type { Check, Column, ForeignKey, Index, Schema, Table } from '../../schema/schema.ts'
import { sqlite } from './dialect.ts'

const id: Column = { name: 'id', type: 'integer', nullable: false, autoIncrement: true }
const title: Column = { name: 'title', type: 'varchar(20)', nullable: true }
const none = { uniques: [], foreignKeys: [], checks: [], indexes: [] }
const post: Table = { name: 'post', columns: [id, title], primaryKey: { columns: ['id'] }, ...none }
const byTitle: Index = {
  name: 'post_title',
  generatedName: true,
  parts: [{ expression: { kind: 'column', name: 'title' } }],
}
const toUser: ForeignKey = {
  name: 'post_owner',
  columns: ['owner_id'],
  references: { table: 'user', columns: ['id'] },
  onDelete: 'cascade',
  onUpdate: 'noAction',
}
const positive: Check = {
  name: 'positive',
  expression: {
    kind: 'compare',
    operator: '>',
    left: { kind: 'column', name: 'n' },
    right: { kind: 'value', value: 0 },
  },
}

function schema(...tables: readonly Table[]): Schema {
  return { tables: new Map(tables.map((table) => [table.name, table])), others: [] }
}

interface Plan {
  readonly before?: Schema
  readonly after?: Schema
  readonly facts?: Facts
  readonly foreignKeys?: 'suspended' | 'enforced'
}

function planned(version: string, changes: readonly Change[], plan: Plan = {}): readonly string[] {
  const dialect = sqlite(version)
  const { before = schema(post), after = schema(post), facts, foreignKeys = 'suspended' } = plan
  const steps = dialect.plan({ before, after, changes, foreignKeys, ...(facts === undefined ? {} : { facts }) })
  return steps.map((step) => (step.kind === 'statement' ? dialect.toText(step.sql) : `${step.kind} ${step.key}`))
}

/** A plan by ALTER TABLE, the same on every version. */
function native(changes: readonly Change[], expected: readonly string[], plan?: Plan): void {
  assert.deepEqual(planned('3.53.4', changes, plan), expected)
  assert.deepEqual(planned('3.50.0', changes, plan), expected)
}

const rebuilt = (columns: string, copied: string, from: string = copied): readonly string[] => [
  `CREATE TABLE "godwit_new_post" (${columns})`,
  'remember rows of post while it is copied',
  `INSERT INTO "godwit_new_post" (${copied}) SELECT ${from} FROM "post"`,
  'compare rows of post while it is copied',
  `DELETE FROM sqlite_sequence WHERE name = 'godwit_new_post'`,
  `INSERT INTO sqlite_sequence (name, seq) SELECT 'godwit_new_post', seq FROM sqlite_sequence WHERE name = 'post'`,
  'DROP TABLE "post"',
  'PRAGMA legacy_alter_table = ON',
  'ALTER TABLE "godwit_new_post" RENAME TO "post"',
  'PRAGMA legacy_alter_table = OFF',
]

test('a table is created with its keys, checks and foreign keys inside, and its indexes after it', () => {
  const owner: Column = { name: 'owner_id', type: 'bigint', nullable: false }
  const created: Table = {
    ...post,
    columns: [id, { ...title, nullable: false, default: { kind: 'value', value: "it's" } }, owner],
    uniques: [{ ...byTitle, name: 'post_title_key' }],
    checks: [{ name: 'short', expression: { kind: 'sql', sql: 'length(post.title) < 9' } }],
  }
  native(
    [
      { kind: 'createTable', table: created },
      { kind: 'addIndex', table: 'post', index: byTitle },
      { kind: 'addForeignKey', table: 'post', foreignKey: toUser },
    ],
    [
      'CREATE TABLE "post" ("id" integer PRIMARY KEY AUTOINCREMENT, "title" varchar(20) NOT NULL DEFAULT \'it\'\'s\', "owner_id" bigint NOT NULL, CONSTRAINT "short" CHECK (length(title) < 9), CONSTRAINT "post_owner" FOREIGN KEY ("owner_id") REFERENCES "user" ("id") ON DELETE CASCADE)',
      'CREATE UNIQUE INDEX "post_title_key" ON "post" ("title")',
      'CREATE INDEX "post_title" ON "post" ("title")',
    ],
    { before: schema(), after: schema({ ...created, foreignKeys: [toUser], indexes: [byTitle] }) },
  )
})

test('a generated name that is taken gets a number, a given name does not', () => {
  const facts: Facts = { schema: schema(post), takenNames: new Set(['POST_title', 'post_title_2', 'mine']) }
  native(
    [
      { kind: 'addIndex', table: 'post', index: byTitle },
      { kind: 'addIndex', table: 'post', index: { name: 'mine', parts: byTitle.parts } },
    ],
    ['CREATE INDEX "post_title_3" ON "post" ("title")', 'CREATE INDEX "mine" ON "post" ("title")'],
    { facts },
  )
})

test('an object with a generated name is dropped by the name that it has', () => {
  const real = schema({ ...post, indexes: [{ ...byTitle, name: 'old_post_title' }] })
  native([{ kind: 'dropIndex', table: 'post', index: byTitle }], ['DROP INDEX "old_post_title"'], {
    facts: { schema: real, takenNames: new Set() },
  })
  native([{ kind: 'dropIndex', table: 'post', index: byTitle }], ['DROP INDEX "post_title"'])
})

test('an index is renamed by making it again', () => {
  native(
    [{ kind: 'renameIndex', table: 'post', before: byTitle, after: { ...byTitle, name: 'better' } }],
    ['DROP INDEX "post_title"', 'CREATE INDEX "better" ON "post" ("title")'],
  )
})

test('a column is added in place with its reference and its checks', () => {
  native(
    [
      { kind: 'addColumn', table: 'post', column: { name: 'owner_id', type: 'bigint', nullable: true } },
      {
        kind: 'addColumn',
        table: 'post',
        column: { name: 'n', type: 'integer', nullable: false, default: { kind: 'value', value: 1 } },
      },
      { kind: 'addCheck', table: 'post', check: positive },
      { kind: 'addForeignKey', table: 'post', foreignKey: toUser },
    ],
    [
      'ALTER TABLE "post" ADD COLUMN "owner_id" bigint CONSTRAINT "post_owner" REFERENCES "user" ("id") ON DELETE CASCADE',
      'ALTER TABLE "post" ADD COLUMN "n" integer NOT NULL DEFAULT 1 CONSTRAINT "positive" CHECK ("n" > 0)',
    ],
  )
})

test('a NOT NULL column with a one-off value is added in three statements where that is possible, else by a rebuild', () => {
  const column: Column = { name: 'n', type: 'integer', nullable: false }
  const changes: readonly Change[] = [{ kind: 'addColumn', table: 'post', column, fill: { value: 5 } }]
  const after = schema({ ...post, columns: [id, title, column] })
  assert.deepEqual(planned('3.53.4', changes, { after }), [
    'ALTER TABLE "post" ADD COLUMN "n" integer',
    'UPDATE "post" SET "n" = 5',
    'ALTER TABLE "post" ALTER COLUMN "n" SET NOT NULL',
  ])
  const columns = '"id" integer PRIMARY KEY AUTOINCREMENT, "title" varchar(20), "n" integer NOT NULL'
  const rebuild = rebuilt(columns, '"id", "title", "n"', '"id", "title", 5')
  assert.deepEqual(planned('3.50.0', changes, { after }), rebuild)
  const trigger = { kind: 'trigger', name: 't', table: 'post', definition: 'CREATE TRIGGER t …' } as const
  const facts: Facts = { schema: { ...schema(post), others: [trigger] }, takenNames: new Set() }
  assert.deepEqual(planned('3.53.4', changes, { after, facts }), [...rebuild, 'CREATE TRIGGER t …'])
})

test('a default that is computed needs a rebuild, and the rows get it', () => {
  const column: Column = {
    name: 'at',
    type: 'datetime',
    nullable: false,
    default: sqlite().spelling.defaultExpression('now', { type: 'timestamp' }),
  }
  const changes: readonly Change[] = [{ kind: 'addColumn', table: 'post', column }]
  native(
    changes,
    rebuilt(
      `"id" integer PRIMARY KEY AUTOINCREMENT, "title" varchar(20), "at" datetime NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now'))`,
      '"id", "title"',
    ),
    { after: schema({ ...post, columns: [id, title, column] }) },
  )
})

test('a column is dropped in place when nothing stands on it', () => {
  const change: Change = { kind: 'dropColumn', table: 'post', column: title }
  const after = schema({ ...post, columns: [id] })
  native([change], ['ALTER TABLE "post" DROP COLUMN "title"'], { after })
  const indexed = schema({ ...post, indexes: [byTitle] })
  native(
    [{ kind: 'dropIndex', table: 'post', index: byTitle }, change],
    ['DROP INDEX "post_title"', 'ALTER TABLE "post" DROP COLUMN "title"'],
    { before: indexed, after },
  )
  const checked = schema({
    ...post,
    checks: [{ name: 'raw', expression: { kind: 'sql', sql: 'length("TITLE") > 0' } }],
  })
  assert.equal(planned('3.53.4', [change], { before: checked, after }).at(-4), 'DROP TABLE "post"')
})

test('a computed column is dropped before the one that it is computed from', () => {
  const n: Column = { name: 'n', type: 'integer', nullable: true }
  const expression = { kind: 'column', name: 'n' } as const
  const next: Column = { name: 'next', type: 'integer', nullable: true, generated: { expression, stored: false } }
  native(
    [n, next].map((column): Change => ({ kind: 'dropColumn', table: 'post', column })),
    ['ALTER TABLE "post" DROP COLUMN "next"', 'ALTER TABLE "post" DROP COLUMN "n"'],
    { before: schema({ ...post, columns: [id, n, next] }), after: schema({ ...post, columns: [id] }) },
  )
})

test('NOT NULL and checks are altered in place since 3.53 and by a rebuild before', () => {
  const n: Column = { name: 'n', type: 'integer', nullable: true }
  const before = schema({ ...post, columns: [id, n], checks: [{ ...positive, name: 'old' }] })
  const after = schema({ ...post, columns: [id, { ...n, nullable: false }], checks: [positive] })
  const changes: readonly Change[] = [
    { kind: 'dropCheck', table: 'post', check: { ...positive, name: 'old' } },
    { kind: 'setNotNull', table: 'post', column: { ...n, nullable: false }, fill: { value: 0 } },
    { kind: 'addCheck', table: 'post', check: positive },
  ]
  assert.deepEqual(planned('3.53.4', changes, { before, after }), [
    'ALTER TABLE "post" DROP CONSTRAINT "old"',
    'UPDATE "post" SET "n" = 0 WHERE "n" IS NULL',
    'ALTER TABLE "post" ALTER COLUMN "n" SET NOT NULL',
    'ALTER TABLE "post" ADD CONSTRAINT "positive" CHECK ("n" > 0)',
  ])
  assert.deepEqual(
    planned('3.50.0', changes, { before, after }),
    rebuilt(
      '"id" integer PRIMARY KEY AUTOINCREMENT, "n" integer NOT NULL, CONSTRAINT "positive" CHECK ("n" > 0)',
      '"id", "n"',
      '"id", coalesce("n", 0)',
    ),
  )
})

test('a check that can come out as NULL is not added in place: ALTER TABLE refuses rows that CREATE TABLE takes', () => {
  const n: Column = { name: 'n', type: 'integer', nullable: true }
  const before = schema({ ...post, columns: [id, n] })
  native(
    [{ kind: 'addCheck', table: 'post', check: positive }],
    rebuilt('"id" integer PRIMARY KEY AUTOINCREMENT, "n" integer, CONSTRAINT "positive" CHECK ("n" > 0)', '"id", "n"'),
    { before, after: schema({ ...post, columns: [id, n], checks: [positive] }) },
  )
})

test('several changes of a table are one rebuild, after its renames', () => {
  const before = schema({
    ...post,
    name: 'article',
    columns: [id, { ...title, name: 'head' }],
    indexes: [{ ...byTitle, parts: [{ expression: { kind: 'column', name: 'head' } }] }],
  })
  const long = { ...title, type: 'text', default: { kind: 'value', value: '' } } as const
  native(
    [
      { kind: 'renameTable', from: 'article', to: 'post' },
      { kind: 'renameColumn', table: 'post', from: 'head', to: 'title' },
      { kind: 'setType', table: 'post', before: title, after: long },
      { kind: 'setDefault', table: 'post', before: title, after: long },
    ],
    [
      'ALTER TABLE "article" RENAME TO "post"',
      'ALTER TABLE "post" RENAME COLUMN "head" TO "title"',
      ...rebuilt('"id" integer PRIMARY KEY AUTOINCREMENT, "title" text DEFAULT \'\'', '"id", "title"'),
      'CREATE INDEX "post_title" ON "post" ("title")',
    ],
    { before, after: schema({ ...post, columns: [id, long], indexes: [byTitle] }) },
  )
})

test('a rename that changes the case only goes by way of another name', () => {
  native(
    [{ kind: 'renameTable', from: 'post', to: 'Post' }],
    ['ALTER TABLE "post" RENAME TO "godwit_new_Post"', 'ALTER TABLE "godwit_new_Post" RENAME TO "Post"'],
    { after: schema({ ...post, name: 'Post' }) },
  )
})

test('a new table that has the name of one that goes is made after it went', () => {
  native(
    [
      { kind: 'createTable', table: { ...none, name: 'post', columns: [title] } },
      { kind: 'dropTable', table: post },
    ],
    ['DROP TABLE "post"', 'CREATE TABLE "post" ("title" varchar(20))'],
  )
})

test('rows are copied into a new table before the old one goes', () => {
  const copy: Table = { ...post, name: 'copy' }
  native(
    [
      { kind: 'createTable', table: copy },
      { kind: 'copyRows', from: 'post', to: 'copy', columns: [{ from: 'id', to: 'id' }] },
      { kind: 'dropTable', table: post },
    ],
    [
      'CREATE TABLE "copy" ("id" integer PRIMARY KEY AUTOINCREMENT, "title" varchar(20))',
      'INSERT INTO "copy" ("id") SELECT "id" FROM "post"',
      'DROP TABLE "post"',
    ],
    { after: schema(copy) },
  )
})

test('tables are dropped before those that they refer to, whatever the order of the changes', () => {
  const user: Table = { ...post, name: 'user' }
  const child: Table = { ...post, foreignKeys: [toUser] }
  const changes: readonly Change[] = [
    { kind: 'dropTable', table: user },
    { kind: 'dropTable', table: child },
  ]
  const dropped = ['DROP TABLE "post"', 'DROP TABLE "user"']
  native(changes, dropped, { before: schema(user, child), after: schema() })
  native(changes, ['PRAGMA defer_foreign_keys = ON', ...dropped, 'PRAGMA defer_foreign_keys = OFF'], {
    before: schema(user, child),
    after: schema(),
    foreignKeys: 'enforced',
  })
})

test('where foreign keys stay on, all tables that refer to a rebuilt one are rebuilt with it', () => {
  const user: Table = { name: 'user', columns: [{ ...id, type: 'integer' }], primaryKey: { columns: ['id'] }, ...none }
  const owner: Column = { name: 'owner_id', type: 'integer', nullable: true }
  const child: Table = { ...none, name: 'post', columns: [owner], foreignKeys: [toUser] }
  const changed: Column = { name: 'id', type: 'text', nullable: false }
  const plain: Column = { name: 'id', type: 'integer', nullable: false }
  const before = schema({ ...user, columns: [plain] }, child)
  const after = schema({ ...user, columns: [changed] }, child)
  native(
    [{ kind: 'setType', table: 'user', before: plain, after: changed }],
    [
      'remember rows of post',
      'remember references of post',
      'PRAGMA defer_foreign_keys = ON',
      'CREATE TABLE "godwit_new_user" ("id" text NOT NULL PRIMARY KEY)',
      'CREATE TABLE "godwit_new_post" ("owner_id" integer, CONSTRAINT "post_owner" FOREIGN KEY ("owner_id") REFERENCES "godwit_new_user" ("id") ON DELETE CASCADE)',
      'remember rows of user while it is copied',
      'INSERT INTO "godwit_new_user" ("id") SELECT "id" FROM "user"',
      'compare rows of user while it is copied',
      'remember rows of post while it is copied',
      'INSERT INTO "godwit_new_post" ("owner_id") SELECT "owner_id" FROM "post"',
      'compare rows of post while it is copied',
      'DROP TABLE "post"',
      'DROP TABLE "user"',
      'PRAGMA legacy_alter_table = ON',
      'ALTER TABLE "godwit_new_user" RENAME TO "user"',
      'ALTER TABLE "godwit_new_post" RENAME TO "post"',
      'PRAGMA legacy_alter_table = OFF',
      'PRAGMA defer_foreign_keys = OFF',
      'compare rows of post',
      'compare references of post',
    ],
    { before, after, foreignKeys: 'enforced' },
  )
})

test('where foreign keys stay on, a reference to something else than a primary key is refused before anything happens', () => {
  const user: Table = { ...post, name: 'user', uniques: [{ ...byTitle, name: 'u' }] }
  const child: Table = { ...post, foreignKeys: [{ ...toUser, references: { table: 'user', columns: ['title'] } }] }
  const after = { ...title, type: 'text' }
  assert.throws(
    () =>
      planned('3.53.4', [{ kind: 'setType', table: 'user', before: title, after }], {
        before: schema(user, child),
        after: schema({ ...user, columns: [id, after] }, child),
        foreignKeys: 'enforced',
      }),
    { code: 'database.cannotRebuildEnforced' },
  )
})

test('a name that is in use is not taken for the copy', () => {
  const facts: Facts = { schema: schema(post), takenNames: new Set(['godwit_new_post']) }
  const after = { ...title, type: 'text' }
  const [first] = planned('3.53.4', [{ kind: 'setType', table: 'post', before: title, after }], {
    after: schema({ ...post, columns: [id, after] }),
    facts,
  })
  assert.equal(first?.slice(0, 32), 'CREATE TABLE "godwit_new_post_2"')
})

test('comments give no steps', () => {
  native(
    [
      { kind: 'setTableComment', table: 'post', after: 'x' },
      { kind: 'setColumnComment', table: 'post', before: title, after: title },
    ],
    [],
  )
})

test('facts are wanted only where the declared Schema does not say enough', () => {
  const wants = (change: Change, version = '3.53.4') => sqlite(version).needsFacts([change])
  assert.equal(wants({ kind: 'createTable', table: post }), false)
  assert.equal(wants({ kind: 'addColumn', table: 'post', column: title }), false)
  assert.equal(wants({ kind: 'addIndex', table: 'post', index: { ...byTitle, generatedName: true } }), true)
  assert.equal(wants({ kind: 'setNotNull', table: 'post', column: title }), false)
  assert.equal(wants({ kind: 'setNotNull', table: 'post', column: title }, '3.50.0'), true)
  assert.equal(wants({ kind: 'dropTable', table: post }), true)
  assert.equal(wants({ kind: 'setType', table: 'post', before: title, after: title }), true)
})
