import { buildField } from './build-field.ts'
import type { FieldKind } from './field-kind.ts'
import { type ColumnOptions, type DefaultOption, defaultedOptions } from './options.ts'
import type { ColumnField, NoOptions, Strict } from './typed-field.ts'

/** What bytes can be told. */
export interface BinaryOptions extends ColumnOptions, DefaultOption<Uint8Array | { readonly $bytes: string }> {}

/** Bytes. */
export const binaryKind: FieldKind = {
  kind: 'binary',
  options: defaultedOptions,
  columnType: () => ({ type: 'binary' }),
  literal: (value) => {
    if (value instanceof Uint8Array) return { $bytes: Buffer.from(value).toString('hex') }
    if (typeof value !== 'object' || value === null || !('$bytes' in value)) return undefined
    const digits = value.$bytes
    return typeof digits === 'string' && /^([0-9a-f]{2})*$/i.test(digits) ? { $bytes: digits.toLowerCase() } : undefined
  },
}

/**
 * Bytes of any number.
 *
 * @example
 * thumbnail: f.binary({ null: true })
 */
export function binary<const Options extends BinaryOptions = NoOptions>(
  options?: Strict<Options, BinaryOptions>,
): ColumnField<'binary', Options> {
  return buildField(binaryKind, options)
}
