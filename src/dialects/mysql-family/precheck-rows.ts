import type { Column, Table } from '../../schema/schema.ts'
import { join, name, type Sql, sql, verbatim } from '../../schema/sql.ts'
import { textLiteral } from './literal.ts'
import { parseTypeName, typeFamily } from './type-name.ts'

/** Counts the rows that meet a condition, and shows the key of one of them. The table keeps its name, which raw SQL may put before a column. */
export function violations(table: string, condition: Sql, key: Sql): Sql {
  const from = sql`FROM ${name(table)} WHERE ${condition}`
  return sql`SELECT count(*) AS ${name('violations')}, (SELECT ${key} ${from} LIMIT 1) AS ${name('example')} ${from}`
}

/** The primary key of a row in words, `id = 3`. */
export function keyOf(table: Table | undefined): Sql {
  const columns = table?.primaryKey?.columns ?? []
  if (table === undefined || columns.length === 0) return sql`NULL`
  const parts = columns.map(
    (column) =>
      sql`${verbatim(textLiteral(`${column} = `))}, ${shown(sql`${name(table.name)}.${name(column)}`, columnOf(table, column))}`,
  )
  return sql`concat(${join(parts, ", ', ', ")})`
}

/** A value as one would write it: numbers bare, everything else in quotes. */
export function shown(content: Sql, column: Column | undefined): Sql {
  const text = sql`CAST(${content} AS CHAR)`
  const quoted = sql`concat('''', replace(${text}, '''', ''''''), '''')`
  switch (column === undefined ? 'other' : typeFamily(parseTypeName(column.type))) {
    case 'whole':
    case 'boolean':
    case 'decimal':
    case 'double':
      return text
    case 'bytes':
      return sql`concat('x''', lower(hex(${content})), '''')`
    case 'other':
      return sql`CASE WHEN ${text} REGEXP '^-?[0-9.]+$' THEN ${text} ELSE ${quoted} END`
    default:
      return quoted
  }
}

/** A column of a table, by its name. */
export function columnOf(table: Table | undefined, column: string): Column | undefined {
  return table?.columns.find(({ name }) => name === column)
}
