import { quoted } from './statement-text.ts'
import { fold, isIdentifier, isToken, type Token, tokenize } from './tokens.ts'

/** The names that a raw expression may mean as columns: every identifier in it that is no function, no prefix and no variable. Folded. */
export function identifiersIn(text: string): ReadonlySet<string> {
  const tokens = tokenize(text)
  return new Set(tokens.filter((_, index) => isColumnAt(tokens, index)).map((token) => fold(token.value)))
}

/** A raw expression with its columns renamed; `renamed` is by folded name. Strings, comments, functions and variables stay as they are. */
export function renameColumnsIn(text: string, renamed: ReadonlyMap<string, string>): string {
  if (renamed.size === 0) return text
  const tokens = tokenize(text)
  let end = 0
  const pieces = tokens.map((token, index) => {
    const name = isColumnAt(tokens, index) ? renamed.get(fold(token.value)) : undefined
    const piece = text.slice(end, token.start) + (name === undefined ? token.text : quoted(name))
    end = token.end
    return piece
  })
  return pieces.join('') + text.slice(end)
}

function isColumnAt(tokens: readonly Token[], index: number): boolean {
  const token = tokens[index]
  if (!isIdentifier(token) || token.text.startsWith('@')) return false
  if (isToken(tokens[index + 1], '(') || isPrefixAt(tokens, index) || isIntroducerAt(tokens, index)) return false
  return token.kind === 'quoted' || !isWordOfSyntaxAt(tokens, index)
}

/** Whether a bare word is a type (`CAST(a AS char)`), a character set, a collation or a unit of time, which a column may be called as well. */
function isWordOfSyntaxAt(tokens: readonly Token[], index: number): boolean {
  if (isToken(tokens[index - 1], 'as', 'using', 'collate', 'set')) return true
  if (isToken(tokens[index - 2], 'extract') && isToken(tokens[index + 1], 'from')) return true
  if (!isToken(tokens[index], ...units)) return false
  const before = tokens.slice(0, index)
  const start = before.findLastIndex((token) => isToken(token, 'interval'))
  const between = before.slice(start + 1)
  const depth =
    between.filter((token) => isToken(token, '(')).length - between.filter((token) => isToken(token, ')')).length
  const isOne = between.length > 0 && depth === 0 && !between.slice(1).some((token) => isToken(token, ',', ...units))
  return (
    (start !== -1 && isOne) ||
    (isToken(tokens[index - 2], 'timestampdiff', 'timestampadd') && isToken(tokens[index + 1], ','))
  )
}

/** What follows the number of an INTERVAL (https://dev.mysql.com/doc/refman/9.7/en/expressions.html#temporal-intervals), without those of two words. */
const units = ['microsecond', 'second', 'minute', 'hour', 'day', 'week', 'month', 'quarter', 'year']

function isPrefixAt(tokens: readonly Token[], index: number): boolean {
  return isIdentifier(tokens[index]) && isToken(tokens[index + 1], '.') && isIdentifier(tokens[index + 2])
}

/** `_utf8mb4'…'` says what the bytes of a literal mean. */
function isIntroducerAt(tokens: readonly Token[], index: number): boolean {
  return tokens[index]?.text.startsWith('_') === true && tokens[index + 1]?.kind === 'string'
}
