import { columnsOf, type Expression } from '../../schema/expression.ts'
import type { Table } from '../../schema/schema.ts'
import { spelling } from './column-types.ts'
import { fold, identifiersIn } from './raw-sql.ts'
import { toText } from './statement-text.ts'

/** The folded names of the columns that an expression reads, those that raw SQL names included. */
export function columnsRead(expression: Expression): ReadonlySet<string> {
  return new Set([...[...columnsOf(expression)].map(fold), ...identifiersIn(toText(spelling.expression(expression)))])
}

/** Whether something of a table stands on a column, so that ALTER TABLE … DROP COLUMN refuses (https://sqlite.org/lang_altertable.html#altertabdropcol). */
export function isUsed(column: string, table: Table): boolean {
  const name = fold(column)
  const reads = (expression: Expression): boolean => columnsRead(expression).has(name)
  const isNamed = (columns: readonly string[]): boolean => columns.some((other) => fold(other) === name)
  return (
    isNamed(table.primaryKey?.columns ?? []) ||
    table.foreignKeys.some((foreignKey) => isNamed(foreignKey.columns)) ||
    table.checks.some((check) => reads(check.expression)) ||
    [...table.indexes, ...table.uniques].some(
      ({ parts, where }) => parts.some((part) => reads(part.expression)) || (where !== undefined && reads(where)),
    ) ||
    table.columns.some(
      ({ name: other, generated }) => fold(other) !== name && generated !== undefined && reads(generated.expression),
    )
  )
}
