/**
 * A literal as plain data: what a default, a fill or a check can hold. It can be frozen, compared and written as JSON.
 * Dates, times and uuids are their ISO text; what JSON has no number for is tagged.
 */
export type Value = null | boolean | number | string | BigIntValue | BytesValue | JsonValue

/** An integer beyond 2^53, as decimal digits. */
export interface BigIntValue {
  readonly $bigint: string
}

/** Bytes, as hexadecimal digits. */
export interface BytesValue {
  readonly $bytes: string
}

/** A JSON document, such as the default of a json field. */
export interface JsonValue {
  readonly $json: Json
}

export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json }
