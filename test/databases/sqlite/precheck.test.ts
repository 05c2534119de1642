import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Change } from '../../../src/schema/change.ts'
import type { Session } from '../../../src/schema/dialect.ts'
import type { Column } from '../../../src/schema/schema.ts'
import { alter, database, editColumn, rows } from './support.ts'

/** What stands in a change's way: how many rows, an example, and what kind of trouble it is; undefined when nothing is asked. */
async function trouble(session: Session, change: Change): Promise<readonly unknown[] | undefined> {
  const schema = await session.inspect()
  const precheck = session.dialect.precheck(change, schema)
  if (precheck === undefined) return undefined
  const [answer] = await session.query(precheck.query)
  return [answer?.['violations'], answer?.['example'], precheck.problem]
}

const items = `CREATE TABLE item (id integer PRIMARY KEY, name text, n, owner integer);
  INSERT INTO item VALUES (1, 'a', 1, 1), (2, NULL, 2, NULL), (3, 'a', 2, 7);
  CREATE TABLE owner (id integer PRIMARY KEY); INSERT INTO owner VALUES (1)`
const name: Column = { name: 'name', type: 'text', nullable: false }
const column = (named: string) => ({ expression: { kind: 'column', name: named } }) as const

test('rows that hold NULL stand in the way of NOT NULL, unless they are filled', async () => {
  const session = await database(items)
  assert.deepEqual(await trouble(session, { kind: 'setNotNull', table: 'item', column: name }), [1, 'id = 2', 'nulls'])
  assert.equal(
    await trouble(session, { kind: 'setNotNull', table: 'item', column: name, fill: { value: '' } }),
    undefined,
  )
  await session.close()
})

test('a column that no row has a value for is refused where there are rows', async () => {
  const session = await database(items)
  const added: Change = { kind: 'addColumn', table: 'item', column: { ...name, name: 'added' } }
  assert.deepEqual(await trouble(session, added), [3, null, 'rowsWithoutValue'])
  await session.script('DELETE FROM item')
  assert.deepEqual(await trouble(session, added), [0, null, 'rowsWithoutValue'])
  assert.equal(await trouble(session, { ...added, fill: { value: '' } }), undefined)
  await session.close()
})

test('duplicates are found as the index would find them: by expression, where the condition holds, NULLs apart', async () => {
  const session = await database(items)
  const unique = (parts: readonly ReturnType<typeof column>[], where?: string): Change => ({
    kind: 'addUnique',
    table: 'item',
    unique: { name: 'u', parts, ...(where === undefined ? {} : { where: { kind: 'sql', sql: where } }) },
  })
  assert.deepEqual(await trouble(session, unique([column('name')])), [1, "'a'", 'duplicates'])
  assert.deepEqual(await trouble(session, unique([column('name'), column('n')])), [0, null, 'duplicates'])
  assert.deepEqual(await trouble(session, unique([column('name')], 'id > 1')), [0, null, 'duplicates'])
  await session.close()
})

test('references to rows that are not there are found', async () => {
  const session = await database(items)
  const foreignKey = {
    name: 'fk',
    columns: ['owner'],
    references: { table: 'owner', columns: ['id'] },
    onDelete: 'cascade',
    onUpdate: 'noAction',
  } as const
  assert.deepEqual(await trouble(session, { kind: 'addForeignKey', table: 'item', foreignKey }), [
    1,
    'id = 3',
    'orphans',
  ])
  await session.close()
})

test('rows that break a new check are found, and NULL breaks none', async () => {
  const session = await database(items)
  const check = { name: 'c', expression: { kind: 'sql', sql: "item.name <> 'a'" } } as const
  assert.deepEqual(await trouble(session, { kind: 'addCheck', table: 'item', check }), [2, 'id = 1', 'checkViolated'])
  await session.close()
})

/** What becomes of one value when its column changes type: what stands in the way, or what is stored then. */
async function retyped(from: string, to: string, literal: string): Promise<unknown> {
  const session = await database(
    `CREATE TABLE t (id integer PRIMARY KEY, v ${from}); INSERT INTO t VALUES (1, ${literal})`,
  )
  const before: Column = { name: 'v', type: from, nullable: true }
  const found = await trouble(session, { kind: 'setType', table: 't', before, after: { ...before, type: to } })
  if (found !== undefined && found[0] !== 0) {
    await session.close()
    return found[2]
  }
  await alter(session, editColumn('t', 'v', { type: to }), { version: '3.50.0', foreignKeys: 'suspended' })
  const [row] = await rows(session, "SELECT typeof(v) || ' ' || quote(v) AS stored FROM t")
  await session.close()
  return row?.['stored']
}

const conversions: readonly (readonly [from: string, to: string, literal: string, outcome: string])[] = [
  ['integer', 'text', '5', "text '5'"],
  ['integer', 'bigint', '5', 'integer 5'],
  ['text', 'integer', "'5'", 'integer 5'],
  ['text', 'integer', "'5.0'", 'integer 5'],
  ['text', 'integer', "'abc'", 'notConvertible'],
  ['text', 'integer', "'5 apples'", 'notConvertible'],
  ['text', 'integer', "'1.5'", 'notConvertible'],
  ['text', 'integer', 'NULL', 'null NULL'],
  ['double', 'integer', '1.5', 'notConvertible'],
  ['double', 'integer', '2.0', 'integer 2'],
  ['integer', 'double', '3', 'real 3.0'],
  ['bigint', 'double', '9007199254740993', 'notConvertible'],
  ['text', 'boolean', "'1'", 'integer 1'],
  ['text', 'boolean', "'yes'", 'notConvertible'],
  ['integer', 'boolean', '2', 'notConvertible'],
  ['text', 'decimal(5, 2)', "'1.50'", 'real 1.5'],
  ['text', 'varchar(3)', "'abcd'", 'tooLong'],
  ['text', 'varchar(3)', "'abc'", "text 'abc'"],
  ['integer', 'varchar(3)', '1000', 'tooLong'],
  ['varchar(9)', 'varchar(3)', "'abcd'", 'tooLong'],
  ['text', 'json_text', '\'{"a": 1}\'', 'text \'{"a": 1}\''],
  ['text', 'json_text', "'no json'", 'notConvertible'],
  ['json_text', 'text', "'1.50'", "text '1.50'"],
  ['text', 'blob', "'ab'", "blob X'6162'"],
  ['blob', 'text', "x'6162'", 'notConvertible'],
  ['date', 'datetime', "'2026-01-02'", "text '2026-01-02T00:00:00.000Z'"],
  ['datetime', 'date', "'2026-01-02T03:04:05.000Z'", "text '2026-01-02'"],
  ['datetime', 'time', "'2026-01-02T03:04:05.000Z'", "text '03:04:05'"],
  ['text', 'date', "'2026-01-02'", "text '2026-01-02'"],
  ['text', 'date', "'soon'", 'notConvertible'],
  ['integer', 'date', '2459000', 'notConvertible'],
]

for (const [from, to, literal, outcome] of conversions) {
  test(`${from} ${literal} as ${to}: ${outcome}`, async () => {
    assert.equal(await retyped(from, to, literal), outcome)
  })
}
