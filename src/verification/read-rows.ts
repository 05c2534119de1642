import { canonicalJson } from '../lib/canonical-json.ts'
import type { Row, Session } from '../schema/dialect.ts'
import type { Schema, Table } from '../schema/schema.ts'
import { names, sql } from '../schema/sql.ts'

/** One row: each column's value as a text that is equal where the value is. */
export type RowTexts = ReadonlyMap<string, string>

/** The rows of one table by their key; where there is none, by all that they hold and how often it was met. */
export type TableRows = ReadonlyMap<string, RowTexts>

/** All rows of a database, by table. */
export type AllRows = ReadonlyMap<string, TableRows>

/** Reads every row of every table. */
export async function readAllRows(session: Session, { tables }: Pick<Schema, 'tables'>): Promise<AllRows> {
  const read = new Map<string, TableRows>()
  for (const table of tables.values()) read.set(table.name, await readRows(session, table))
  return read
}

async function readRows(session: Session, table: Table): Promise<TableRows> {
  const columns = table.columns.map(({ name }) => name)
  if (columns.length === 0) return new Map()
  const rows = await session.query(sql`SELECT ${names(columns)} FROM ${session.dialect.spelling.table(table.name)}`)
  const found = new Map<string, RowTexts>()
  for (const row of rows) {
    const texts = new Map(columns.map((column) => [column, textOf(row[column])]))
    found.set(keyOf(table, texts, found), texts)
  }
  return found
}

function keyOf({ primaryKey }: Table, texts: RowTexts, known: ReadonlyMap<string, unknown>): string {
  const columns = primaryKey?.columns ?? [...texts.keys()]
  const key = canonicalJson(columns.map((column) => texts.get(column)))
  if (primaryKey !== undefined) return key
  let count = 0
  while (known.has(`${key} ${count}`)) count += 1
  return `${key} ${count}`
}

function textOf(value: Row[string]): string {
  if (value instanceof Uint8Array) return `bytes ${Buffer.from(value).toString('hex')}`
  if (typeof value === 'bigint') return String(value)
  return canonicalJson(value ?? null)
}
