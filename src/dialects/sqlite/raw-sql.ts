import { isIdentifier, isToken, type Token, tokenize } from '../../schema/tokens.ts'
import { quoted } from './statement-text.ts'

/** The names that a raw expression may mean as columns: every identifier in it that is no function and no prefix. In lower case. */
export function identifiersIn(text: string): ReadonlySet<string> {
  const tokens = tokenize(text)
  return new Set(tokens.filter((_, index) => isColumnAt(tokens, index)).map((token) => fold(token.value)))
}

/** A raw expression with its columns renamed; `renamed` is by folded name. Strings, comments and functions stay as they are. */
export function renameColumnsIn(text: string, renamed: ReadonlyMap<string, string>): string {
  if (renamed.size === 0) return text
  return rewrite(text, (tokens, index) => {
    const token = tokens[index]
    if (token === undefined || !isColumnAt(tokens, index)) return undefined
    const name = renamed.get(fold(token.value))
    return name === undefined ? undefined : quoted(name)
  })
}

/**
 * A raw expression over one table, without the table's name before its columns. A check, an index and a generated column can speak of no other
 * table, and while a table is rebuilt it has another name.
 */
export function withoutPrefixes(text: string): string {
  return rewrite(text, (tokens, index) => (isPrefixAt(tokens, index) || isPrefixAt(tokens, index - 1) ? '' : undefined))
}

/** Whether a text names a table (or anything else) of this name. */
export function mentions(text: string, name: string): boolean {
  return tokenize(text).some((token) => isIdentifier(token) && fold(token.value) === fold(name))
}

/** Identifiers are the same to SQLite when they differ only in the case of ASCII letters. */
export function fold(identifier: string): string {
  return identifier.replace(/[A-Z]+/g, (letters) => letters.toLowerCase())
}

function rewrite(text: string, replace: (tokens: readonly Token[], index: number) => string | undefined): string {
  const tokens = tokenize(text)
  let end = 0
  const pieces = tokens.map((token, index) => {
    const piece = text.slice(end, token.start) + (replace(tokens, index) ?? token.text)
    end = token.end
    return piece
  })
  return pieces.join('') + text.slice(end)
}

function isColumnAt(tokens: readonly Token[], index: number): boolean {
  return isIdentifier(tokens[index]) && !isToken(tokens[index + 1], '(') && !isPrefixAt(tokens, index)
}

function isPrefixAt(tokens: readonly Token[], index: number): boolean {
  return isIdentifier(tokens[index]) && isToken(tokens[index + 1], '.') && isIdentifier(tokens[index + 2])
}
