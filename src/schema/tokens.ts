/** What a token is: a bare word (keyword or identifier), a quoted identifier, a literal, or anything else. */
export type TokenKind = 'word' | 'quoted' | 'string' | 'blob' | 'number' | 'operator'

/** One token of a text of SQL. Blanks and comments are none. */
export interface Token {
  readonly kind: TokenKind
  /** As written. */
  readonly text: string
  /** Without its quotes, where it has any. */
  readonly value: string
  readonly start: number
  readonly end: number
}

const grammar =
  /(?<blank>\s+|--[^\n]*|\/\*[\s\S]*?(?:\*\/|$))|(?<blob>[xX]'[0-9a-fA-F]*')|(?<string>'(?:[^']|'')*')|(?<quoted>"(?:[^"]|"")*"|`(?:[^`]|``)*`|\[[^\]]*\])|(?<number>0[xX][0-9a-fA-F_]+|(?:\d[\d_]*(?:\.[\d_]*)?|\.\d[\d_]*)(?:[eE][+-]?\d+)?)|(?<word>[A-Za-z_\u0080-\u{10ffff}][\w$\u0080-\u{10ffff}]*)|(?<operator>->>|->|\|\||<<|>>|<=|>=|<>|!=|==|[\s\S])/uy

/** Splits a text of SQL into tokens. Total: what no rule knows, such as a quote that is never closed, is an operator of one character. */
export function tokenize(text: string): readonly Token[] {
  const tokens: Token[] = []
  const rule = new RegExp(grammar)
  for (let match = rule.exec(text); match !== null; match = rule.exec(text)) {
    const groups = match.groups ?? {}
    const kind = kinds.find((candidate) => groups[candidate] !== undefined)
    const [written] = match
    if (kind !== undefined) {
      const start = match.index
      tokens.push({ kind, text: written, value: unquote(kind, written), start, end: start + written.length })
    }
  }
  return tokens
}

/** Whether a token is one of these bare words or operators; words are compared without regard to case. */
export function isToken(token: Token | undefined, ...texts: readonly string[]): boolean {
  if (token === undefined || (token.kind !== 'word' && token.kind !== 'operator')) return false
  return texts.includes(token.text.toLowerCase())
}

/** Whether a token can be an identifier: a quoted one, or a bare word. */
export function isIdentifier(token: Token | undefined): token is Token {
  return token !== undefined && (token.kind === 'word' || token.kind === 'quoted')
}

const kinds: readonly TokenKind[] = ['blob', 'string', 'quoted', 'number', 'word', 'operator']

function unquote(kind: TokenKind, text: string): string {
  if (kind !== 'quoted' && kind !== 'string') return text
  const quote = text.charAt(0)
  const inner = text.slice(1, -1)
  return quote === '[' ? inner : inner.replaceAll(quote + quote, quote)
}
