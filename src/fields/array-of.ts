import { type ArrayOptions, arrayLiteral } from './array.ts'
import { buildField } from './build-field.ts'
import type { Field } from './field.ts'
import { kindOf } from './kinds.ts'
import type { ColumnField, NoOptions, Strict } from './typed-field.ts'

/**
 * A list. The first argument is a field that says what the elements are; only its type counts.
 *
 * @example
 * tags: f.array(f.char({ maxLength: 30 }), { default: [] })
 */
export function array<const Element extends Field, const Options extends ArrayOptions = NoOptions>(
  of: Element,
  options?: Strict<Options, ArrayOptions>,
): ColumnField<'array', Options & { readonly of: Element }> {
  const literal = (value: unknown) => (typeof of === 'object' ? arrayLiteral(value, of, kindOf(of)) : undefined)
  return buildField({ kind: 'array', literal }, { of, ...options })
}
