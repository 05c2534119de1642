import { columnsOf, type Expression } from '../../schema/expression.ts'
import type { Exclusion, Index, Unique } from '../../schema/schema.ts'
import { spelling } from './column-types.ts'
import { identifiersIn } from './raw-sql.ts'
import { toText } from './statement-text.ts'

/** The names of the columns that an expression reads, those that raw SQL may mean included. */
export function columnsRead(expression: Expression): ReadonlySet<string> {
  if (expression.kind === 'column') return new Set([expression.name])
  return new Set([...columnsOf(expression), ...identifiersIn(toText(spelling.expression(expression)))])
}

/** Whether an expression reads any of some columns. */
export function reads(expression: Expression | undefined, columns: ReadonlySet<string>): boolean {
  return expression !== undefined && columns.size > 0 && !columns.isDisjointFrom(columnsRead(expression))
}

/** Everything of an index that may name a column: the parts of its key, its condition, and what it stores beside the key. */
export function mentionsAny({ parts, where, include = [] }: Index | Unique, columns: ReadonlySet<string>): boolean {
  return (
    parts.some(({ expression }) => reads(expression, columns)) ||
    reads(where, columns) ||
    include.some((column) => columns.has(column))
  )
}

/** Whether an index holds an expression over any of some columns. A plain column as a part is none: the server follows its type. */
export function computesFrom({ parts, where }: Index | Unique, columns: ReadonlySet<string>): boolean {
  return (
    parts.some(({ expression }) => expression.kind !== 'column' && reads(expression, columns)) || reads(where, columns)
  )
}

/** The same as `mentionsAny`, of an exclusion. */
export function exclusionMentions({ elements, where }: Exclusion, columns: ReadonlySet<string>): boolean {
  return elements.some(({ expression }) => reads(expression, columns)) || reads(where, columns)
}

/** The same as `computesFrom`, of an exclusion. */
export function exclusionComputes({ elements, where }: Exclusion, columns: ReadonlySet<string>): boolean {
  return (
    elements.some(({ expression }) => expression.kind !== 'column' && reads(expression, columns)) ||
    reads(where, columns)
  )
}
