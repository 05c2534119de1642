import assert from 'node:assert/strict'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, describe, test } from 'node:test'
import { backfillOperation } from '../../src/autodetector/backfill.ts'
import { openSqlite } from '../../src/dialects/sqlite/index.ts'
import { loadMigrations } from '../../src/history/loader.ts'
import { operationsChecksum } from '../../src/operations/canonical.ts'
import type { BackfillTemplate, Operation, RunCode } from '../../src/operations/operation.ts'
import { sql } from '../../src/schema/sql.ts'
import { writeMigration } from '../../src/writer/write-migration.ts'

const scratch = mkdtempSync(join(tmpdir(), 'godwit-backfill-'))
after(() => rmSync(scratch, { recursive: true, force: true }))
const migrationsModule = new URL('../../src/migrations.ts', import.meta.url).href

/** Writes a backfill as a migration file and loads it back. */
async function writtenAndLoaded(app: string, template: Omit<BackfillTemplate, 'name'>): Promise<readonly Operation[]> {
  const folder = join(scratch, app)
  mkdirSync(join(folder, 'migrations'), { recursive: true })
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }')
  const definition = { atomic: false, operations: [backfillOperation(template)] } as const
  const source = writeMigration({ app, name: '0001_fill', definition })
  writeFileSync(join(folder, 'migrations/0001_fill.ts'), source.replace('godwit/migrations', migrationsModule))
  const [migration] = await loadMigrations(new Map([[app, folder]]))
  assert.equal(operationsChecksum(migration?.definition.operations ?? []), operationsChecksum(definition.operations))
  return migration?.definition.operations ?? []
}

/** The rows that a step leaves behind, and what it said. */
async function rowsAfter(operations: readonly Operation[], keys: number) {
  const session = await openSqlite({ path: ':memory:' })
  try {
    await session.script(
      'CREATE TABLE line (invoice INTEGER, position INTEGER, status TEXT, PRIMARY KEY (invoice, position))',
    )
    await session.query(sql`
      WITH RECURSIVE n (i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < 2499)
      INSERT INTO line SELECT i / ${{ parts: [String(keys)] }}, i % ${{ parts: [String(keys)] }}, CASE WHEN i % 5 = 0 THEN 'kept' END FROM n`)
    const said: string[] = []
    for (const operation of operations as readonly RunCode[]) {
      await operation.forwards({ db: session.kysely, log: (message) => said.push(message) })
    }
    const rows = await session.query(sql`SELECT status, count(*) AS n FROM line GROUP BY status ORDER BY status`)
    return { rows: rows.map(({ status, n }) => [status, Number(n)]), said }
  } finally {
    await session.close()
  }
}

describe('a written backfill', () => {
  test('fills what is NULL in batches, and does what the operation itself does', async () => {
    const template = { table: 'line', column: 'status', key: ['invoice'], value: "it's new" }
    const written = await rowsAfter(await writtenAndLoaded('one', template), 1)
    assert.deepEqual(written, await rowsAfter([backfillOperation(template)], 1))
    assert.deepEqual(written.rows, [
      ["it's new", 2000],
      ['kept', 500],
    ])
    assert.equal(written.said.length, 2)
  })

  test('follows a key of several columns', async () => {
    const template = { table: 'line', column: 'status', key: ['invoice', 'position'], value: { $json: { a: 1 } } }
    const written = await rowsAfter(await writtenAndLoaded('two', template), 7)
    assert.deepEqual(written, await rowsAfter([backfillOperation(template)], 7))
    assert.deepEqual(written.rows, [
      ['kept', 500],
      ['{"a":1}', 2000],
    ])
  })
})
