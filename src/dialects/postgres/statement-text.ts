import { assertNever } from '../../lib/assert-never.ts'
import type { Sql, SqlPart } from '../../schema/sql.ts'
import type { Value } from '../../schema/value.ts'
import { valueByKind } from '../../schema/value-kinds.ts'
import { literalText } from './literal.ts'

/** A statement as PostgreSQL takes it: text with `$1`, `$2` for its parameters. */
export interface Statement {
  readonly text: string
  readonly parameters: readonly Parameter[]
}

/** What is handed to the driver. Integers beyond 2^53 go as their digits, json as its text. */
export type Parameter = null | boolean | number | string | Uint8Array

/** An identifier in double quotes, whatever it holds. */
export function quoted(identifier: string): string {
  return `"${identifier.replaceAll('"', '""')}"`
}

/** A statement as text to read, values as literals, no trailing semicolon. */
export function toText(sql: Sql): string {
  return sql.parts.map((part) => textOf(part, literalText)).join('')
}

/** A statement to send, values as parameters. DDL takes none: plans write their values as literals. */
export function toStatement(sql: Sql): Statement {
  const parameters: Parameter[] = []
  const text = sql.parts.map((part) =>
    textOf(part, (value) => {
      parameters.push(parameterOf(value))
      return `$${parameters.length}`
    }),
  )
  return { text: text.join(''), parameters }
}

function textOf(part: SqlPart, ofValue: (value: Value) => string): string {
  if (typeof part === 'string') return part
  return 'name' in part ? quoted(part.name) : ofValue(part.value)
}

function parameterOf(value: Value): Parameter {
  const literal = valueByKind(value)
  switch (literal.kind) {
    case 'null':
      return null
    case 'boolean':
      return literal.boolean
    case 'number':
      return literal.number
    case 'bigint':
      return literal.digits
    case 'bytes':
      return Buffer.from(literal.hex, 'hex')
    case 'text':
    case 'json':
      return literal.text
    default:
      return assertNever(literal)
  }
}
