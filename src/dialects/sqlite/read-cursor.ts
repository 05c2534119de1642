import { isToken, type Token, tokenize } from '../../schema/tokens.ts'

/** A place in a list of tokens that moves forward as they are read. */
export interface Cursor {
  readonly atEnd: () => boolean
  /** The token `ahead` of the next one. */
  readonly peek: (ahead?: number) => Token | undefined
  readonly next: () => Token | undefined
  /** Steps over these words when they come next, one after the other, and tells whether it did. */
  readonly take: (...words: readonly string[]) => boolean
  /** Steps over an identifier and gives its name. */
  readonly identifier: () => string | undefined
  /** Steps over a parenthesised group, when one comes next, and gives what is inside. */
  readonly group: () => Group | undefined
}

/** What stood between two parentheses. */
export interface Group {
  readonly tokens: readonly Token[]
  /** As written, without the blanks and comments at its ends. */
  readonly text: string
}

/** Reads a text of SQL from its beginning. */
export function readText(source: string): Cursor {
  return readTokens(tokenize(source), source)
}

/** Reads tokens that were cut out of a source. */
export function readTokens(tokens: readonly Token[], source: string): Cursor {
  let position = 0
  const peek = (ahead = 0): Token | undefined => tokens[position + ahead]
  const next = (): Token | undefined => tokens[position++]
  return {
    atEnd: () => position >= tokens.length,
    peek,
    next,
    take(...words) {
      const matches = words.every((word, ahead) => isToken(peek(ahead), word))
      if (matches) position += words.length
      return matches
    },
    identifier() {
      const token = peek()
      // SQLite takes a string for a name in these places, for old times' sake.
      if (token === undefined || !['word', 'quoted', 'string'].includes(token.kind)) return undefined
      position += 1
      return token.value
    },
    group() {
      if (!isToken(peek(), '(')) return undefined
      const length = groupLength(tokens, position)
      const inner = tokens.slice(position + 1, position + length - 1)
      position += length
      return { tokens: inner, text: textOf(inner, source) }
    },
  }
}

/** Cuts tokens at the commas that stand in no parentheses. */
export function splitAtCommas(tokens: readonly Token[]): readonly (readonly Token[])[] {
  const items: Token[][] = [[]]
  let depth = 0
  for (const token of tokens) {
    if (isToken(token, '(')) depth += 1
    if (isToken(token, ')')) depth -= 1
    if (depth === 0 && isToken(token, ',')) items.push([])
    else items.at(-1)?.push(token)
  }
  return items
}

/** The source from the first of these tokens to the last. */
export function textOf(tokens: readonly Token[], source: string): string {
  return source.slice(tokens[0]?.start ?? 0, tokens.at(-1)?.end ?? 0)
}

function groupLength(tokens: readonly Token[], start: number): number {
  let depth = 0
  for (let index = start; index < tokens.length; index += 1) {
    if (isToken(tokens[index], '(')) depth += 1
    if (isToken(tokens[index], ')')) depth -= 1
    if (depth === 0) return index - start + 1
  }
  return tokens.length - start
}
