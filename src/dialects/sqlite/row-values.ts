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

/** A type that SQLite does not have. */
interface Absent {
  readonly select: never
  readonly insert: never
}

/** What the SQLite connection returns and accepts. SQLite has no booleans, dates or JSON of its own: they come back as it stores them. */
export interface SqliteValues extends RowValues {
  readonly smallInteger: Whole
  readonly integer: Whole
  readonly bigInteger: Whole
  /** 0 or 1. */
  readonly boolean: { readonly select: number; readonly insert: boolean | 0 | 1 }
  readonly varchar: Words
  readonly text: Words
  readonly uuid: Words
  readonly decimal: { readonly select: number; readonly insert: number | bigint | string }
  readonly double: { readonly select: number; readonly insert: number }
  /** `2026-11-21` */
  readonly date: Words
  /** `07:54:48.123` */
  readonly time: Words
  /** ISO 8601 in UTC: `2026-11-21T07:54:48.123Z` */
  readonly timestamp: { readonly select: string; readonly insert: string | Date }
  /** JSON as text; objects and arrays are serialised on their way in. */
  readonly json: {
    readonly select: string
    readonly insert: string | readonly Json[] | { readonly [key: string]: Json }
  }
  readonly binary: { readonly select: Uint8Array; readonly insert: Uint8Array }
  readonly enum: Words
  readonly array: Absent
  readonly duration: Absent
  readonly ipAddress: Words
  readonly range: Absent
  readonly custom: { readonly select: unknown; readonly insert: NonNullable<unknown> }
}
