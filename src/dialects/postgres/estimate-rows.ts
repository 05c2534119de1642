import { type Sql, sql, value } from '../../schema/sql.ts'
import { toText } from './statement-text.ts'
import { tableName } from './table-name.ts'

/**
 * About how many rows a table has: what the last ANALYZE or VACUUM counted (https://www.postgresql.org/docs/current/catalog-pg-class.html), and before
 * the first of them so many as fill its pages at a hundred bytes a row.
 */
export function estimateRows(table: string): Sql {
  return sql`SELECT CASE WHEN reltuples >= 0 THEN reltuples ELSE pg_catalog.pg_relation_size(oid) / 100 END AS rows FROM pg_catalog.pg_class WHERE oid = pg_catalog.to_regclass(${value(toText(tableName(table)))})`
}
