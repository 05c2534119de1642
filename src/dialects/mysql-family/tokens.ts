/**
 * What a token of MariaDB or MySQL is: a bare word (keyword or identifier), an identifier in backticks, a literal, the edge of a comment whose content
 * the server runs (`/*!80000 … *\/`), or anything else.
 */
export type TokenKind = 'word' | 'quoted' | 'string' | 'number' | 'hint' | 'operator'

/** One token of a text of SQL. Blanks and comments are none. */
export interface Token {
  readonly kind: TokenKind
  /** As written. */
  readonly text: string
  /** What an identifier or a string says: a bare word as it is, the others without their quotes and escapes. */
  readonly value: string
  readonly start: number
  readonly end: number
}

/**
 * The lexical rules (https://dev.mysql.com/doc/refman/9.7/en/literals.html, …/comments.html) of a session without ANSI_QUOTES and NO_BACKSLASH_ESCAPES.
 * Two dashes begin a comment only before a blank, and comments do not nest.
 */
const grammar =
  /(?<blank>\s+|#[^\n]*|--(?=\s|$)[^\n]*|\/\*(?!M?!)[\s\S]*?(?:\*\/|$))|(?<hint>\/\*M?!\d*|\*\/)|(?<string>[xXbB]'[0-9a-fA-F]*'|[nN]?'(?:[^'\\]|''|\\[\s\S])*'|"(?:[^"\\]|""|\\[\s\S])*")|(?<quoted>`(?:[^`]|``)*`)|(?<number>0[xX][0-9a-fA-F]+(?![\w$])|0b[01]+(?![\w$])|(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?(?![\w$\u0080-\u{10ffff}]))|(?<word>@{0,2}[\w$\u0080-\u{10ffff}]+)|(?<operator><=>|->>|->|:=|\|\||&&|<<|>>|<=|>=|<>|!=|[\s\S])/uy

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
      tokens.push({ kind, text: written, value: contentOf(kind, written), start, end: start + written.length })
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

/** Names of columns are the same to these servers when they differ only in case. */
export function fold(identifier: string): string {
  return identifier.toLowerCase()
}

const kinds: readonly TokenKind[] = ['hint', 'string', 'quoted', 'number', 'word', 'operator']

function contentOf(kind: TokenKind, text: string): string {
  if (kind === 'quoted') return text.slice(1, -1).replaceAll('``', '`')
  if (kind !== 'string') return text
  const start = text.search(/['"]/)
  const quote = text.charAt(start)
  if (start > 0 && !/^n/i.test(text)) return text.slice(start + 1, -1)
  return text
    .slice(start + 1, -1)
    .replace(/\\([\s\S])|''|""/g, (pair, escaped: string | undefined) =>
      escaped === undefined ? (pair === quote + quote ? quote : pair) : (escapes[escaped] ?? escaped),
    )
}

/** What a backslash makes of a letter (https://dev.mysql.com/doc/refman/9.7/en/string-literals.html#character-escape-sequences). */
const escapes: Readonly<Record<string, string>> = {
  '0': '\0',
  b: '\b',
  n: '\n',
  r: '\r',
  t: '\t',
  Z: '\x1a',
  '%': '\\%',
  _: '\\_',
}
