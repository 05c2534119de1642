import { buildField } from './build-field.ts'
import type { Field } from './field.ts'
import type { FieldKind, FieldProblem } from './field-kind.ts'
import { type CollationOption, type ColumnOptions, type DefaultOption, defaultedOptions } from './options.ts'
import type { ColumnField, NoOptions, Strict } from './typed-field.ts'

/** What a choice among a few texts can be told. */
export interface EnumOptions<Choice extends string = string>
  extends ColumnOptions,
    DefaultOption<Choice>,
    CollationOption {
  /** The name of a type of the database's own that holds these values, where it has such. Default: text, kept to the values by a CHECK. */
  readonly native?: string
}

/** The most bytes of a value of a native type: PostgreSQL's limit (https://www.postgresql.org/docs/current/datatype-enum.html). */
const longestNative = 63

/** One of a few texts. */
export const enumKind: FieldKind = {
  kind: 'enum',
  options: { ...defaultedOptions, values: 'database', native: 'database', collation: 'database' },
  columnType: ({ values = [], native }) => ({ type: 'enum', values, ...(native === undefined ? {} : { native }) }),
  inWords: ({ values = [] }) => `enum, one of ${values.map((value) => JSON.stringify(value)).join(', ')}`,
  problems: enumProblems,
  literal: (value, { values }) => values?.find((choice) => choice === value),
}

function enumProblems({ values, native }: Field): readonly FieldProblem[] {
  if (!Array.isArray(values) || values.length === 0) {
    return [{ problem: 'has no values', fix: "List what it can hold: f.enum(['draft', 'sent'])." }]
  }
  const odd: unknown = values.find((value) => typeof value !== 'string' || value === '')
  if (odd !== undefined) {
    return [{ problem: `has the value ${JSON.stringify(odd)}`, fix: 'Give each value as a text that is not empty.' }]
  }
  const twice = values.find((value, place) => values.indexOf(value) !== place)
  if (twice !== undefined) return [{ problem: `has the value "${twice}" twice`, fix: 'Remove one of the two.' }]
  return native === undefined ? [] : nativeProblems(values, native)
}

function nativeProblems(values: readonly string[], native: unknown): readonly FieldProblem[] {
  if (typeof native !== 'string' || native.trim() === '' || native.includes('.')) {
    return [{ problem: `has the native type ${JSON.stringify(native)}`, fix: "Name it plainly: native: 'mood'." }]
  }
  const long = values.find((value) => Buffer.byteLength(value) > longestNative)
  if (long === undefined) return []
  return [
    {
      problem: `has the value "${long}" of ${Buffer.byteLength(long)} bytes; a native type takes ${longestNative}`,
      fix: 'Choose a shorter value, or leave native out.',
    },
  ]
}

/**
 * One of a few texts; the inferred type is their union. It is text with a CHECK on every database; with `native` it is a type of the database's own
 * where there are such types, and the migrations make that type.
 *
 * @example
 * status: f.enum(['draft', 'sent', 'paid'], { default: 'draft' })
 * mood: f.enum(['glad', 'sad'], { native: 'mood' })
 */
export function enumField<const Choice extends string, const Options extends EnumOptions<Choice> = NoOptions>(
  values: readonly Choice[],
  options?: Strict<Options, EnumOptions<Choice>>,
): ColumnField<'enum', Options & { readonly choices: readonly Choice[] }> {
  return buildField(enumKind, { values: Array.isArray(values) ? Object.freeze([...values]) : values, ...options })
}
