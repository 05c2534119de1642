import type { RangeOf } from '../schema/column-type.ts'
import { buildField } from './build-field.ts'
import type { FieldKind } from './field-kind.ts'
import { dateKind, dateTimeKind } from './moment.ts'
import { type ColumnOptions, type DefaultOption, defaultedOptions } from './options.ts'
import type { ColumnField, NoOptions, Strict } from './typed-field.ts'
import { type IntegerRange, integerRanges } from './whole-number.ts'

/** What a range can be told. */
export interface RangeOptions extends ColumnOptions, DefaultOption<string> {}

/** A bound as it is kept, and a number by which two of them are compared. */
interface Bound {
  readonly text: string
  readonly order: bigint | number
}

type ReadBound = (text: string) => Bound | undefined

function rangeOf(kind: string, of: RangeOf, readBound: ReadBound, example: string): FieldKind {
  return {
    kind,
    options: defaultedOptions,
    columnType: () => ({ type: 'range', of }),
    inWords: () => `${kind}, such as '${example}'`,
    literal: (value) => (typeof value === 'string' ? rangeLiteral(value.trim(), readBound) : undefined),
  }
}

/** `[1,10)` with its bounds as they are kept; a bound that is left out is none, `empty` holds nothing. */
function rangeLiteral(given: string, readBound: ReadBound): string | undefined {
  if (given.toLowerCase() === 'empty') return 'empty'
  const match = /^([[(])\s*("[^",]*"|[^",]*?)\s*,\s*("[^",]*"|[^",]*?)\s*([\])])$/.exec(given)
  if (match === null) return undefined
  const [, open = '', low = '', high = '', close = ''] = match
  const bounds = [low, high].map((bound) => (bound === '' ? 'none' : readBound(bound.replaceAll('"', ''))))
  const [least, most] = bounds
  if (least === undefined || most === undefined) return undefined
  if (least === 'none' || most === 'none') return `${open}${textOf(least)},${textOf(most)}${close}`
  return least.order > most.order ? undefined : `${open}${least.text},${most.text}${close}`
}

function textOf(bound: Bound | 'none'): string {
  return bound === 'none' ? '' : bound.text
}

function wholeBound({ least, most }: IntegerRange): ReadBound {
  return (text) => {
    if (!/^-?\d{1,19}$/.test(text)) return undefined
    const order = BigInt(text)
    return order < least || order > most ? undefined : { text: String(order), order }
  }
}

/** The bounds that another kind can hold: what it keeps is text that sorts by time once it is read as a date. */
function momentBound({ literal, kind }: FieldKind): ReadBound {
  return (given) => {
    const text = literal(given, { kind })
    return typeof text === 'string' ? { text, order: Date.parse(text) } : undefined
  }
}

function decimalBound(text: string): Bound | undefined {
  return /^-?(\d+(\.\d*)?|\.\d+)$/.test(text) ? { text, order: Number(text) } : undefined
}

/** Ranges of whole numbers of four bytes. */
export const integerRangeKind = rangeOf('integerRange', 'integer', wholeBound(integerRanges.integer), '[1,10)')
/** Ranges of whole numbers of eight bytes. */
export const bigIntegerRangeKind = rangeOf(
  'bigIntegerRange',
  'bigInteger',
  wholeBound(integerRanges.bigInteger),
  '[1,10)',
)
/** Ranges of exact decimal numbers. */
export const decimalRangeKind = rangeOf('decimalRange', 'decimal', decimalBound, '[0.5,1.25)')
/** Ranges of days. */
export const dateRangeKind = rangeOf('dateRange', 'date', momentBound(dateKind), '[2026-11-21,2026-12-01)')
/** Ranges of moments. */
export const dateTimeRangeKind = rangeOf(
  'dateTimeRange',
  'timestamp',
  momentBound(dateTimeKind),
  '[2026-11-21T09:00:00Z,2026-11-21T10:00:00Z)',
)

/**
 * Whole numbers of four bytes from one to another: `[1,10)` holds 1 and not 10; a bound that is left out is none.
 *
 * @example
 * ages: f.integerRange({ default: '[18,)' })
 */
export function integerRange<const Options extends RangeOptions = NoOptions>(
  options?: Strict<Options, RangeOptions>,
): ColumnField<'range', Options> {
  return buildField(integerRangeKind, options)
}

/**
 * Whole numbers of eight bytes from one to another.
 *
 * @example
 * blocks: f.bigIntegerRange()
 */
export function bigIntegerRange<const Options extends RangeOptions = NoOptions>(
  options?: Strict<Options, RangeOptions>,
): ColumnField<'range', Options> {
  return buildField(bigIntegerRangeKind, options)
}

/**
 * Exact decimal numbers from one to another: `[0.5,1.25)`.
 *
 * @example
 * weights: f.decimalRange({ null: true })
 */
export function decimalRange<const Options extends RangeOptions = NoOptions>(
  options?: Strict<Options, RangeOptions>,
): ColumnField<'range', Options> {
  return buildField(decimalRangeKind, options)
}

/**
 * Days from one to another: `[2026-11-21,2026-12-01)`.
 *
 * @example
 * season: f.dateRange()
 */
export function dateRange<const Options extends RangeOptions = NoOptions>(
  options?: Strict<Options, RangeOptions>,
): ColumnField<'range', Options> {
  return buildField(dateRangeKind, options)
}

/**
 * Moments from one to another. The bounds of a default must name their zone: `[2026-11-21T09:00:00Z,2026-11-21T10:00:00Z)`.
 *
 * @example
 * during: f.dateTimeRange()
 */
export function dateTimeRange<const Options extends RangeOptions = NoOptions>(
  options?: Strict<Options, RangeOptions>,
): ColumnField<'range', Options> {
  return buildField(dateTimeRangeKind, options)
}
