import type { Table, Unique } from '../../schema/schema.ts'
import { isOfAnyLength } from './default-definition.ts'
import { longestKey } from './index-prefixes.ts'
import { fold } from './tokens.ts'
import { charactersOf, parseTypeName } from './type-name.ts'

/**
 * Whether a unique is kept by hashes where the server knows such: its values are of any length, or longer than a key can be. No rows are found by it.
 */
export function isHashed({ parts }: Unique, table: Table): boolean {
  const columns = new Map(table.columns.map((column) => [fold(column.name), column]))
  const bytes = parts.map(({ expression, prefix }) => {
    const column = expression.kind === 'column' ? columns.get(fold(expression.name)) : undefined
    if (column === undefined) return 0
    if (prefix === undefined && isOfAnyLength(column.type)) return Number.POSITIVE_INFINITY
    const type = parseTypeName(column.type)
    return prefix === undefined ? (charactersOf(type) ?? 0) * 4 : 0
  })
  return bytes.reduce((sum, one) => sum + one, 0) > longestKey
}
