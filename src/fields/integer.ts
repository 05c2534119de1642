import { buildField } from './build-field.ts'
import type { Field } from './field.ts'
import type { FieldKind } from './field-kind.ts'
import { type ChoicesOption, type ColumnOptions, choosableOptions, type DefaultOption } from './options.ts'
import type { ColumnField, NoOptions, Strict } from './typed-field.ts'
import { integerLiteral, integerRanges } from './whole-number.ts'

/** What a whole number can be told. */
export interface IntegerOptions
  extends ColumnOptions,
    DefaultOption<number | bigint | { readonly $bigint: string }>,
    ChoicesOption<number> {}

/** What a whole number that may be positive can be told, as migrations write it. */
export interface SignedIntegerOptions extends IntegerOptions {
  /** Only 0 and above, held by an unsigned type or a CHECK constraint. Default: `false`. */
  readonly positive?: boolean
}

function integerOf(type: 'smallInteger' | 'integer' | 'bigInteger'): FieldKind {
  const { most } = integerRanges[type]
  const rangeOf = (field: Field) => (field.positive ? { least: 0n, most } : integerRanges[type])
  return {
    kind: type,
    options: { ...choosableOptions, positive: 'database' },
    columnType: ({ positive }) => ({ type, ...(positive && { unsigned: true as const }) }),
    checks: (field, column) =>
      field.positive
        ? [
            {
              kind: 'compare',
              operator: '>=',
              left: { kind: 'column', name: column },
              right: { kind: 'value', value: 0 },
            },
          ]
        : [],
    inWords: (field) => `${type}, from ${rangeOf(field).least} to ${most}`,
    literal: (value, field) => integerLiteral(value, rangeOf(field)),
  }
}

/** Whole numbers of four bytes. */
export const integerKind = integerOf('integer')
/** Whole numbers of eight bytes. */
export const bigIntegerKind = integerOf('bigInteger')
/** Whole numbers of two bytes. */
export const smallIntegerKind = integerOf('smallInteger')

/**
 * A whole number of four bytes: from -2147483648 to 2147483647.
 *
 * @example
 * stock: f.integer({ default: 0 })
 */
export function integer<const Options extends SignedIntegerOptions = NoOptions>(
  options?: Strict<Options, SignedIntegerOptions>,
): ColumnField<'integer', Options> {
  return buildField(integerKind, options)
}

/**
 * A whole number of eight bytes: from -9223372036854775808 to 9223372036854775807.
 *
 * @example
 * bytesSent: f.bigInteger({ default: 0 })
 */
export function bigInteger<const Options extends SignedIntegerOptions = NoOptions>(
  options?: Strict<Options, SignedIntegerOptions>,
): ColumnField<'bigInteger', Options> {
  return buildField(bigIntegerKind, options)
}

/**
 * A whole number of two bytes: from -32768 to 32767.
 *
 * @example
 * priority: f.smallInteger({ choices: [1, 2, 3], default: 2 })
 */
export function smallInteger<const Options extends SignedIntegerOptions = NoOptions>(
  options?: Strict<Options, SignedIntegerOptions>,
): ColumnField<'smallInteger', Options> {
  return buildField(smallIntegerKind, options)
}

/**
 * A whole number from 0 to 2147483647; an unsigned type or a CHECK constraint keeps negative ones out.
 *
 * @example
 * quantity: f.positiveInteger()
 */
export function positiveInteger<const Options extends IntegerOptions = NoOptions>(
  options?: Strict<Options, IntegerOptions>,
): ColumnField<'integer', Options> {
  return buildField(integerKind, { ...options, positive: true })
}

/**
 * A whole number from 0 to 9223372036854775807; an unsigned type or a CHECK constraint keeps negative ones out.
 *
 * @example
 * views: f.positiveBigInteger({ default: 0 })
 */
export function positiveBigInteger<const Options extends IntegerOptions = NoOptions>(
  options?: Strict<Options, IntegerOptions>,
): ColumnField<'bigInteger', Options> {
  return buildField(bigIntegerKind, { ...options, positive: true })
}

/**
 * A whole number from 0 to 32767; an unsigned type or a CHECK constraint keeps negative ones out.
 *
 * @example
 * floor: f.positiveSmallInteger()
 */
export function positiveSmallInteger<const Options extends IntegerOptions = NoOptions>(
  options?: Strict<Options, IntegerOptions>,
): ColumnField<'smallInteger', Options> {
  return buildField(smallIntegerKind, { ...options, positive: true })
}
