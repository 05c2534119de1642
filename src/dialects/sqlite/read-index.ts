import { isIdentifier, isToken, type Token } from '../../schema/tokens.ts'
import { readText, splitAtCommas, textOf } from './read-cursor.ts'

/** What an index is made of, as the text of its CREATE INDEX says. */
export interface IndexText {
  readonly parts: readonly IndexPartText[]
  readonly where: string | undefined
}

export interface IndexPartText {
  /** The column, when the part is nothing but one. */
  readonly column: string | undefined
  readonly text: string
  readonly descending: boolean
}

/** Reads the text of a CREATE INDEX, as `sqlite_schema` keeps it. */
export function readIndex(source: string): IndexText {
  const cursor = readText(source)
  while (!cursor.atEnd() && !isToken(cursor.peek(), '(')) cursor.next()
  const parts = splitAtCommas(cursor.group()?.tokens ?? []).map((part) => readPart(part, source))
  const condition: Token[] = []
  if (cursor.take('where')) {
    for (let token = cursor.next(); token !== undefined; token = cursor.next()) condition.push(token)
  }
  return { parts, where: condition.length === 0 ? undefined : textOf(condition, source) }
}

function readPart(tokens: readonly Token[], source: string): IndexPartText {
  const directed = isToken(tokens.at(-1), 'asc', 'desc')
  const expression = directed ? tokens.slice(0, -1) : tokens
  const [only] = expression
  return {
    column: expression.length === 1 && isIdentifier(only) ? only.value : undefined,
    text: textOf(expression, source),
    descending: isToken(tokens.at(-1), 'desc'),
  }
}
