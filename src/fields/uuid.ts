import { buildField } from './build-field.ts'
import type { FieldKind } from './field-kind.ts'
import { type ColumnOptions, type DefaultOption, defaultedOptions } from './options.ts'
import type { ColumnField, NoOptions, Strict } from './typed-field.ts'

/** What a UUID can be told. */
export interface UuidOptions extends ColumnOptions, DefaultOption<string> {}

const form = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/

/** Universally unique identifiers. */
export const uuidKind: FieldKind = {
  kind: 'uuid',
  options: defaultedOptions,
  columnType: () => ({ type: 'uuid' }),
  defaultFunctions: ['uuid'],
  literal: (value) => {
    const text = typeof value === 'string' ? value.toLowerCase() : ''
    return form.test(text) ? text : undefined
  },
}

/**
 * A universally unique identifier, in lower case: `123e4567-e89b-42d3-a456-426614174000`.
 *
 * @example
 * token: f.uuid({ default: uuid(), unique: true })
 */
export function uuidField<const Options extends UuidOptions = NoOptions>(
  options?: Strict<Options, UuidOptions>,
): ColumnField<'uuid', Options> {
  return buildField(uuidKind, options)
}
