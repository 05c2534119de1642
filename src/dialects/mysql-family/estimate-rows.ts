import { type Sql, sql, value } from '../../schema/sql.ts'

/**
 * About how many rows a table has, as the engine guesses by looking at a few of its pages
 * (https://dev.mysql.com/doc/refman/9.7/en/information-schema-tables-table.html). The catalogue takes names that differ in case for the same.
 */
export function estimateRows(table: string): Sql {
  return sql`SELECT table_rows AS \`rows\` FROM information_schema.tables
    WHERE table_schema = DATABASE() AND table_name = ${value(table)} AND CAST(table_name AS BINARY) = CAST(${value(table)} AS BINARY)`
}
