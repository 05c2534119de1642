import { quoted } from './statement-text.ts'
import { isIdentifier, isToken, type Token, tokenize } from './tokens.ts'

/** The names that a raw expression may mean as columns: every identifier in it that is no function, no prefix and no type of a cast. */
export function identifiersIn(text: string): ReadonlySet<string> {
  const tokens = tokenize(text)
  return new Set(tokens.filter((_, index) => isColumnAt(tokens, index)).map((token) => token.value))
}

/** A raw expression with its columns renamed. Strings, comments, functions and types stay as they are. */
export function renameColumnsIn(text: string, renamed: ReadonlyMap<string, string>): string {
  if (renamed.size === 0) return text
  const tokens = tokenize(text)
  let end = 0
  const pieces = tokens.map((token, index) => {
    const name = isColumnAt(tokens, index) ? renamed.get(token.value) : undefined
    const piece = text.slice(end, token.start) + (name === undefined ? token.text : quoted(name))
    end = token.end
    return piece
  })
  return pieces.join('') + text.slice(end)
}

function isColumnAt(tokens: readonly Token[], index: number): boolean {
  return (
    isIdentifier(tokens[index]) &&
    !isToken(tokens[index + 1], '(') &&
    !isPrefixAt(tokens, index) &&
    !isTypeAt(tokens, index)
  )
}

/** Whether a word is the type of a cast or one of its further words: `x::timestamp(3) without time zone`. */
function isTypeAt(tokens: readonly Token[], index: number): boolean {
  const previous = tokens[index - 1]
  if (isToken(previous, '::')) return true
  if (!isToken(tokens[index], ...furtherWords)) return false
  return (isToken(previous, ')') && isTypeAt(tokens, index - 4)) || isTypeAt(tokens, index - 1)
}

const furtherWords = ['with', 'without', 'time', 'zone', 'precision', 'varying']

function isPrefixAt(tokens: readonly Token[], index: number): boolean {
  return isIdentifier(tokens[index]) && isToken(tokens[index + 1], '.') && isIdentifier(tokens[index + 2])
}
