import { name, type Sql, sql } from '../../schema/sql.ts'

/** The two halves of a table's name: a table outside the default schema is called `schema.table`, and a name of ours holds no other dot. */
export function splitTableName(whole: string): { readonly schema?: string; readonly table: string } {
  const dot = whole.indexOf('.')
  return dot === -1 ? { table: whole } : { schema: whole.slice(0, dot), table: whole.slice(dot + 1) }
}

/** The name of a table as a statement needs it, with its schema where it stands in one. */
export function tableName(whole: string): Sql {
  return besides(whole, splitTableName(whole).table)
}

/** The name of something that stands in the schema of a table: its index, its sequence. */
export function besides(table: string, own: string): Sql {
  const { schema } = splitTableName(table)
  return schema === undefined ? name(own) : sql`${name(schema)}.${name(own)}`
}
