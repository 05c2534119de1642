import type { Json, JsonValue } from '../schema/value.ts'
import { buildField } from './build-field.ts'
import type { FieldKind } from './field-kind.ts'
import { type ColumnOptions, type DefaultOption, defaultedOptions } from './options.ts'
import type { ColumnField, NoOptions, Strict } from './typed-field.ts'

/** What a JSON document can be told. */
export interface JsonOptions extends ColumnOptions, DefaultOption<Json | JsonValue> {}

/** JSON documents. */
export const jsonKind: FieldKind = {
  kind: 'json',
  options: defaultedOptions,
  columnType: () => ({ type: 'json' }),
  literal: (value) => {
    const document = isKeptJson(value) ? value.$json : value
    return isJson(document) ? { $json: document } : undefined
  },
}

function isKeptJson(value: unknown): value is { readonly $json: unknown } {
  return typeof value === 'object' && value !== null && '$json' in value && Object.keys(value).length === 1
}

function isJson(value: unknown): value is Json {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return true
  if (typeof value === 'number') return Number.isFinite(value)
  if (Array.isArray(value)) return value.every(isJson)
  return typeof value === 'object' && isPlain(value) && Object.values(value).every(isJson)
}

function isPlain(value: object): boolean {
  const prototype = Object.getPrototypeOf(value)
  return prototype === Object.prototype || prototype === null
}

/**
 * A JSON document. A default of `null` is no default; for JSON's own null write `{ $json: null }`.
 *
 * @example
 * settings: f.json({ default: { theme: 'dark' } })
 */
export function json<const Options extends JsonOptions = NoOptions>(
  options?: Strict<Options, JsonOptions>,
): ColumnField<'json', Options> {
  return buildField(jsonKind, options)
}
