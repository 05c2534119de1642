import type { Deferrable } from '../../schema/schema.ts'
import { isToken, type Token } from '../../schema/tokens.ts'
import { fold } from './raw-sql.ts'
import { type Cursor, readText, readTokens, splitAtCommas } from './read-cursor.ts'

/** What of a table stands only in the text of its CREATE TABLE: no pragma tells it. */
export interface TableText {
  /** By folded name. */
  readonly columns: ReadonlyMap<string, ColumnText>
  readonly checks: readonly CheckText[]
  /** In the order of declaration, inline ones at their column: `pragma_foreign_key_list` numbers them from the last to the first. */
  readonly foreignKeys: readonly ForeignKeyText[]
  /** What a rebuild could not write again, in words. */
  readonly peculiarities: readonly string[]
}

export interface ColumnText {
  readonly autoIncrement: boolean
  readonly collation: string | undefined
  readonly generated: { readonly text: string; readonly stored: boolean } | undefined
}

export interface CheckText {
  /** Empty when it has none. */
  readonly name: string
  readonly text: string
}

export interface ForeignKeyText {
  /** Empty when it has none. */
  readonly name: string
  readonly deferrable?: Deferrable
}

/** Reads the text of a CREATE TABLE, as `sqlite_schema` keeps it (https://sqlite.org/lang_createtable.html). */
export function readTable(source: string): TableText {
  const found: Found = { columns: new Map(), checks: [], foreignKeys: [], peculiarities: new Set() }
  const cursor = readText(source)
  while (!cursor.atEnd() && !isToken(cursor.peek(), '(')) cursor.next()
  for (const item of splitAtCommas(cursor.group()?.tokens ?? [])) {
    const reader = readTokens(item, source)
    if (isToken(item[0], ...tableConstraints)) readTableConstraints(reader, found)
    else readColumn(reader, found)
  }
  return { ...found, peculiarities: [...found.peculiarities] }
}

interface Found {
  readonly columns: Map<string, ColumnText>
  readonly checks: CheckText[]
  readonly foreignKeys: ForeignKeyText[]
  readonly peculiarities: Set<string>
}

const tableConstraints = ['constraint', 'primary', 'unique', 'check', 'foreign']
const columnConstraints = 'constraint primary not null unique check default collate references generated as'.split(' ')

/** The commas between table constraints may be missing, so one item can hold several. */
function readTableConstraints(cursor: Cursor, found: Found): void {
  let constraint = ''
  while (!cursor.atEnd()) {
    if (cursor.take('constraint')) {
      constraint = cursor.identifier() ?? ''
      continue
    }
    if (cursor.take('primary', 'key') || cursor.take('unique')) readKeyParts(cursor, found)
    else if (cursor.take('check')) found.checks.push({ name: constraint, text: cursor.group()?.text ?? '' })
    else if (cursor.take('foreign', 'key')) {
      cursor.group()
      cursor.take('references')
      found.foreignKeys.push(readReference(cursor, constraint))
    } else cursor.next()
    readConflictClause(cursor, found)
    constraint = ''
  }
}

function readKeyParts(cursor: Cursor, found: Found): void {
  const parts = cursor.group()?.tokens ?? []
  if (parts.some((token) => isToken(token, 'desc'))) found.peculiarities.add('a descending key')
  if (parts.some((token) => isToken(token, 'collate'))) found.peculiarities.add('a key with a collation of its own')
}

function readColumn(cursor: Cursor, found: Found): void {
  const name = cursor.identifier() ?? ''
  while (!cursor.atEnd() && !isToken(cursor.peek(), ...columnConstraints)) {
    if (cursor.group() === undefined) cursor.next()
  }
  let constraint = ''
  let column: ColumnText = { autoIncrement: false, collation: undefined, generated: undefined }
  while (!cursor.atEnd()) {
    if (cursor.take('constraint')) {
      constraint = cursor.identifier() ?? ''
      continue
    }
    if (cursor.take('check')) found.checks.push({ name: constraint, text: cursor.group()?.text ?? '' })
    else if (cursor.take('references')) found.foreignKeys.push(readReference(cursor, constraint))
    else if (cursor.take('collate')) column = { ...column, collation: cursor.identifier() }
    else if (cursor.take('default')) skipDefault(cursor)
    else if (cursor.take('as') || cursor.take('generated', 'always', 'as')) {
      const text = cursor.group()?.text ?? ''
      column = { ...column, generated: { text, stored: cursor.take('stored') } }
    } else if (cursor.take('autoincrement')) column = { ...column, autoIncrement: true }
    else if (cursor.take('primary', 'key', 'desc')) found.peculiarities.add('a descending key')
    else cursor.next()
    readConflictClause(cursor, found)
    constraint = ''
  }
  found.columns.set(fold(name), column)
}

/** `DEFAULT (1)`, `DEFAULT -1`, `DEFAULT 'x'`, `DEFAULT current_timestamp`. */
function skipDefault(cursor: Cursor): void {
  if (cursor.group() !== undefined) return
  if (isToken(cursor.peek(), '+', '-')) cursor.next()
  cursor.next()
}

/** What follows REFERENCES. Only DEFERRABLE INITIALLY DEFERRED puts a check off: every other spelling is immediate. */
function readReference(cursor: Cursor, name: string): ForeignKeyText {
  cursor.identifier()
  cursor.group()
  let deferrable: Deferrable | undefined
  for (;;) {
    if (cursor.take('on', 'delete') || cursor.take('on', 'update')) skipAction(cursor)
    else if (cursor.take('match')) cursor.next()
    else if (cursor.take('not', 'deferrable')) skipInitially(cursor)
    else if (cursor.take('deferrable')) deferrable = skipInitially(cursor) ? 'deferred' : 'immediate'
    else return { name, ...(deferrable === undefined ? {} : { deferrable }) }
  }
}

function skipAction(cursor: Cursor): void {
  if (!cursor.take('set')) cursor.take('no')
  cursor.next()
}

function skipInitially(cursor: Cursor): boolean {
  if (!cursor.take('initially')) return false
  const deferred: Token | undefined = cursor.next()
  return isToken(deferred, 'deferred')
}

function readConflictClause(cursor: Cursor, found: Found): void {
  if (!cursor.take('on', 'conflict')) return
  cursor.next()
  found.peculiarities.add('ON CONFLICT')
}
