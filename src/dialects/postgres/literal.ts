import { assertNever } from '../../lib/assert-never.ts'
import { invariant } from '../../lib/invariant.ts'
import type { Value } from '../../schema/value.ts'
import { valueByKind } from '../../schema/value-kinds.ts'

/** A value as PostgreSQL writes it, with `standard_conforming_strings` on, as it is by default. */
export function literalText(value: Value): string {
  const literal = valueByKind(value)
  switch (literal.kind) {
    case 'null':
      return 'NULL'
    case 'boolean':
      return literal.boolean ? 'true' : 'false'
    case 'number':
      invariant(Number.isFinite(literal.number), `${literal.number} is no literal`)
      return String(literal.number)
    case 'bigint':
      invariant(/^-?\d+$/.test(literal.digits), `${literal.digits} is no integer`)
      return literal.digits
    case 'bytes':
      invariant(/^(?:[\da-f]{2})*$/i.test(literal.hex), `${literal.hex} is not hexadecimal`)
      return `'\\x${literal.hex.toLowerCase()}'::bytea`
    case 'text':
      return textLiteral(literal.text)
    case 'json':
      return `${textLiteral(literal.text)}::jsonb`
    default:
      return assertNever(literal)
  }
}

/** A text in single quotes. */
export function textLiteral(text: string): string {
  return `'${text.replaceAll("'", "''")}'`
}
