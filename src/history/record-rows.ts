import type { Session } from '../schema/dialect.ts'
import { join, name, names, sql, value } from '../schema/sql.ts'
import type { Value } from '../schema/value.ts'
import { recordTable } from './record-tables.ts'

/** A row of the record with every column that it has, to be kept and put back as it was. */
export type RecordRow = { readonly app: string; readonly name: string; readonly [column: string]: Value }

/** The rows of some apps, in the order of their names. The table must be there. */
export async function rowsOfApps(session: Session, apps: readonly string[]): Promise<readonly RecordRow[]> {
  const rows = await session.query(
    sql`SELECT * FROM ${name(recordTable)} WHERE ${name('app')} IN (${join(apps.map(value))}) ORDER BY ${names(['app', 'name'])}`,
  )
  return rows.map((row) => ({ ...withPlainValues(row), app: String(row['app']), name: String(row['name']) }))
}

/** Puts a row back as it was. */
export async function putRowBack(session: Session, row: RecordRow): Promise<void> {
  const values = Object.values(row).map(value)
  await session.query(sql`INSERT INTO ${name(recordTable)} (${names(Object.keys(row))}) VALUES (${join(values)})`)
}

/** What JSON can hold: the columns of the record are texts and small numbers, whatever a driver makes of them. */
function withPlainValues(row: Readonly<Record<string, unknown>>): Readonly<Record<string, Value>> {
  return Object.fromEntries(
    Object.entries(row).map(([column, content]) => {
      if (content === null || content === undefined) return [column, null]
      return [column, typeof content === 'number' || typeof content === 'bigint' ? Number(content) : String(content)]
    }),
  )
}
