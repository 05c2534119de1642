import type { Change } from '../../schema/change.ts'
import { join, name, names, type Sql, sql } from '../../schema/sql.ts'

/** The statement that copies rows of one table to another: all of them as they are, or the combinations that are not there yet. */
export function copyRowsStatement(
  { from, to, columns, onlyNew }: Change<'copyRows'>,
  tableName: (table: string) => Sql,
): Sql {
  const into = sql`INSERT INTO ${tableName(to)} (${names(columns.map((column) => column.to))})`
  if (onlyNew === undefined)
    return sql`${into} SELECT ${names(columns.map((column) => column.from))} FROM ${tableName(from)}`
  const list = (parts: readonly Sql[], separator?: string): Sql => join(parts, separator)
  const sources = columns.map((column) => sql`source.${name(column.from)}`)
  const present = sources.map((source) => sql`${source} IS NOT NULL`)
  const same = columns.map((column) => sql`present.${name(column.to)} = source.${name(column.from)}`)
  return sql`${into} SELECT DISTINCT ${list(sources)} FROM ${tableName(from)} AS source WHERE ${list(present, ' AND ')} AND NOT EXISTS (SELECT 1 FROM ${tableName(to)} AS present WHERE ${list(same, ' AND ')})`
}
