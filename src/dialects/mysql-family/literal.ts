import { assertNever } from '../../lib/assert-never.ts'
import { invariant } from '../../lib/invariant.ts'
import type { Value } from '../../schema/value.ts'
import { valueByKind } from '../../schema/value-kinds.ts'

/** A value as these servers write it, in the sql_mode that a session is pinned to and that a server has by default: a backslash escapes. */
export function literalText(value: Value): string {
  const literal = valueByKind(value)
  switch (literal.kind) {
    case 'null':
      return 'NULL'
    case 'boolean':
      // MySQL takes no bare 0 for a condition, and both take these words wherever a number can stand.
      return literal.boolean ? 'true' : 'false'
    case 'number':
      invariant(Number.isFinite(literal.number), `${literal.number} is no literal`)
      return String(literal.number)
    case 'bigint':
      invariant(/^-?\d+$/.test(literal.digits), `${literal.digits} is no integer`)
      return literal.digits
    case 'bytes':
      invariant(/^(?:[\da-f]{2})*$/i.test(literal.hex), `${literal.hex} is not hexadecimal`)
      return `x'${literal.hex.toLowerCase()}'`
    case 'text':
    case 'json':
      return textLiteral(literal.text)
    default:
      return assertNever(literal)
  }
}

/** A text in single quotes. A zero byte is written as an escape, as some readers of scripts stop at it. */
export function textLiteral(text: string): string {
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", "''").replaceAll('\0', '\\0')}'`
}
