import type { Sql } from '../../schema/sql.ts'
import { literalText } from './literal.ts'

/** A statement as it is sent. */
export interface Statement {
  readonly text: string
  readonly parameters: readonly unknown[]
}

/** An identifier in backticks, whatever it holds. */
export function quoted(identifier: string): string {
  return `\`${identifier.replaceAll('`', '``')}\``
}

/** A statement as text, values as literals, no trailing semicolon. */
export function toText(sql: Sql): string {
  return sql.parts
    .map((part) => {
      if (typeof part === 'string') return part
      return 'name' in part ? quoted(part.name) : literalText(part.value)
    })
    .join('')
}

/**
 * A statement to send, its values written into it: a `?` of ours could not be told from one that stands in a user's own SQL, and many statements can't
 * be prepared at all.
 */
export function toStatement(sql: Sql): Statement {
  return { text: toText(sql), parameters: [] }
}
