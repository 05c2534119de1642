/** What a token of PostgreSQL is: a bare word (keyword or identifier), a quoted identifier, a literal, or anything else. */
export type TokenKind = 'word' | 'quoted' | 'string' | 'number' | 'operator'

/** One token of a text of SQL. Blanks and comments are none. */
export interface Token {
  readonly kind: TokenKind
  /** As written. */
  readonly text: string
  /** What an identifier or a plain string says: folded where it is bare, without its quotes where it has any. */
  readonly value: string
  readonly start: number
  readonly end: number
}

/**
 * The lexical rules (https://www.postgresql.org/docs/current/sql-syntax-lexical.html). A run of operator characters is one operator; that one of
 * them may end before a trailing `-` matters to the server alone, as both sides of a comparison are cut in the same way.
 */
const grammar =
  /(?<blank>\s+|--[^\n]*|(?<comment>\/\*))|(?<string>(?:[eE]'(?:[^'\\]|''|\\[\s\S])*'|(?:[bBxXnN]|[uU]&)?'(?:[^']|'')*'|\$(?<tag>(?:[A-Za-z_\u0080-\u{10ffff}][\w\u0080-\u{10ffff}]*)?)\$[\s\S]*?\$\k<tag>\$))|(?<quoted>(?:[uU]&)?"(?:[^"]|"")*")|(?<number>0[xXoObB][0-9a-fA-F_]+|(?:\d[\d_]*(?:\.(?!\.)[\d_]*)?|\.\d[\d_]*)(?:[eE][+-]?\d+)?)|(?<word>[A-Za-z_\u0080-\u{10ffff}][\w$\u0080-\u{10ffff}]*)|(?<operator>::|\.\.|:=|(?:(?!--|\/\*)[-+*/<>=~!@#%^&|`?])+|[\s\S])/uy

/** Splits a text of SQL into tokens. Total: what no rule knows, such as a quote that is never closed, is an operator of one character. */
export function tokenize(text: string): readonly Token[] {
  const tokens: Token[] = []
  const rule = new RegExp(grammar)
  for (let match = rule.exec(text); match !== null; match = rule.exec(text)) {
    const groups = match.groups ?? {}
    const [written] = match
    const start = match.index
    const kind = kinds.find((candidate) => groups[candidate] !== undefined)
    if (groups['comment'] !== undefined) rule.lastIndex = endOfComment(text, start)
    else if (kind !== undefined) {
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

/** Bare identifiers are folded to lower case: ASCII letters only, where the database has an encoding of more than one byte. */
export function fold(identifier: string): string {
  return identifier.replace(/[A-Z]+/g, (letters) => letters.toLowerCase())
}

const kinds: readonly TokenKind[] = ['string', 'quoted', 'number', 'word', 'operator']

function contentOf(kind: TokenKind, text: string): string {
  if (kind === 'word') return fold(text)
  if (kind === 'quoted') return text.startsWith('"') ? text.slice(1, -1).replaceAll('""', '"') : text
  if (kind !== 'string') return text
  if (text.startsWith('$')) return text.slice(text.indexOf('$', 1) + 1, text.lastIndexOf('$', text.length - 2))
  return text.startsWith("'") ? text.slice(1, -1).replaceAll("''", "'") : text
}

/** Comments nest. One that is never closed takes the rest. */
function endOfComment(text: string, start: number): number {
  const marks = /\/\*|\*\//g
  marks.lastIndex = start
  let depth = 0
  for (let mark = marks.exec(text); mark !== null; mark = marks.exec(text)) {
    depth += mark[0] === '/*' ? 1 : -1
    if (depth === 0) return marks.lastIndex
  }
  return text.length
}
