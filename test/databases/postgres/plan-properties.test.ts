import assert from 'node:assert/strict'
import fc from 'fast-check'
import type { Session } from '../../../src/schema/dialect.ts'
import { diff } from '../../../src/schema/diff.ts'
import type { Column, Schema, Table } from '../../../src/schema/schema.ts'
import { drawnSchema, toSchema } from './drawn-schemas.ts'
import { carryOut, differences, make } from './plan-support.ts'
import { rows, testOnBoth } from './two-servers.ts'

testOnBoth('any Schema becomes any other and keeps the rows', '', async (session) => {
  await fc.assert(
    fc.asyncProperty(drawnSchema, drawnSchema, async (one, two) => {
      const [before, after] = [toSchema(one), toSchema(two)]
      await make(session, before)
      await insertRows(session, before, (table) => keepsReference(table, before, after))
      const expected = await contents(session, before, after)
      await turn(session, before, after)
      assert.deepEqual(await contents(session, after, before), expected)
      await turn(session, after, before)
    }),
    { numRuns: process.env['GODWIT_DEEP'] ? 500 : 30 },
  )
})

/** Makes the changes between two Schemas, where rows that get no value of their own get a 7. */
async function turn(session: Session, before: Schema, after: Schema): Promise<void> {
  const { comparison } = session.dialect
  const changes = diff(before, after, { match: 'lineage', comparison }).map((change) => {
    if (change.kind === 'setNotNull') return { ...change, fill: { value: seven(change.column) } }
    if (change.kind !== 'addColumn' || !wantsValue(change.column)) return change
    return { ...change, fill: { value: seven(change.column) } }
  })
  await carryOut(session, { before, after, changes })
  assert.deepEqual(await differences(session, after), [])
}

function seven({ type }: Column): string | number {
  return /text|character/.test(type) ? '7' : 7
}

function wantsValue({ nullable, default: fallback, autoIncrement }: Column): boolean {
  return !nullable && fallback === undefined && autoIncrement !== true
}

/** Rows by identity of table and column, so that they can be found again after renames; a 7 is a 7 in every type. */
async function contents(session: Session, schema: Schema, other: Schema): Promise<Record<string, unknown>> {
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
    const query = `SELECT ${list.join(', ')} FROM ${named(session, table)} ORDER BY id::text`
    found[table.identity ?? ''] = await rows(session, query)
  }
  return found
}

async function insertRows(session: Session, schema: Schema, keeps: (table: Table) => boolean): Promise<void> {
  for (const table of schema.tables.values()) {
    const columns = [...new Set(['id', ...table.columns.filter(wantsValue).map(({ name }) => name)])]
    const list = columns.map((column) => `"${column}"`).join(', ')
    const values = [1, 2, 3].map(
      (id) => `(${columns.map((column) => (column === 'id' ? `'${id}'` : "'7'")).join(', ')})`,
    )
    await session.script(`INSERT INTO ${named(session, table)} (${list}) VALUES ${values.join(', ')}`)
  }
  for (const table of schema.tables.values()) {
    const type = table.columns.find(({ name }) => name === 'reference')?.type
    if (table.foreignKeys.length === 0 || !keeps(table)) continue
    await session.script(`UPDATE ${named(session, table)} SET reference = id::text::${type}`)
  }
}

function named({ dialect }: Session, { name }: Table): string {
  return dialect.toText(dialect.spelling.table(name))
}

/** Whether a table refers to the same one before and after, so that its rows can refer to rows. */
function keepsReference(table: Table, before: Schema, after: Schema): boolean {
  const target = (schema: Schema): string | undefined => {
    const own = [...schema.tables.values()].find(({ identity }) => identity === table.identity)
    return schema.tables.get(own?.foreignKeys[0]?.references.table ?? '')?.identity
  }
  return target(before) !== undefined && target(before) === target(after)
}
