import { assertNever } from '../../lib/assert-never.ts'
import type { Sql, SqlPart } from '../../schema/sql.ts'
import type { Value } from '../../schema/value.ts'
import { valueByKind } from '../../schema/value-kinds.ts'
import { literalText } from './literal.ts'

/** A statement as SQLite takes it: text with a `?` for each parameter. */
export interface Statement {
  readonly text: string
  readonly parameters: readonly Parameter[]
}

export type Parameter = null | number | bigint | string | Uint8Array

/** An identifier in double quotes, whatever it holds. */
export function quoted(identifier: string): string {
  return `"${identifier.replaceAll('"', '""')}"`
}

/** A statement as text to read, values as literals. */
export function toText(sql: Sql): string {
  return sql.parts.map((part) => textOf(part, literalText)).join('')
}

/** A statement to send, values as parameters. */
export function toStatement(sql: Sql): Statement {
  const parameters: Parameter[] = []
  const text = sql.parts.map((part) =>
    textOf(part, (value) => {
      parameters.push(parameterOf(value))
      return '?'
    }),
  )
  return { text: text.join(''), parameters }
}

function textOf(part: SqlPart, ofValue: (value: Value) => string): string {
  if (typeof part === 'string') return part
  return 'name' in part ? quoted(part.name) : ofValue(part.value)
}

/** Drivers bind every JavaScript number as REAL, and 7 would be kept as '7.0' in a column of texts: so whole numbers go as bigint. */
export function numberParameter(number: number): number | bigint {
  return Number.isSafeInteger(number) ? BigInt(number) : number
}

function parameterOf(value: Value): Parameter {
  const literal = valueByKind(value)
  switch (literal.kind) {
    case 'null':
      return null
    case 'boolean':
      return literal.boolean ? 1 : 0
    case 'number':
      return numberParameter(literal.number)
    case 'bigint':
      return BigInt(literal.digits)
    case 'bytes':
      return Buffer.from(literal.hex, 'hex')
    case 'text':
    case 'json':
      return literal.text
    default:
      return assertNever(literal)
  }
}
