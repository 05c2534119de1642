import type { Comparison } from '../../schema/dialect.ts'
import type { Expression } from '../../schema/expression.ts'
import { spelling } from './column-types.ts'
import { isPlainIdentifier } from './keywords.ts'
import { literalText } from './literal.ts'
import { renameColumnsIn } from './raw-sql.ts'
import { withoutResidue } from './residue.ts'
import { quoted, toText } from './statement-text.ts'
import { type Token, tokenize } from './tokens.ts'

/**
 * Two expressions are the same when their tokens are: blanks, comments, case outside strings, quotes that an identifier does not need, and outer
 * parentheses say nothing. What the server spells otherwise than it was written is spelled by the server before anything is compared with it
 * (`canonicalise`): it resolves types, and no rule over texts can follow. What remains of history are the two rules of `withoutResidue`.
 */
export const comparison: Comparison = {
  sameExpression: (a, b, renamed = noRenames) => canonicalText(a, renamed) === canonicalText(b, noRenames),
}

const noRenames: ReadonlyMap<string, string> = new Map()

function canonicalText(expression: Expression, renamed: ReadonlyMap<string, string>): string {
  const text = renameColumnsIn(toText(spelling.expression(expression)), renamed)
  const tokens = tokenize(text).map(canonicalToken)
  return withoutResidue(withoutOuterParentheses(tokens)).join(' ')
}

function canonicalToken(token: Token): string {
  switch (token.kind) {
    case 'word':
      return token.value
    case 'quoted':
      return isPlainIdentifier(token.value) ? token.value : quoted(token.value)
    case 'string':
      // A text in dollar quotes is a plain one; what has a prefix has rules of its own.
      return token.text.startsWith('$') ? literalText(token.value) : token.text
    case 'operator':
      return token.text === '!=' ? '<>' : token.text
    default:
      return token.text
  }
}

/** Takes parentheses away that surround the whole of a list of tokens. */
export function withoutOuterParentheses(tokens: readonly string[]): readonly string[] {
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
