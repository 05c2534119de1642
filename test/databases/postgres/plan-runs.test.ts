import assert from 'node:assert/strict'
import { after as afterAll, before as beforeAll, test } from 'node:test'
import fc from 'fast-check'
import type { Session } from '../../../src/schema/dialect.ts'
import { diff } from '../../../src/schema/diff.ts'
import type { Schema, Table } from '../../../src/schema/schema.ts'
import { drawnSchema, toSchema } from './drawn-schemas.ts'
import { carryOut, differences, make, rows, scratchDatabase } from './plan-support.ts'

let session: Session
let drop: () => Promise<void>

beforeAll(async () => {
  ;({ session, drop } = await scratchDatabase('godwit_h1_plan_runs'))
})
afterAll(() => drop())

/** Makes the changes between two Schemas, where rows that get no value of their own get a 7. */
async function turn(before: Schema, after: Schema): Promise<void> {
  const { comparison } = session.dialect
  const changes = diff(before, after, { match: 'lineage', comparison }).map((change) => {
    if (change.kind !== 'setNotNull' && change.kind !== 'addColumn') return change
    const { column } = change
    const wantsValue = !column.nullable && !column.default && !column.autoIncrement
    const value = /text|character/.test(column.type) ? '7' : 7
    return wantsValue || change.kind === 'setNotNull' ? { ...change, fill: { value } } : change
  })
  await carryOut(session, { before, after, changes })
  assert.deepEqual(await differences(session, after), [])
}

/** Rows by identity of table and column, so that they can be found again after renames; a 7 is a 7 in every type. */
async function contents(schema: Schema, other: Schema): Promise<Record<string, unknown>> {
  const kept = new Map([...other.tables.values()].map((table) => [table.identity, table]))
  const found: Record<string, unknown> = {}
  for (const table of schema.tables.values()) {
    const columns = table.columns.filter((column) => {
      const same = kept.get(table.identity)?.columns.find(({ identity }) => identity === column.identity)
      return same !== undefined && same.generated === undefined && column.generated === undefined
    })
    if (columns.length === 0) continue
    const list = columns.map(
      ({ name, identity }) => `coalesce(regexp_replace("${name}"::text, '\\.0+$', ''), '7') AS "${identity}"`,
    )
    const from = session.dialect.toText(session.dialect.spelling.table(table.name))
    found[table.identity ?? ''] = await rows(session, `SELECT ${list.join(', ')} FROM ${from} ORDER BY id::text`)
  }
  return found
}

async function insertRows(schema: Schema, keeps: (table: Table) => boolean): Promise<void> {
  const named = (table: string) => session.dialect.toText(session.dialect.spelling.table(table))
  for (const table of schema.tables.values()) {
    const given = table.columns.filter(
      ({ nullable, default: fallback, autoIncrement }) => !nullable && !fallback && !autoIncrement,
    )
    const columns = [...new Set(['id', ...given.map(({ name }) => name)])]
    const values = ['1', '2', '3'].map(
      (id) => `(${columns.map((name) => (name === 'id' ? `'${id}'` : "'7'")).join(', ')})`,
    )
    await session.script(
      `INSERT INTO ${named(table.name)} (${columns.map((name) => `"${name}"`).join(', ')}) VALUES ${values.join(', ')}`,
    )
  }
  for (const table of schema.tables.values()) {
    const [reference] = table.foreignKeys
    if (reference === undefined || !keeps(table)) continue
    await session.script(
      `UPDATE ${named(table.name)} SET reference = id::text::${table.columns.find(({ name }) => name === 'reference')?.type}`,
    )
  }
}

/** Whether a table refers to the same one before and after, so that its rows can refer to rows. */
function keepsReference(table: Table, before: Schema, after: Schema): boolean {
  const target = (schema: Schema): string | undefined => {
    const own = [...schema.tables.values()].find(({ identity }) => identity === table.identity)
    return schema.tables.get(own?.foreignKeys[0]?.references.table ?? '')?.identity
  }
  return target(before) !== undefined && target(before) === target(after)
}

test('any Schema becomes any other and keeps the rows', async () => {
  await fc.assert(
    fc.asyncProperty(drawnSchema, drawnSchema, async (one, two) => {
      const [before, after] = [toSchema(one), toSchema(two)]
      await make(session, before)
      await insertRows(before, (table) => keepsReference(table, before, after))
      const expected = await contents(before, after)
      await turn(before, after)
      assert.deepEqual(await contents(after, before), expected)
      await turn(after, before)
    }),
    { numRuns: process.env['GODWIT_DEEP'] ? 1000 : 40 },
  )
})
