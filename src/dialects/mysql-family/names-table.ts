import type { OtherObject } from '../../schema/schema.ts'
import { fold, isIdentifier, isToken, type Token, tokenize } from './tokens.ts'

/**
 * Whether an object names a table, by itself or with its database. The server prints a view with the database before every table, and keeps the words
 * of all else. Names of tables are told apart by case, or are all of one.
 */
export function namesTable(
  { kind, definition }: Pick<OtherObject, 'kind' | 'definition'>,
  table: string,
  database: string,
): boolean {
  // Most objects do not have the name in them at all, which is soon seen where it is written as it is.
  if (!table.includes('`') && !definition.includes(table)) return false
  const tokens = tokenize(definition)
  const says = (token: Token | undefined, name: string): boolean => isIdentifier(token) && token.value === name
  return tokens.some((token, index) => {
    const before = tokens[index - 1]
    if (!says(token, table) || isToken(tokens[index + 1], '(') || isToken(before, 'as')) return false
    return isToken(before, '.') ? says(tokens[index - 2], database) : kind !== 'view'
  })
}

/**
 * Whether a statement may name a column. What it calls something is no column, and NEW and OLD are rows of the table that a trigger stands on:
 * `standsOnIt` says whether that is the column's.
 */
export function namesColumn(statement: string, column: string, standsOnIt: boolean): boolean {
  const tokens = tokenize(statement)
  return tokens.some((token, index) => {
    if (!isIdentifier(token) || fold(token.value) !== fold(column)) return false
    if (isToken(tokens[index + 1], '(') || isToken(tokens[index - 1], 'as')) return false
    const isOfRow = isToken(tokens[index - 1], '.') && isToken(tokens[index - 2], 'new', 'old')
    return standsOnIt || !isOfRow
  })
}
