import assert from 'node:assert/strict'
import type { Change } from '../../../src/schema/change.ts'
import type { Session } from '../../../src/schema/dialect.ts'
import type { Column, ForeignKey, Unique } from '../../../src/schema/schema.ts'
import { verbatim } from '../../../src/schema/sql.ts'
import { testInDatabase } from './support.ts'

/** What stands in a change's way: how many rows, an example, and what kind of trouble it is; undefined when nothing is asked. */
async function trouble(session: Session, change: Change): Promise<readonly unknown[] | undefined> {
  const precheck = session.dialect.precheck(change, await session.inspect())
  if (precheck === undefined) return undefined
  const [answer] = await session.query(precheck.query)
  return [Number(answer?.['violations']), answer?.['example'], precheck.problem]
}

/** Whether the server refuses a statement. */
async function isRefused(session: Session, statement: string): Promise<boolean> {
  return session.query(verbatim(statement)).then(
    () => false,
    () => true,
  )
}

const items = `CREATE TABLE owner (id integer PRIMARY KEY); INSERT INTO owner VALUES (1);
  CREATE TABLE item (id integer, code varchar(20), name varchar(20), n integer, owner integer, PRIMARY KEY (id, code));
  INSERT INTO item VALUES (1, 'x''y', 'a', 1, 1), (2, 'b', NULL, 2, NULL), (3, 'c', 'a', 2, 7)`
const name: Column = { name: 'name', type: 'varchar(20)', nullable: false }
const column = (named: string) => ({ expression: { kind: 'column', name: named } }) as const

testInDatabase('rows that hold NULL stand in the way of NOT NULL, unless they are filled', items, async (session) => {
  const change: Change = { kind: 'setNotNull', table: 'item', column: name }
  assert.deepEqual(await trouble(session, change), [1, "id = 2, code = 'b'", 'nulls'])
  assert.equal(await trouble(session, { ...change, fill: { value: '' } }), undefined)
  assert.ok(await isRefused(session, 'ALTER TABLE item MODIFY name varchar(20) NOT NULL'))
})

testInDatabase('a column that would be filled with zeros is refused where there are rows', items, async (session) => {
  const added: Change = { kind: 'addColumn', table: 'item', column: { ...name, name: 'added' } }
  assert.deepEqual(await trouble(session, added), [3, null, 'rowsWithoutValue'])
  await session.script('DELETE FROM item')
  assert.deepEqual(await trouble(session, added), [0, null, 'rowsWithoutValue'])
})

testInDatabase('duplicates are found as the index would find them', items, async (session) => {
  const unique = (...names: readonly string[]): Change<'addUnique'> => {
    const parts: Unique['parts'] = names.map(column)
    return { kind: 'addUnique', table: 'item', unique: { name: 'u', parts } }
  }
  assert.deepEqual(await trouble(session, unique('name')), [1, "'a'", 'duplicates'])
  assert.ok(await isRefused(session, 'ALTER TABLE item ADD UNIQUE (name)'))
  assert.deepEqual(await trouble(session, unique('name', 'n')), [0, null, 'duplicates'])
  const key: Change = { kind: 'setPrimaryKey', table: 'item', after: { columns: ['n'] } }
  assert.deepEqual(await trouble(session, key), [1, '2', 'duplicates'])
  assert.ok(await isRefused(session, 'ALTER TABLE item DROP PRIMARY KEY, ADD PRIMARY KEY (n)'))
})

testInDatabase(
  'texts are duplicates where their collation says so',
  `CREATE TABLE word (id integer PRIMARY KEY, exact varchar(20) COLLATE utf8mb4_bin, loose varchar(20) COLLATE utf8mb4_general_ci);
  INSERT INTO word VALUES (1, 'Word', 'Word'), (2, 'wörd', 'wörd'), (3, 'word', 'other ')`,
  async (session) => {
    const unique = (of: string): Change => ({
      kind: 'addUnique',
      table: 'word',
      unique: { name: 'u', parts: [column(of)] },
    })
    assert.deepEqual(await trouble(session, unique('exact')), [0, null, 'duplicates'])
    assert.deepEqual(await trouble(session, unique('loose')), [1, "'Word'", 'duplicates'])
    assert.ok(await isRefused(session, 'ALTER TABLE word ADD UNIQUE (loose)'))
    assert.ok(!(await isRefused(session, 'ALTER TABLE word ADD UNIQUE (exact)')))
    const before: Column = { name: 'exact', type: 'varchar(20)', nullable: true, collation: 'utf8mb4_bin' }
    const looser: Change = {
      kind: 'setType',
      table: 'word',
      before,
      after: { ...before, collation: 'utf8mb4_general_ci' },
    }
    assert.deepEqual(await trouble(session, looser), [1, "'Word'", 'duplicates'])
    const modify = 'ALTER TABLE word MODIFY exact varchar(20) COLLATE utf8mb4_general_ci'
    assert.ok(await isRefused(session, modify))
    await session.script('UPDATE word SET exact = concat(exact, id)')
    assert.deepEqual(await trouble(session, looser), [0, null, 'duplicates'])
    assert.ok(!(await isRefused(session, modify)))
  },
)

testInDatabase(
  'long texts are duplicates only where all of them is equal',
  `CREATE TABLE note (id integer PRIMARY KEY, body longtext);
  INSERT INTO note VALUES (1, concat(repeat('x', 3000), 'a')), (2, concat(repeat('x', 3000), 'b')), (3, concat(repeat('x', 3000), 'c'))`,
  async (session) => {
    const change: Change = { kind: 'addUnique', table: 'note', unique: { name: 'u', parts: [column('body')] } }
    assert.deepEqual(await trouble(session, change), [0, null, 'duplicates'])
    await session.script("UPDATE note SET body = concat(repeat('x', 3000), 'a') WHERE id = 3")
    assert.equal((await trouble(session, change))?.[0], 1)
  },
)

testInDatabase(
  'references to rows that are not there are found, even between types that do not compare',
  items,
  async (session) => {
    const foreignKey: ForeignKey = {
      name: 'fk',
      columns: ['owner'],
      references: { table: 'owner', columns: ['id'] },
      onDelete: 'cascade',
      onUpdate: 'noAction',
    }
    const change: Change = { kind: 'addForeignKey', table: 'item', foreignKey }
    assert.deepEqual(await trouble(session, change), [1, "id = 3, code = 'c'", 'orphans'])
    assert.ok(await isRefused(session, 'ALTER TABLE item ADD FOREIGN KEY (owner) REFERENCES owner (id)'))
    await session.script("ALTER TABLE item MODIFY owner varchar(20); UPDATE item SET owner = '1 x' WHERE id = 1")
    assert.deepEqual(await trouble(session, change), [2, "id = 1, code = 'x''y'", 'orphans'])
    await session.script('UPDATE item SET owner = NULL WHERE id > 1; UPDATE item SET owner = 1 WHERE id = 1')
    assert.deepEqual(await trouble(session, change), [0, null, 'orphans'])
  },
)

testInDatabase('a reference of several columns is none where one of them is NULL', items, async (session) => {
  await session.script("UPDATE item SET name = 'nobody' WHERE id = 2")
  const foreignKey: ForeignKey = {
    name: 'fk',
    columns: ['owner', 'name'],
    references: { table: 'item', columns: ['id', 'code'] },
    onDelete: 'cascade',
    onUpdate: 'noAction',
  }
  const change: Change = { kind: 'addForeignKey', table: 'item', foreignKey }
  assert.deepEqual(await trouble(session, change), [2, "id = 1, code = 'x''y'", 'orphans'])
})

testInDatabase('rows that break a check are found, and NULL breaks none', items, async (session) => {
  const check = { name: 'c', expression: { kind: 'sql', sql: "item.name <> 'a'" } } as const
  const found = [2, "id = 1, code = 'x''y'", 'checkViolated']
  assert.deepEqual(await trouble(session, { kind: 'addCheck', table: 'item', check }), found)
  assert.ok(await isRefused(session, "ALTER TABLE item ADD CONSTRAINT c CHECK (name <> 'a')"))
  await session.script("UPDATE item SET name = 'b' WHERE name = 'a'")
  assert.deepEqual(await trouble(session, { kind: 'addCheck', table: 'item', check }), [0, null, 'checkViolated'])
  assert.ok(!(await isRefused(session, "ALTER TABLE item ADD CONSTRAINT c CHECK (name <> 'a')")))
})

testInDatabase(
  'a column that is to be looked up must come to one value',
  `${items}; CREATE TABLE pairs (item integer, owner integer); INSERT INTO pairs VALUES (1, 1), (2, 1), (2, 2)`,
  async (session) => {
    const lookUp = { table: 'pairs', key: 'item', value: 'owner', of: 'id' }
    const added = (nullable: boolean): Change => ({
      kind: 'addColumn',
      table: 'item',
      column: { name: 'of', type: 'int', nullable },
      fill: { lookUp },
    })
    assert.deepEqual(await trouble(session, added(true)), [1, '2', 'notOneValue'])
    assert.deepEqual(await trouble(session, added(false)), [2, '2', 'notOneValue'])
  },
)
