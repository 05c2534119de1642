import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Table } from '../../../src/schema/schema.ts'
import { database, rows } from './support.ts'

async function inspected(text: string, name: string): Promise<Table | undefined> {
  const session = await database(text)
  const schema = await session.inspect()
  await session.close()
  return schema.tables.get(name)
}

const raw = (sql: string) => ({ kind: 'sql', sql }) as const
const column = (name: string) => ({ expression: { kind: 'column', name } }) as const
const unnamed = { name: '', generatedName: true } as const

test('a table written by hand in every way SQLite takes is read whole', async () => {
  const odd = await inspected(
    `CREATE TABLE [odd one] ( -- a comment, with (parentheses)
      "id" INTEGER PRIMARY KEY AUTOINCREMENT,
      \`na me\` VarChar ( 20 ) COLLATE nocase NOT NULL DEFAULT 'it''s, (so)' CONSTRAINT short CHECK (length("na me") < 9),
      price DECIMAL(10,2) DEFAULT -1.5 CHECK (price > 0) CHECK ("odd one".price <> 7),
      stamp datetime DEFAULT (strftime('%s', 'now')), empty text DEFAULT NULL,
      twice INT GENERATED ALWAYS AS (price * 2) STORED, thrice AS (price * 3),
      owner REFERENCES other ON DELETE SET NULL ON UPDATE CASCADE DEFERRABLE INITIALLY DEFERRED,
      a int, b int, UNIQUE (a, b)
      CONSTRAINT both FOREIGN KEY (a, b) REFERENCES pair (x, y) ON DELETE CASCADE NOT DEFERRABLE INITIALLY DEFERRED,
      CONSTRAINT order_matters CHECK (a < b) /* the end */
    );
    CREATE TABLE other (key text PRIMARY KEY);
    CREATE TABLE pair (x int, y int, PRIMARY KEY (y, x)) WITHOUT ROWID`,
    'odd one',
  )
  assert.deepEqual(odd, {
    name: 'odd one',
    columns: [
      { name: 'id', type: 'integer', nullable: false, autoIncrement: true },
      { name: 'na me', type: 'varchar(20)', nullable: false, default: raw("'it''s, (so)'"), collation: 'nocase' },
      { name: 'price', type: 'decimal(10, 2)', nullable: true, default: raw('-1.5') },
      { name: 'stamp', type: 'datetime', nullable: true, default: raw("strftime('%s', 'now')") },
      { name: 'empty', type: 'text', nullable: true },
      { name: 'twice', type: 'int', nullable: true, generated: { expression: raw('price * 2'), stored: true } },
      { name: 'thrice', type: '', nullable: true, generated: { expression: raw('price * 3'), stored: false } },
      { name: 'owner', type: '', nullable: true },
      { name: 'a', type: 'int', nullable: true },
      { name: 'b', type: 'int', nullable: true },
    ],
    primaryKey: { columns: ['id'] },
    uniques: [{ name: 'sqlite_autoindex_odd one_1', generatedName: true, parts: [column('a'), column('b')] }],
    indexes: [],
    foreignKeys: [
      {
        ...unnamed,
        columns: ['owner'],
        references: { table: 'other', columns: ['key'] },
        onDelete: 'setNull',
        onUpdate: 'cascade',
        deferrable: 'deferred',
      },
      {
        name: 'both',
        columns: ['a', 'b'],
        references: { table: 'pair', columns: ['x', 'y'] },
        onDelete: 'cascade',
        onUpdate: 'noAction',
      },
    ],
    checks: [
      { name: 'short', expression: raw('length("na me") < 9') },
      { ...unnamed, expression: raw('price > 0') },
      { ...unnamed, expression: raw('price <> 7') },
      { name: 'order_matters', expression: raw('a < b') },
    ],
  })
})

test('indexes are read with direction, collation, expression and condition', async () => {
  const item = await inspected(
    `CREATE TABLE item (id integer PRIMARY KEY, Name text, n int);
     CREATE INDEX "plain" ON item (name, n DESC);
     CREATE UNIQUE INDEX part ON item (lower(name), name COLLATE NOCASE ASC) WHERE n > 0 AND name <> 'where';`,
    'item',
  )
  assert.deepEqual(item?.indexes, [{ name: 'plain', parts: [column('Name'), { ...column('n'), descending: true }] }])
  assert.deepEqual(item?.uniques, [
    {
      name: 'part',
      parts: [{ expression: raw('lower(name)') }, { expression: raw('name COLLATE NOCASE') }],
      where: raw("n > 0 AND name <> 'where'"),
    },
  ])
})

test('keys that are the rowid are never null, others are what they say', async () => {
  const text = `CREATE TABLE a (id integer PRIMARY KEY); CREATE TABLE b (id text PRIMARY KEY);
    CREATE TABLE c (x int, y int, PRIMARY KEY (x, y)) STRICT, WITHOUT ROWID; CREATE TABLE d (id int PRIMARY KEY DESC)`
  const nullable = async (name: string) => (await inspected(text, name))?.columns.map((entry) => entry.nullable)
  assert.deepEqual(await nullable('a'), [false])
  assert.deepEqual(await nullable('b'), [true])
  assert.deepEqual(await nullable('c'), [false, false])
  assert.deepEqual((await inspected(text, 'c'))?.attributes, ['STRICT', 'WITHOUT ROWID'])
  assert.deepEqual((await inspected(text, 'd'))?.attributes, ['peculiar: a descending key'])
})

test('what Godwit does not manage is told apart, and tables of its own and of SQLite are not seen', async () => {
  const session = await database(`
    CREATE TABLE t (id integer PRIMARY KEY AUTOINCREMENT); CREATE TABLE godwit_migrations (a); CREATE TEMP TABLE gone (a);
    CREATE VIEW v AS SELECT id FROM t; CREATE TRIGGER tr AFTER INSERT ON T BEGIN SELECT 1; END;
    CREATE VIRTUAL TABLE search USING fts5(body)`)
  const { tables, others } = await session.inspect()
  assert.deepEqual([...tables.keys()], ['t'])
  assert.deepEqual(
    others.map(({ kind, name, table }) => ({ kind, name, table })),
    [
      { kind: 'view', name: 'v', table: undefined },
      { kind: 'trigger', name: 'tr', table: 't' },
      { kind: 'virtualTable', name: 'search', table: undefined },
    ],
  )
  await session.close()
})

test('an inspection of some tables sees those, and what names them', async () => {
  const session = await database(`
    CREATE TABLE a (id int); CREATE TABLE b (id int); CREATE INDEX ai ON a (id);
    CREATE VIEW of_a AS SELECT id FROM a; CREATE VIEW of_b AS SELECT id FROM b`)
  const { tables, others } = await session.inspect({ tables: ['a'] })
  assert.deepEqual([...tables.keys()], ['a'])
  assert.equal(tables.get('a')?.indexes.length, 1)
  assert.deepEqual(
    others.map(({ name }) => name),
    ['of_a'],
  )
  await session.close()
})

test('a temporary table of the same name hides nothing', async () => {
  const session = await database('CREATE TABLE t (id integer PRIMARY KEY, real_one text); CREATE TEMP TABLE t (fake)')
  assert.deepEqual(
    (await session.inspect()).tables.get('t')?.columns.map(({ name }) => name),
    ['id', 'real_one'],
  )
  await session.close()
})

test('the number of queries does not grow with the number of tables', async () => {
  const count = async (size: number): Promise<number> => {
    const session = await database(
      Array.from({ length: size }, (_, n) => `CREATE TABLE t${n} (id integer PRIMARY KEY)`).join(';'),
    )
    const { inspect } = await import('../../../src/dialects/sqlite/inspect.ts')
    let sent = 0
    await inspect((statement) => {
      sent += 1
      return session.query(statement)
    })
    assert.equal((await rows(session, 'SELECT count(*) AS n FROM sqlite_schema'))[0]?.['n'], size)
    await session.close()
    return sent
  }
  assert.equal(await count(3), await count(40))
})
