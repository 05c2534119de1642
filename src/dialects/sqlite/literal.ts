import { assertNever } from '../../lib/assert-never.ts'
import { invariant } from '../../lib/invariant.ts'
import type { Value } from '../../schema/value.ts'
import { valueByKind } from '../../schema/value-kinds.ts'

/** A value as SQLite writes it. */
export function literalText(value: Value): string {
  const literal = valueByKind(value)
  switch (literal.kind) {
    case 'null':
      return 'NULL'
    case 'boolean':
      return literal.boolean ? '1' : '0'
    case 'number':
      invariant(Number.isFinite(literal.number), `${literal.number} is no literal`)
      return String(literal.number)
    case 'bigint':
      invariant(/^-?\d+$/.test(literal.digits), `${literal.digits} is no integer`)
      return literal.digits
    case 'bytes':
      invariant(/^(?:[\da-f]{2})*$/i.test(literal.hex), `${literal.hex} is not hexadecimal`)
      return `x'${literal.hex}'`
    case 'text':
    case 'json':
      return textLiteral(literal.text)
    default:
      return assertNever(literal)
  }
}

function textLiteral(text: string): string {
  // SQLite reads a statement up to its first zero character, so such a text is written as bytes.
  return text.includes('\0')
    ? `CAST(x'${Buffer.from(text, 'utf8').toString('hex')}' AS TEXT)`
    : `'${text.replaceAll("'", "''")}'`
}
