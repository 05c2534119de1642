import type { Value } from '../schema/value.ts'

/** The least and the greatest number of a type of integer. */
export interface IntegerRange {
  readonly least: bigint
  readonly most: bigint
}

/** Two, four and eight bytes, signed: the same on every database. */
export const integerRanges = {
  smallInteger: { least: -(2n ** 15n), most: 2n ** 15n - 1n },
  integer: { least: -(2n ** 31n), most: 2n ** 31n - 1n },
  bigInteger: { least: -(2n ** 63n), most: 2n ** 63n - 1n },
} as const satisfies Record<string, IntegerRange>

/** A whole number within a range as it is kept: a number where JavaScript has it exactly, digits beyond. */
export function integerLiteral(value: unknown, range: IntegerRange): Value | undefined {
  const whole = wholeNumber(value)
  return whole === undefined || whole < range.least || whole > range.most ? undefined : keptInteger(whole)
}

/** A bigint as plain data. */
export function keptInteger(whole: bigint): Value {
  const number = Number(whole)
  return Number.isSafeInteger(number) ? number : { $bigint: whole.toString() }
}

/** What a number, a bigint or kept digits stand for; undefined when it is no whole number that is known exactly. */
export function wholeNumber(value: unknown): bigint | undefined {
  if (typeof value === 'bigint') return value
  if (typeof value === 'number') return Number.isSafeInteger(value) ? BigInt(value) : undefined
  if (typeof value !== 'object' || value === null || !('$bigint' in value)) return undefined
  const digits = value.$bigint
  return typeof digits === 'string' && /^-?\d+$/.test(digits) ? BigInt(digits) : undefined
}
