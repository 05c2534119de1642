import type { Comparison } from '../../schema/dialect.ts'
import type { Expression } from '../../schema/expression.ts'
import { spellingOf } from './column-types.ts'
import { textLiteral } from './literal.ts'
import { renameColumnsIn } from './raw-sql.ts'
import { quoted, toText } from './statement-text.ts'
import { fold, isToken, type Token, tokenize } from './tokens.ts'
import type { Flavour } from './variant.ts'

/**
 * Two expressions are the same when their tokens are: blanks, comments, case outside strings, quotes that an identifier does not need, the way in which
 * a text is quoted, and outer parentheses say nothing. What the server spells otherwise than it was written is spelled by the server before anything is
 * compared with it (`canonicalise`).
 */
export function comparisonOf(flavour: Flavour): Comparison {
  const canonical = (expression: Expression, renamed: ReadonlyMap<string, string>): string => {
    const folded = new Map([...renamed].map(([from, to]) => [fold(from), to]))
    return canonicalText(renameColumnsIn(toText(spellingOf(flavour).expression(expression)), folded))
  }
  return { sameExpression: (a, b, renamed = noRenames) => canonical(a, renamed) === canonical(b, noRenames) }
}

const noRenames: ReadonlyMap<string, string> = new Map()

/** A text of SQL in the one spelling that all texts of the same tokens have. */
function canonicalText(text: string): string {
  const tokens = tokenize(text)
  const canonical = tokens
    .filter((token, index) => !isIdleIntroducer(token, tokens[index + 1]))
    .filter((_token, index, kept) => !isAroundNegated(kept, index))
    .map((token, index, kept) => canonicalToken(token, kept[index + 1]))
  return withoutOuterParentheses(canonical).join(' ')
}

function canonicalToken(token: Token, next: Token | undefined): string {
  switch (token.kind) {
    case 'word':
      if (token.text.startsWith('@')) return token.text
      return isToken(next, '(') || isReserved(token.value) ? fold(token.value) : quoted(fold(token.value))
    case 'quoted':
      return quoted(fold(token.value))
    case 'string':
      return /^[xXbB]'/.test(token.text) ? token.text.toLowerCase() : textLiteral(token.value)
    case 'number':
      return token.text.toLowerCase()
    default:
      return synonyms[token.text] ?? token.text
  }
}

/** Operators that are spelled in two ways. `||` is none of them: what it means is a matter of sql_mode. */
const synonyms: Readonly<Record<string, string>> = { '!=': '<>', '&&': 'and' }

/** Bare words that mean something by themselves where a column could stand; in backticks they are columns. */
function isReserved(word: string): boolean {
  return reserved.has(fold(word))
}

const reserved: ReadonlySet<string> = new Set([
  ...['true', 'false', 'null', 'default', 'and', 'or', 'xor', 'not', 'in', 'is', 'like', 'rlike', 'regexp', 'between'],
  ...['div', 'mod', 'case', 'when', 'then', 'else', 'end', 'interval', 'binary', 'collate', 'exists', 'distinct', 'on'],
  ...['current_date', 'current_time', 'current_timestamp', 'current_user', 'current_role', 'localtime'],
  ...['localtimestamp', 'utc_date', 'utc_time', 'utc_timestamp', 'as', 'using', 'character', 'unsigned', 'update'],
])

/** Says of a text in plain ASCII that it is what every text is on a connection that speaks UTF-8. */
function isIdleIntroducer({ kind, text }: Token, next: Token | undefined): boolean {
  if (kind !== 'word' || next?.kind !== 'string' || !/^['"]/.test(next.text)) return false
  if (/^_utf8mb4$/i.test(text)) return true
  return /^_(?:utf8|utf8mb3|latin1|ascii)$/i.test(text) && /^[\x00-\x7f]*$/.test(next.value)
}

/**
 * Whether a token is one of the parentheses of `-(1)`, which is `-1`: MySQL writes a negative number as the one, and as the other once an ALTER TABLE
 * has met it in a comparison with a `bigint`.
 */
function isAroundNegated(tokens: readonly Token[], index: number): boolean {
  const opensAt = (at: number): boolean =>
    isToken(tokens[at - 1], '-') &&
    isToken(tokens[at], '(') &&
    tokens[at + 1]?.kind === 'number' &&
    isToken(tokens[at + 2], ')')
  return opensAt(index) || opensAt(index - 2)
}

/** Takes parentheses away that surround the whole of a list of tokens. */
function withoutOuterParentheses(tokens: readonly string[]): readonly string[] {
  return closesAtEnd(tokens) ? withoutOuterParentheses(tokens.slice(1, -1)) : tokens
}

function closesAtEnd(tokens: readonly string[]): boolean {
  if (tokens.length < 2 || tokens[0] !== '(') return false
  let depth = 0
  for (const [index, token] of tokens.entries()) {
    if (token === '(') depth += 1
    if (token === ')') depth -= 1
    if (depth === 0) return index === tokens.length - 1
  }
  return false
}
