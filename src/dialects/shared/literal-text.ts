import { assertNever } from '../../lib/assert-never.ts'
import { invariant } from '../../lib/invariant.ts'
import type { Value } from '../../schema/value.ts'
import { valueByKind } from '../../schema/value-kinds.ts'

/** How one database writes the literals that not all write alike. */
export interface LiteralRules {
  readonly boolean: (value: boolean) => string
  /** Of bytes, by their digits. */
  readonly bytes: (hex: string) => string
  readonly text: (text: string) => string
  readonly json: (text: string) => string
}

/** A value as a literal: DDL takes no parameters. What is no literal of its kind is a bug of whoever made it. */
export function literalBy(rules: LiteralRules): (value: Value) => string {
  return (value) => {
    const literal = valueByKind(value)
    switch (literal.kind) {
      case 'null':
        return 'NULL'
      case 'boolean':
        return rules.boolean(literal.boolean)
      case 'number':
        invariant(Number.isFinite(literal.number), `${literal.number} is no literal`)
        return String(literal.number)
      case 'bigint':
        invariant(/^-?\d+$/.test(literal.digits), `${literal.digits} is no integer`)
        return literal.digits
      case 'bytes':
        invariant(/^(?:[\da-f]{2})*$/i.test(literal.hex), `${literal.hex} is not hexadecimal`)
        return rules.bytes(literal.hex)
      case 'text':
        return rules.text(literal.text)
      case 'json':
        return rules.json(literal.text)
      default:
        return assertNever(literal)
    }
  }
}
