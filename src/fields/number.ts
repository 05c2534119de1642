import type { Value } from '../schema/value.ts'
import { buildField } from './build-field.ts'
import type { Field } from './field.ts'
import type { FieldKind, FieldProblem } from './field-kind.ts'
import { type ColumnOptions, type DefaultOption, defaultedOptions } from './options.ts'
import type { ColumnField, NoOptions, Strict } from './typed-field.ts'
import { wholeNumber } from './whole-number.ts'

/** What an exact decimal number can be told. */
export interface DecimalOptions extends ColumnOptions, DefaultOption<number | bigint | string> {
  /** How many decimal digits a number has at most, on both sides of the point together. */
  readonly maxDigits: number
  /** How many of them stand behind the point. */
  readonly decimalPlaces: number
}

/** What a floating-point number can be told. */
export interface FloatOptions extends ColumnOptions, DefaultOption<number> {}

// MySQL's limits for DECIMAL, the narrowest of all databases, so that a model means the same on each of them.
const mostDigits = 65
const mostPlaces = 30
/** The digits that every double keeps through being written and read again. */
const exactDigits = 15

/** Exact decimal numbers. */
export const decimalKind: FieldKind = {
  kind: 'decimal',
  options: { ...defaultedOptions, maxDigits: 'database', decimalPlaces: 'database' },
  columnType: (field) => ({ type: 'decimal', precision: field.maxDigits ?? 0, scale: field.decimalPlaces ?? 0 }),
  inWords: (field) => `decimal, ${field.maxDigits} digits, ${field.decimalPlaces} of them behind the point`,
  problems: decimalProblems,
  literal: decimalLiteral,
}

/** Floating-point numbers. */
export const floatKind: FieldKind = {
  kind: 'float',
  options: defaultedOptions,
  columnType: () => ({ type: 'double' }),
  literal: (value) => (typeof value === 'number' && Number.isFinite(value) ? value : undefined),
}

function decimalProblems(field: Field): readonly FieldProblem[] {
  const { maxDigits, decimalPlaces } = field
  if (maxDigits === undefined || decimalPlaces === undefined) {
    const missing = maxDigits === undefined ? 'maxDigits' : 'decimalPlaces'
    return [{ problem: `has no ${missing}`, fix: 'Say both, such as maxDigits: 12, decimalPlaces: 2.' }]
  }
  if (!isCount(maxDigits, 1, mostDigits)) {
    return [
      { problem: `has the maxDigits ${maxDigits}`, fix: `Give maxDigits a whole number from 1 to ${mostDigits}.` },
    ]
  }
  if (isCount(decimalPlaces, 0, Math.min(maxDigits, mostPlaces))) return []
  return [
    {
      problem: `has ${decimalPlaces} decimalPlaces of ${maxDigits} maxDigits`,
      fix: `Give decimalPlaces a whole number from 0 to ${Math.min(maxDigits, mostPlaces)}.`,
    },
  ]
}

function isCount(value: number, least: number, most: number): boolean {
  return Number.isSafeInteger(value) && value >= least && value <= most
}

function decimalLiteral(value: unknown, field: Field): Value | undefined {
  const digits = typeof value === 'string' ? value : (wholeNumber(value)?.toString() ?? fractionDigits(value))
  const parts = /^(-?)0*(\d*?)(?:\.(\d*?)0*)?$/.exec(digits ?? '')
  const [, sign = '', whole = '', fraction = ''] = parts ?? []
  if (parts === null || !/\d/.test(digits ?? '')) return undefined
  const { maxDigits = mostDigits, decimalPlaces = mostPlaces } = field
  if (fraction.length > decimalPlaces || whole.length > maxDigits - decimalPlaces) return undefined
  const plain = `${sign}${whole === '' ? '0' : whole}${fraction === '' ? '' : `.${fraction}`}`
  return whole.length + fraction.length <= exactDigits ? Number(plain) + 0 : plain
}

/** The digits of a number as they would be written; undefined for what is written with an exponent or is no number. */
function fractionDigits(value: unknown): string | undefined {
  if (typeof value !== 'number' || !Number.isFinite(value)) return undefined
  const digits = String(value)
  return digits.includes('e') ? undefined : digits
}

/**
 * An exact decimal number, for money and measures.
 *
 * @example
 * total: f.decimal({ maxDigits: 12, decimalPlaces: 2, default: 0 })
 */
export function decimal<const Options extends DecimalOptions>(
  options: Strict<Options, DecimalOptions>,
): ColumnField<'decimal', Options> {
  return buildField(decimalKind, options)
}

/**
 * A floating-point number of eight bytes. For money use `f.decimal`.
 *
 * @example
 * latitude: f.float()
 */
export function float<const Options extends FloatOptions = NoOptions>(
  options?: Strict<Options, FloatOptions>,
): ColumnField<'double', Options> {
  return buildField(floatKind, options)
}
