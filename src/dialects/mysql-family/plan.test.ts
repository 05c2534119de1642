import assert from 'node:assert/strict'
import { test } from 'node:test'
import { hasCode } from '../../errors/error.ts'
import { applyChanges } from '../../schema/apply-changes.ts'
import type { Change } from '../../schema/change.ts'
import type { Facts, PlanInput } from '../../schema/dialect.ts'
import type { Check, Column, ForeignKey, Index, Schema, Table } from '../../schema/schema.ts'
import type { StatementStep } from '../../schema/step.ts'
import { mariadb } from '../mariadb/index.ts'
import { mysql } from '../mysql/index.ts'

const id: Column = { name: 'id', type: 'bigint', nullable: false, autoIncrement: true }
const n: Column = { name: 'n', type: 'int', nullable: true }
const userId: Column = { name: 'user_id', type: 'bigint', nullable: true }
const none = { uniques: [], foreignKeys: [], checks: [], indexes: [] }
const byN: Index = { name: 'post_n_idx', generatedName: true, parts: [{ expression: { kind: 'column', name: 'n' } }] }
const positive: Check = {
  name: 'post_n_check',
  generatedName: true,
  expression: {
    kind: 'compare',
    operator: '>',
    left: { kind: 'column', name: 'n' },
    right: { kind: 'value', value: 0 },
  },
}
const toUser: ForeignKey = {
  name: 'post_user_id_fk',
  generatedName: true,
  columns: ['user_id'],
  references: { table: 'user', columns: ['id'] },
  onDelete: 'cascade',
  onUpdate: 'noAction',
}
const user: Table = { name: 'user', columns: [id], primaryKey: { columns: ['id'] }, ...none }
const post: Table = { ...user, name: 'post', columns: [id, n, userId] }

function schemaOf(...tables: readonly Table[]): Schema {
  return { tables: new Map(tables.map((table) => [table.name, table])), others: [] }
}

function factsOf(tables: readonly Table[], ...taken: readonly string[]): Facts {
  return { schema: schemaOf(...tables), takenNames: new Set(taken) }
}

type Ends = Pick<PlanInput, 'before' | 'after'> & { readonly facts?: Facts }

function stepsFor(changes: readonly Change[], ends: Ends, dialect = mariadb('10.11.19')): readonly StatementStep[] {
  const steps = dialect.plan({ ...ends, changes, foreignKeys: 'enforced' })
  return steps.filter((step) => step.kind === 'statement')
}

/** The statements of a plan as text, without the words by which the server is held to their costs. */
function planned(changes: readonly Change[], ends: Ends, dialect = mariadb('10.11.19')): readonly string[] {
  return stepsFor(changes, ends, dialect).map(({ sql, relaxed }) => dialect.toText(relaxed ?? sql))
}

test('generated names say nothing: what is dropped is looked for by what it is', () => {
  const before = { ...post, indexes: [byN], checks: [positive], foreignKeys: [toUser] }
  const real: Table = {
    ...before,
    indexes: [{ ...byN, name: 'elsewhere' }],
    checks: [{ name: 'CONSTRAINT_1', expression: { kind: 'sql', sql: '`n` > 0' } }],
    foreignKeys: [{ ...toUser, name: 'post_ibfk_1' }],
  }
  const changes: readonly Change[] = [
    { kind: 'dropForeignKey', table: 'post', foreignKey: toUser },
    { kind: 'dropIndex', table: 'post', index: byN },
    { kind: 'dropCheck', table: 'post', check: positive },
  ]
  assert.deepEqual(planned(changes, { before: schemaOf(before), after: schemaOf(post), facts: factsOf([real]) }), [
    'ALTER TABLE `post` DROP FOREIGN KEY `post_ibfk_1`, DROP CONSTRAINT `CONSTRAINT_1`, DROP INDEX `elsewhere`',
  ])
})

test('a foreign key takes along the index that the server made for it, and none that was declared', () => {
  const before = { ...post, foreignKeys: [toUser] }
  const changes: readonly Change[] = [{ kind: 'dropForeignKey', table: 'post', foreignKey: toUser }]
  const ends = { before: schemaOf(before), after: schemaOf(post) }
  const own: Index = { name: toUser.name, parts: [{ expression: { kind: 'column', name: 'user_id' } }] }
  const gone = 'DROP FOREIGN KEY `post_user_id_fk`'
  assert.deepEqual(planned(changes, { ...ends, facts: factsOf([{ ...before, indexes: [own] }]) }), [
    `ALTER TABLE \`post\` ${gone}, DROP INDEX \`post_user_id_fk\``,
  ])
  assert.deepEqual(planned(changes, { ...ends, facts: factsOf([before], 'post.post_user_id_fk') }), [
    `ALTER TABLE \`post\` ${gone}, DROP INDEX \`post_user_id_fk\``,
  ])
  const declared = { ...before, indexes: [own] }
  assert.deepEqual(
    planned(changes, { before: schemaOf(declared), after: schemaOf(declared), facts: factsOf([declared]) }),
    [`ALTER TABLE \`post\` ${gone}`],
  )
})

test('the index that the server made for a foreign key becomes that of the key which needs it', () => {
  const toOwner: ForeignKey = { ...toUser, name: 'post_owner_fk', references: { table: 'owner', columns: ['id'] } }
  const long: ForeignKey = { ...toUser, columns: ['user_id', 'n'], references: { table: 'user', columns: ['id', 'n'] } }
  const plannedFor = (going: ForeignKey): readonly string[] => {
    const before = { ...post, foreignKeys: [going, toOwner] }
    const parts = going.columns.map((name) => ({ expression: { kind: 'column', name } as const }))
    const facts = factsOf([{ ...before, indexes: [{ name: going.name, parts }] }])
    const after = { ...post, foreignKeys: [toOwner] }
    const changes: readonly Change[] = [{ kind: 'dropForeignKey', table: 'post', foreignKey: going }]
    return planned(changes, { before: schemaOf(before), after: schemaOf(after), facts })
  }
  const gone = 'ALTER TABLE `post` DROP FOREIGN KEY `post_user_id_fk`'
  assert.deepEqual(plannedFor(toUser), [`${gone}, RENAME INDEX \`post_user_id_fk\` TO \`post_owner_fk\``])
  assert.deepEqual(plannedFor(long), [
    `${gone}, DROP INDEX \`post_user_id_fk\`, ADD INDEX \`post_owner_fk\` (\`user_id\`)`,
  ])
})

test('a generated name that is taken gets a number', () => {
  const after = { ...post, indexes: [byN], foreignKeys: [toUser] }
  const changes: readonly Change[] = [
    { kind: 'addIndex', table: 'post', index: byN },
    { kind: 'addForeignKey', table: 'post', foreignKey: toUser },
  ]
  const real = {
    ...post,
    indexes: [{ name: 'post_n_idx', parts: [{ expression: { kind: 'column', name: 'id' } as const }] }],
  }
  const facts = factsOf([real, user], 'post_user_id_fk')
  assert.deepEqual(planned(changes, { before: schemaOf(post, user), after: schemaOf(after, user), facts }), [
    'ALTER TABLE `post` ADD INDEX `post_n_idx_2` (`n`), ADD CONSTRAINT `post_user_id_fk_2` FOREIGN KEY (`user_id`) REFERENCES `user` (`id`) ON DELETE CASCADE',
  ])
})

test('a check in the definition of a column stays where the column is said again, and goes by saying it without', () => {
  const own: Check = { name: 'n', ofColumn: 'n', expression: { kind: 'sql', sql: '`n` > 0' } }
  const before = { ...post, checks: [positive] }
  const facts = factsOf([{ ...post, checks: [own] }])
  const commented: Column = { ...n, comment: 'how many' }
  const after = { ...before, columns: [id, commented, userId] }
  const comment: Change = { kind: 'setColumnComment', table: 'post', before: n, after: commented }
  assert.deepEqual(planned([comment], { before: schemaOf(before), after: schemaOf(after), facts }), [
    "ALTER TABLE `post` MODIFY COLUMN `n` int COMMENT 'how many' CHECK (`n` > 0)",
  ])
  const drop: Change = { kind: 'dropCheck', table: 'post', check: positive }
  assert.deepEqual(planned([drop], { before: schemaOf(before), after: schemaOf(post), facts }), [
    'ALTER TABLE `post` MODIFY COLUMN `n` int',
  ])
})

test('what other hands put on a column that is made anew is made again', () => {
  const virtual: Column = { ...n, generated: { expression: { kind: 'sql', sql: '`id` + 1' }, stored: false } }
  const stored: Column = { ...n, generated: { expression: { kind: 'sql', sql: '`id` + 1' }, stored: true } }
  const before = { ...post, columns: [id, virtual] }
  const after = { ...post, columns: [id, stored] }
  const facts = factsOf([{ ...before, indexes: [{ ...byN, name: 'theirs' }] }])
  const change: Change = { kind: 'setGenerated', table: 'post', before: virtual, after: stored }
  assert.deepEqual(planned([change], { before: schemaOf(before), after: schemaOf(after), facts }), [
    'ALTER TABLE `post` DROP INDEX `theirs`, DROP COLUMN `n`, ADD COLUMN `n` int GENERATED ALWAYS AS (`id` + 1) STORED, ADD INDEX `theirs` (`n`)',
  ])
})

test('a key that leads to a column that is altered is taken away and put back, whoever made it', () => {
  const wide: Column = { ...id, type: 'int' }
  const theirs = { ...post, name: 'theirs', foreignKeys: [{ ...toUser, name: 'theirs_fk' }] }
  const change: Change = { kind: 'setType', table: 'user', before: id, after: wide }
  const ends = { before: schemaOf(user), after: schemaOf({ ...user, columns: [wide] }), facts: factsOf([user, theirs]) }
  assert.deepEqual(planned([change], ends), [
    'ALTER TABLE `theirs` DROP FOREIGN KEY `theirs_fk`',
    'ALTER TABLE `user` MODIFY COLUMN `id` int NOT NULL AUTO_INCREMENT',
    'ALTER TABLE `theirs` ADD CONSTRAINT `theirs_fk` FOREIGN KEY (`user_id`) REFERENCES `user` (`id`) ON DELETE CASCADE',
  ])
})

test('a table that another one refers to, which stays, is not dropped', () => {
  const staying = { ...post, foreignKeys: [toUser] }
  const ends = { before: schemaOf(user), after: schemaOf(), facts: factsOf([user, staying]) }
  assert.throws(
    () => planned([{ kind: 'dropTable', table: user }], ends),
    (error) => hasCode(error, 'database.stillReferenced'),
  )
})

test('the server is held to the cost that was planned, by version', () => {
  const stored: Column = { ...n, name: 'm', generated: { expression: { kind: 'sql', sql: '`n` + 1' }, stored: true } }
  const change: Change = { kind: 'addColumn', table: 'post', column: stored }
  const cascading = { ...post, foreignKeys: [toUser] }
  const words = (table: Table, dialect: ReturnType<typeof mariadb>): string => {
    const after = { ...table, columns: [...table.columns, stored] }
    const [step] = stepsFor([change], { before: schemaOf(table, user), after: schemaOf(after, user) }, dialect)
    return step === undefined ? '' : dialect.toText(step.sql).slice(dialect.toText(step.relaxed ?? step.sql).length)
  }
  assert.deepEqual(
    {
      'MariaDB 10.11': words(post, mariadb('10.11.19')),
      'MariaDB 11.8': words(post, mariadb('11.8.9')),
      'MariaDB 11.8, where rows are deleted by a key': words(cascading, mariadb('11.8.9')),
      'MySQL 9.7': words(post, mysql('9.7.4')),
    },
    {
      'MariaDB 10.11': ', ALGORITHM=COPY, LOCK=SHARED',
      'MariaDB 11.8': ', ALGORITHM=COPY, LOCK=NONE',
      'MariaDB 11.8, where rows are deleted by a key': ', ALGORITHM=COPY, LOCK=SHARED',
      'MySQL 9.7': ', ALGORITHM=COPY, LOCK=SHARED',
    },
  )
})

test('a cheap clause is not made dear by another: they share a statement only where both stay what they are', () => {
  const column: Column = { ...n, name: 'm' }
  const index: Index = { name: 'm', parts: [{ expression: { kind: 'column', name: 'm' } }] }
  const ends = {
    before: schemaOf(post),
    after: schemaOf({ ...post, columns: [...post.columns, column], indexes: [index] }),
  }
  const changes: readonly Change[] = [
    { kind: 'addColumn', table: 'post', column },
    { kind: 'addIndex', table: 'post', index },
  ]
  for (const dialect of [mariadb('10.11.19'), mysql('9.7.4')]) {
    const steps = stepsFor(changes, ends, dialect)
    assert.deepEqual(
      steps.map(({ rewrites, makes }) => ({ rewrites, makes })),
      changes.map((change) => ({ rewrites: undefined, makes: [change] })),
    )
  }
  // Every row is written again for the key anyway, so that nothing is gained by statements of their own.
  const keyed: Change = {
    kind: 'setPrimaryKey',
    table: 'post',
    before: { columns: ['id'] },
    after: { columns: ['id', 'm'] },
  }
  assert.equal(stepsFor([...changes, keyed], ends).length, 1)
})

test('what writes rows makes nothing of the schema, and belongs into a transaction', () => {
  const required: Column = { ...n, nullable: false }
  const ends = { before: schemaOf(post), after: schemaOf({ ...post, columns: [id, required, userId] }) }
  const change: Change = { kind: 'setNotNull', table: 'post', column: required, fill: { value: 0 } }
  assert.deepEqual(
    stepsFor([change], ends).map(({ makes }) => makes),
    [undefined, [change]],
  )
})

test('each statement of a rename makes what it does in the names of its moment', () => {
  const twice: Column = {
    name: 'twice',
    type: 'int',
    nullable: true,
    generated: { expression: { kind: 'sql', sql: '`n` * 2' }, stored: true },
  }
  const before = schemaOf({ ...post, columns: [...post.columns, twice], checks: [positive] })
  const changes: readonly Change[] = [
    { kind: 'renameColumn', table: 'post', from: 'n', to: 'm' },
    { kind: 'renameColumn', table: 'post', from: 'user_id', to: 'owner_id' },
  ]
  const after = applyChanges(before, changes)
  const steps = stepsFor(changes, { before, after }, mysql('9.7.4'))
  assert.ok(steps.length > 1)
  const made = steps.flatMap(({ makes }) => makes ?? [])
  assert.deepEqual(applyChanges(before, made).tables.get('post')?.checks, after.tables.get('post')?.checks)
})
