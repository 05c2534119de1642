import { buildField } from './build-field.ts'
import type { FieldKind } from './field-kind.ts'
import { type ColumnOptions, type DefaultOption, defaultedOptions } from './options.ts'
import type { ColumnField, NoOptions, Strict } from './typed-field.ts'

/** What a truth value can be told. */
export interface BooleanOptions extends ColumnOptions, DefaultOption<boolean> {}

/** True or false. */
export const booleanKind: FieldKind = {
  kind: 'boolean',
  options: defaultedOptions,
  columnType: () => ({ type: 'boolean' }),
  literal: (value) => (typeof value === 'boolean' ? value : undefined),
}

/**
 * True or false.
 *
 * @example
 * isActive: f.boolean({ default: true })
 */
export function boolean<const Options extends BooleanOptions = NoOptions>(
  options?: Strict<Options, BooleanOptions>,
): ColumnField<'boolean', Options> {
  return buildField(booleanKind, options)
}
