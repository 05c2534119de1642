import { join, sql, value } from '../../schema/sql.ts'
import { type Naming, namingFor, placeOf, type Query, text } from './catalog.ts'

/** Reads which columns of which tables are of some enum types of the default schema, or of arrays of them. */
export async function readEnumColumns(
  query: Query,
  enums: readonly string[],
  naming: Naming = namingFor(),
): Promise<readonly { readonly table: string; readonly column: string }[]> {
  if (enums.length === 0) return []
  const rows = await query(sql`SELECT n.nspname::text AS schema, c.relname::text AS relation, a.attname::text AS column,
      coalesce(n.nspname = current_schema(), false) AS is_default
    FROM pg_catalog.pg_type AS t
    JOIN pg_catalog.pg_namespace AS tn ON tn.oid = t.typnamespace AND tn.nspname = current_schema()
    JOIN pg_catalog.pg_attribute AS a ON a.atttypid IN (t.oid, t.typarray) AND NOT a.attisdropped
    JOIN pg_catalog.pg_class AS c ON c.oid = a.attrelid AND c.relkind IN ('r', 'p') AND NOT c.relispartition
    JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace
    WHERE t.typname IN (${join(enums.map(value))}) ORDER BY c.oid, a.attnum`)
  return rows.flatMap((row) => {
    const table = naming(placeOf(row))
    return table === undefined ? [] : [{ table, column: text(row['column']) }]
  })
}
