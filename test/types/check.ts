import type { Json, PostgresInterval } from '../../src/index.ts'

/**
 * What is true of a value of type T at run time. A check for one type is none for a wider or narrower one, so that the compiler holds a table of
 * checks to a row type exactly.
 */
export interface Check<T> {
  readonly holds: (value: unknown) => boolean
  readonly exactly?: (value: T) => T
}

/** A check for each column of a row. */
export type RowChecks<Row> = { readonly [Column in keyof Row]-?: Check<Row[Column]> }

/** Checks by type. */
export const is = {
  text: check<string>((value) => typeof value === 'string'),
  number: check<number>((value) => typeof value === 'number'),
  boolean: check<boolean>((value) => value === true || value === false),
  date: check<Date>((value) => value instanceof Date && !Number.isNaN(value.getTime())),
  bytes: check<Uint8Array>((value) => value instanceof Uint8Array),
  json: check<Json>((value) => value === null || JSON.stringify(value) !== undefined),
  interval: check<PostgresInterval>(
    (value) =>
      typeof value === 'object' &&
      value !== null &&
      'toPostgres' in value &&
      typeof value.toPostgres === 'function' &&
      Object.values(value).every((amount) => typeof amount === 'number'),
  ),
  unknown: check<unknown>((value) => value !== undefined),
} as const

/** One of a few values. */
export function oneOf<const Choice>(...choices: readonly Choice[]): Check<Choice> {
  return check((value) => choices.some((choice) => choice === value))
}

/** The same, or NULL. */
export function orNull<T>({ holds }: Check<T>): Check<T | null> {
  return check((value) => value === null || holds(value))
}

/** An array of it. */
export function listOf<T>({ holds }: Check<T>): Check<T[]> {
  return check((value) => Array.isArray(value) && value.length > 0 && value.every(holds))
}

/** One or the other. */
export function either<A, B>(a: Check<A>, b: Check<B>): Check<A | B> {
  return check((value) => a.holds(value) || b.holds(value))
}

function check<T>(holds: (value: unknown) => boolean): Check<T> {
  return { holds }
}
