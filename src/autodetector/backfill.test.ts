import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  type CompiledQuery,
  DummyDriver,
  Kysely,
  type QueryResult,
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
} from 'kysely'
import { backfillOperation } from './backfill.ts'

/** Carries a backfill out on a connection that answers each SELECT with the next of some batches; returns what was sent. */
async function sent(options: Parameters<typeof backfillOperation>[0], batches: readonly (readonly object[])[]) {
  const log: (readonly [string, ...unknown[]])[] = []
  const rows = [...batches]
  const driver = new DummyDriver()
  driver.acquireConnection = async () => ({
    async executeQuery<Row>({ sql, parameters }: CompiledQuery): Promise<QueryResult<Row>> {
      log.push([sql, ...parameters])
      return { rows: (sql.startsWith('select') ? (rows.shift() ?? []) : []) as Row[] }
    },
    async *streamQuery() {},
  })
  const db = new Kysely({
    dialect: {
      createAdapter: () => new SqliteAdapter(),
      createDriver: () => driver,
      createIntrospector: (kysely) => new SqliteIntrospector(kysely),
      createQueryCompiler: () => new SqliteQueryCompiler(),
    },
  })
  await backfillOperation(options).forwards({ db, log: () => {} })
  return log
}

test('NULL is replaced batch by batch along the primary key', async () => {
  const log = await sent({ table: 'invoice', column: 'status', key: ['id'], value: 'draft' }, [[{ id: 1 }, { id: 4 }]])
  assert.deepEqual(log, [
    ['select "id" from "invoice" where "status" is null order by "id" limit ?', 1000],
    ['update "invoice" set "status" = ? where "status" is null and "id" <= ?', 'draft', 4],
    ['select "id" from "invoice" where "status" is null and "id" > ? order by "id" limit ?', 4, 1000],
  ])
})

test('a key of several columns is compared part by part', async () => {
  const log = await sent({ table: 't', column: 'c', key: ['a', 'b'], value: { $bigint: '7' } }, [[{ a: 1, b: 2 }]])
  assert.deepEqual(log[1], [
    'update "t" set "c" = ? where "c" is null and ("a" < ? or ("a" = ? and "b" <= ?))',
    7n,
    1,
    1,
    2,
  ])
})

test('a backfill runs outside a transaction, and unapplying it does nothing', () => {
  const { atomic, backwards, template } = backfillOperation({ table: 't', column: 'c', key: ['id'], value: true })
  assert.deepEqual([atomic, typeof backwards, template?.name], [false, 'function', 'backfill'])
})
