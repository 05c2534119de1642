import { identifiersIn } from './raw-sql.ts'
import { fold } from './tokens.ts'

/**
 * The column in whose definition a check stands that the catalogue calls by a column. The name is that which the column had when it was made; where
 * none has it any more, the column was renamed, and the condition follows it.
 */
export function ownColumn(name: string, condition: string, columns: readonly string[]): string {
  const named = columns.find((column) => fold(column) === fold(name))
  const read = columns.filter((column) => identifiersIn(condition).has(fold(column)))
  const [only, ...more] = read
  if (named !== undefined && (read.includes(named) || read.length !== 1)) return named
  return only !== undefined && more.length === 0 ? only : (named ?? name)
}
