import { isIdentifier, isToken, type Token, tokenize } from './tokens.ts'

/** A column as SHOW CREATE TABLE says it; `extra` clauses are apart, `check` is the one in its own definition. */
export interface CreatedColumn {
  readonly name: string
  readonly type: string
  readonly collation: string | undefined
  readonly nullable: boolean
  readonly generated: { readonly expression: string; readonly stored: boolean } | undefined
  /** What stands behind DEFAULT. */
  readonly fallback: string | undefined
  readonly onUpdate: string | undefined
  readonly invisible: boolean
  readonly check: string | undefined
}

/** One part of an index as SHOW CREATE TABLE says it. */
export interface CreatedPart {
  readonly column: string | undefined
  readonly expression: string | undefined
  readonly prefix: number | undefined
  readonly descending: boolean
}

/** What SHOW CREATE TABLE says of a table. */
export interface CreatedTable {
  readonly columns: readonly CreatedColumn[]
  /** By name: the conditions of the checks of the table. */
  readonly checks: ReadonlyMap<string, string>
  /** By name. */
  readonly indexes: ReadonlyMap<string, readonly CreatedPart[]>
}

/** Reads what SHOW CREATE TABLE printed, by its tokens: texts in it may hold anything, ends of lines included. */
export function readCreateTable(source: string): CreatedTable {
  const tokens = tokenize(source)
  const items = splitAtCommas(
    inside(
      tokens,
      tokens.findIndex((token) => isToken(token, '(')),
    ),
  )
  const columns: CreatedColumn[] = []
  const checks = new Map<string, string>()
  const indexes = new Map<string, readonly CreatedPart[]>()
  for (const item of items) {
    const [first, second, third] = item
    if (first?.kind === 'quoted') columns.push(readColumn(item, source))
    else if (isToken(first, 'constraint') && isToken(third, 'check') && second !== undefined) {
      checks.set(second.value, contentOf(inside(item, 3), source))
    } else {
      const name = item.findIndex(({ kind }) => kind === 'quoted')
      const parts = name > 0 && isToken(item[name - 1], 'key', 'index') ? splitAtCommas(inside(item, name + 1)) : []
      indexes.set(
        item[name]?.value ?? '',
        parts.map((part) => readPart(part, source)),
      )
    }
  }
  return { columns, checks, indexes }
}

function readColumn(item: readonly Token[], source: string): CreatedColumn {
  const [name] = item
  const clauses = clausesOf(item.slice(1))
  const clause = (word: string): readonly Token[] | undefined => clauses.find(([first]) => isToken(first, word))
  const computed = clause('generated')
  const fallback = clause('default')
  const check = clause('check')
  const stored = clauses.some(([first]) => isToken(first, 'stored', 'persistent'))
  return {
    name: name?.value ?? '',
    type: contentOf(clauses[0] ?? [], source),
    collation: clause('collate')?.[1]?.value,
    nullable: clause('not') === undefined,
    generated: computed === undefined ? undefined : { expression: contentOf(parenthesised(computed), source), stored },
    fallback: fallback === undefined ? undefined : contentOf(fallback.slice(1), source),
    onUpdate: clause('on') === undefined ? undefined : contentOf(clause('on')?.slice(2) ?? [], source),
    invisible: clause('invisible') !== undefined,
    check: check === undefined ? undefined : contentOf(parenthesised(check), source),
  }
}

/**
 * The type of a column and then each of its clauses. A default that is computed stands in parentheses, or is a call, so that none of its words is
 * taken for the next clause.
 */
function clausesOf(tokens: readonly Token[]): readonly (readonly Token[])[] {
  const clauses: Token[][] = [[]]
  let depth = 0
  for (const [index, token] of tokens.entries()) {
    const startsClause = depth === 0 && isToken(token, ...clauseWords) && !continuesClause(tokens[index - 1], token)
    // What only some versions understand is fenced; the clause in it is one to all that print it. How a column is compressed is part of its type.
    if (token.kind === 'hint' && ![tokens[index - 1], tokens[index + 1]].some(compresses)) continue
    if (startsClause) clauses.push([])
    clauses.at(-1)?.push(token)
    if (isToken(token, '(')) depth += 1
    if (isToken(token, ')')) depth -= 1
  }
  return clauses
}

const clauseWords: readonly string[] = [
  ...['character', 'collate', 'generated', 'virtual', 'stored', 'persistent', 'not', 'null', 'default', 'on', 'check'],
  ...['auto_increment', 'comment', 'invisible', 'without', 'srid', 'column_format', 'storage'],
]

/** `NOT NULL` and `DEFAULT NULL` are one clause each. */
function continuesClause(previous: Token | undefined, token: Token): boolean {
  return isToken(token, 'null') && isToken(previous, 'not', 'default')
}

function compresses(token: Token | undefined): boolean {
  return isToken(token, 'compressed')
}

function readPart(part: readonly Token[], source: string): CreatedPart {
  const [first] = part
  const descending = isToken(part.at(-1), 'desc')
  if (!isIdentifier(first)) {
    const expression = contentOf(inside(part, 0), source)
    return { column: undefined, expression, prefix: undefined, descending }
  }
  const length = inside(part, 1)[0]
  const prefix = length === undefined ? undefined : Number(length.value)
  return { column: first.value, expression: undefined, prefix, descending }
}

/** The tokens between a parenthesis at a place and the one that closes it; none where there is no parenthesis. */
function inside(tokens: readonly Token[], start: number): readonly Token[] {
  if (!isToken(tokens[start], '(')) return []
  let depth = 0
  for (const [index, token] of tokens.entries()) {
    if (index < start) continue
    if (isToken(token, '(')) depth += 1
    if (isToken(token, ')')) depth -= 1
    if (depth === 0) return tokens.slice(start + 1, index)
  }
  return tokens.slice(start + 1)
}

function parenthesised(clause: readonly Token[]): readonly Token[] {
  return inside(
    clause,
    clause.findIndex((token) => isToken(token, '(')),
  )
}

function splitAtCommas(tokens: readonly Token[]): readonly (readonly Token[])[] {
  if (tokens.length === 0) return []
  const parts: Token[][] = [[]]
  let depth = 0
  for (const token of tokens) {
    if (isToken(token, '(')) depth += 1
    if (isToken(token, ')')) depth -= 1
    if (depth === 0 && isToken(token, ',')) parts.push([])
    else parts.at(-1)?.push(token)
  }
  return parts
}

/** What some tokens that follow each other say, as it was written. */
function contentOf(tokens: readonly Token[], source: string): string {
  const [first, last] = [tokens[0], tokens.at(-1)]
  return first === undefined || last === undefined ? '' : source.slice(first.start, last.end)
}
