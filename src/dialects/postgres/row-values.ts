import type { RowValues } from '../../schema/row-values.ts'
import type { Json } from '../../schema/value.ts'

interface Whole {
  readonly select: number
  readonly insert: number | bigint
}

interface Words {
  readonly select: string
  readonly insert: string
}

interface Moment {
  readonly select: Date
  readonly insert: Date | string
}

/** A span of time as `pg` returns it; what is zero is left out. */
export interface PostgresInterval {
  years?: number
  months?: number
  days?: number
  hours?: number
  minutes?: number
  seconds?: number
  /** With the microseconds behind the point. */
  milliseconds?: number
  /** As PostgreSQL reads it: `1 days 2 hours`. */
  toPostgres(): string
  /** ISO 8601: `P0Y0M1DT2H0M0S`. */
  toISO(): string
  toISOString(): string
}

/**
 * What a connection to PostgreSQL returns and accepts: `pg` with the parsers that it comes with. What a JavaScript number can't hold is text.
 *
 * `pg` writes an array as a PostgreSQL array and every other object as JSON, whatever the column is. So a json column can't be handed an array,
 * which would be refused or, if empty, stored as `{}`; and a duration no plain object, of which PostgreSQL reads some as another span of time.
 */
export interface PostgresValues extends RowValues {
  readonly smallInteger: Whole
  readonly integer: Whole
  readonly bigInteger: { readonly select: string; readonly insert: number | bigint | string }
  readonly boolean: { readonly select: boolean; readonly insert: boolean }
  readonly varchar: Words
  readonly text: Words
  readonly uuid: Words
  /** With all its decimal places: `12.50`. In an array, `pg` makes numbers of them. */
  readonly decimal: {
    readonly select: string
    readonly insert: number | bigint | string
    readonly selectArray: number[]
  }
  readonly double: { readonly select: number; readonly insert: number }
  /** The midnight in the time zone of the process at which the day begins. */
  readonly date: Moment
  /** `07:54:48.123` */
  readonly time: Words
  readonly timestamp: Moment
  /** The document. Text, on its way in, is a document that is already written: an array as `JSON.stringify` makes it, a text in quotes. */
  readonly json: {
    readonly select: Json
    readonly insert: string | number | boolean | { readonly [key: string]: Json }
  }
  /** `pg` returns a Buffer. */
  readonly binary: { readonly select: Uint8Array; readonly insert: Uint8Array }
  /** `pg` does not know an array of a type that was made in the database, and returns its text: `{good,bad}`. */
  readonly enum: Words & { readonly selectNamedArray: string }
  readonly array: { readonly select: unknown[]; readonly insert: readonly unknown[] }
  readonly duration: {
    readonly select: PostgresInterval
    readonly insert: string | { toPostgres(): string }
  }
  /** `10.0.0.1`, or with a network `10.0.0.0/24` */
  readonly ipAddress: Words
  /** `[1,10)`. Of the arrays of ranges, `pg` knows the one over decimals and returns the text of the others. */
  readonly range: Words & { readonly selectArray: string | string[] }
  readonly custom: { readonly select: unknown; readonly insert: NonNullable<unknown>; readonly selectArray: unknown }
}
