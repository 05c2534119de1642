import type { Comparison } from '../../schema/dialect.ts'
import type { Expression } from '../../schema/expression.ts'
import { isToken, type Token, tokenize } from '../../schema/tokens.ts'
import { spelling } from './column-types.ts'
import { fold, renameColumnsIn, withoutPrefixes } from './raw-sql.ts'
import { toText } from './statement-text.ts'
import { sameType } from './type-meaning.ts'

/**
 * SQLite keeps the text of a CREATE statement to the letter, so two expressions are the same when their tokens are: blanks, comments, quotes of
 * identifiers, case outside strings, outer parentheses and the table's name before a column say nothing.
 */
export const comparison: Comparison = {
  sameExpression: (a, b, renamed = noRenames) => tokenText(a, foldedKeys(renamed)) === tokenText(b, noRenames),
  sameType,
}

const noRenames: ReadonlyMap<string, string> = new Map()

function foldedKeys(renamed: ReadonlyMap<string, string>): ReadonlyMap<string, string> {
  return new Map([...renamed].filter(([from, to]) => from !== to).map(([from, to]) => [fold(from), to]))
}

function tokenText(expression: Expression, renamed: ReadonlyMap<string, string>): string {
  const text = withoutPrefixes(toText(spelling.expression(expression)))
  return withoutOuterParentheses(tokenize(renameColumnsIn(text, renamed)))
    .map(canonicalToken)
    .join(' ')
}

function canonicalToken(token: Token): string {
  if (token.kind === 'string') return token.text
  if (token.kind === 'word' || token.kind === 'quoted') return fold(token.value)
  return synonyms[token.text] ?? fold(token.text)
}

/** Operators that SQLite spells in two ways. */
const synonyms: Readonly<Record<string, string>> = { '!=': '<>', '==': '=' }

/** Takes parentheses away that surround the whole of a list of tokens. */
export function withoutOuterParentheses(tokens: readonly Token[]): readonly Token[] {
  return closesAtEnd(tokens) ? withoutOuterParentheses(tokens.slice(1, -1)) : tokens
}

/** Whether the parenthesis that opens a text is closed by the one that ends it. */
function closesAtEnd(tokens: readonly Token[]): boolean {
  if (tokens.length < 2 || !isToken(tokens[0], '(')) return false
  let depth = 0
  for (const [index, token] of tokens.entries()) {
    if (isToken(token, '(')) depth += 1
    if (isToken(token, ')')) depth -= 1
    if (depth === 0) return index === tokens.length - 1
  }
  return false
}
