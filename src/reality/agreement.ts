import { structuralEqual } from '../lib/structural-equal.ts'
import type { Dialect } from '../schema/dialect.ts'
import type { Expression } from '../schema/expression.ts'
import type { Value } from '../schema/value.ts'

/** Whether two texts say the same, as far as it can be told without the server that spelled one of them. */
export type Agreement = 'same' | 'different' | 'unknown'

/**
 * Compares what is declared with what a server printed by the rules for texts alone: the same tokens, the same literal, the same simple condition. What is
 * neither, the server may have written in its own way.
 */
export function agreementOf(declared: Expression, found: Expression, { comparison, reading }: Dialect): Agreement {
  if (comparison.sameExpression(found, declared)) return 'same'
  const literals = [reading.literal(declared), reading.literal(found)] as const
  if (literals[0] !== undefined && literals[1] !== undefined) return agreementOfValues(literals[0], literals[1])
  const conditions = [reading.condition(declared), reading.condition(found)] as const
  if (conditions[0] === undefined || conditions[1] === undefined) return 'unknown'
  return agreementOfConditions(conditions[0], conditions[1])
}

function agreementOfConditions(declared: Expression, found: Expression): Agreement {
  if (structuralEqual(declared, found)) return 'same'
  if (declared.kind !== 'in' || found.kind !== 'in' || !structuralEqual(declared.operand, found.operand))
    return 'unknown'
  if (declared.values.length !== found.values.length) return 'different'
  const agreements = declared.values.map((value, position) => agreementOfValues(value, found.values[position] ?? null))
  return agreements.find((one) => one !== 'same') ?? 'same'
}

/** A moment, a number or a document in a text may be written in several ways; a word cannot. */
function agreementOfValues(declared: Value, found: Value): Agreement {
  if (structuralEqual(declared, found)) return 'same'
  if (isScalar(declared) && isScalar(found)) return Number(declared) === Number(found) ? 'same' : 'different'
  return isWord(declared) && isWord(found) ? 'different' : 'unknown'
}

function isScalar(value: Value): value is number | boolean {
  return typeof value === 'number' || typeof value === 'boolean'
}

function isWord(value: Value): boolean {
  return typeof value === 'string' && /^\p{L}[\p{L}\d_ -]*$/u.test(value)
}
