import type { Row } from '../../schema/dialect.ts'
import { join, type Sql, sql, value } from '../../schema/sql.ts'

/** Sends one statement and gives its rows. */
export type Query = (statement: Sql) => Promise<readonly Row[]>

/** The database that a session stands in. */
export interface Place {
  readonly database: string
  /** How it sorts and compares text where a column does not say. */
  readonly collation: string
}

/** Reads where the session stands. */
export async function readPlace(query: Query): Promise<Place> {
  const [row] = await query(sql`SELECT DATABASE() AS place, @@collation_database AS collation`)
  return { database: text(row?.['place']), collation: text(row?.['collation']) }
}

/**
 * Keeps to the rows of one database. The name stands there as a constant, beside the one column that each view is looked up by, because the server
 * opens every table of every database to answer anything else (https://mariadb.com/kb/en/information-schema-optimizations/); and it stands there
 * twice, because the catalogue takes names that differ in case or accents for the same.
 */
export function inDatabase(column: Sql, { database }: Place): Sql {
  return sql`${column} = ${value(database)} AND CAST(${column} AS BINARY) = CAST(${value(database)} AS BINARY)`
}

/** Keeps to the rows of some tables, or of all. */
export function ofTables(column: Sql, tables: readonly string[] | undefined): Sql {
  if (tables === undefined) return sql``
  const [only] = tables
  if (only === undefined) return sql` AND 1 = 0`
  return tables.length === 1
    ? sql` AND ${column} = ${value(only)}`
    : sql` AND ${column} IN (${join(tables.map(value))})`
}

/** A text of a row. Some columns of the catalogue come as bytes. */
export function text(content: unknown): string {
  return content instanceof Uint8Array ? Buffer.from(content).toString('utf8') : String(content)
}

/** A text of a row that may be NULL. */
export function optionalText(content: unknown): string | undefined {
  return content === null || content === undefined ? undefined : text(content)
}

/** Rows by the table that they belong to. */
export function byTable<T>(rows: readonly Row[], read: (row: Row) => T): ReadonlyMap<string, readonly T[]> {
  const found = new Map<string, T[]>()
  for (const row of rows) {
    const table = text(row['owner'])
    const list = found.get(table)
    if (list === undefined) found.set(table, [read(row)])
    else list.push(read(row))
  }
  return found
}
