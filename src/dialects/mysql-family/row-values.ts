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

/** A type that neither MariaDB nor MySQL has. */
interface Absent {
  readonly select: never
  readonly insert: never
}

/**
 * What a connection to MariaDB or MySQL returns and accepts: `mysql2` as it comes. It takes dates and moments to be in the time zone of the process
 * unless it is told `timezone: 'Z'`, and the columns of Godwit's models hold UTC.
 */
export interface Mysql2Values extends RowValues {
  readonly smallInteger: Whole
  readonly integer: Whole
  /** Beyond 2^53 the last digits are lost, unless `mysql2` is told `supportBigNumbers`: those then come as text. */
  readonly bigInteger: { readonly select: number; readonly insert: number | bigint | string }
  /** 0 or 1. */
  readonly boolean: { readonly select: number; readonly insert: boolean | 0 | 1 }
  readonly varchar: Words
  readonly text: Words
  readonly uuid: Words
  /** With all its decimal places: `12.50`. */
  readonly decimal: { readonly select: string; readonly insert: number | bigint | string }
  readonly double: { readonly select: number; readonly insert: number }
  /** The midnight at which the day begins. */
  readonly date: Moment
  /** `07:54:48.123000` */
  readonly time: Words
  /** On its way in, text is as the server writes it: `2026-11-21 07:54:48.123`. */
  readonly timestamp: Moment
  /**
   * The document, on MariaDB since `mysql2` 3.23 and its text before. On its way in a document that is already written, as `JSON.stringify` makes it:
   * of an object `mysql2` would make a list of assignments.
   */
  readonly json: { readonly select: Json; readonly insert: string }
  /** `mysql2` returns a Buffer. */
  readonly binary: { readonly select: Uint8Array; readonly insert: Uint8Array }
  readonly enum: Words
  readonly array: Absent
  readonly duration: Absent
  readonly ipAddress: Words
  readonly range: Absent
  readonly custom: { readonly select: unknown; readonly insert: NonNullable<unknown> }
}
