import type { ForeignKey, Schema, Table } from '../../schema/schema.ts'
import { sql } from '../../schema/sql.ts'
import { type Query, text } from './catalog.ts'

/** The Schema with the tables of the default schema under their bare names, as inspection has them, where a model says the schema by name. */
export async function withBareNames(declared: Schema, query: Query): Promise<Schema> {
  if (![...declared.tables.keys()].some((name) => name.includes('.'))) return declared
  const [row] = await query(sql`SELECT current_schema()::text AS schema`)
  const prefix = `${text(row?.['schema'])}.`
  const bare = (name: string): string => (name.startsWith(prefix) ? name.slice(prefix.length) : name)
  const tables = [...declared.tables.values()].map((table): Table => {
    const foreignKeys = table.foreignKeys.map(
      ({ references, ...rest }): ForeignKey => ({
        ...rest,
        references: { ...references, table: bare(references.table) },
      }),
    )
    return { ...table, name: bare(table.name), foreignKeys }
  })
  return { ...declared, tables: new Map(tables.map((table) => [table.name, table])) }
}
