import { buildField } from './build-field.ts'
import type { FieldKind, FieldProblem, OptionPurpose } from './field-kind.ts'
import type { ColumnOptions } from './options.ts'
import type { AutoField, NoOptions, Strict } from './typed-field.ts'
import { integerLiteral, integerRanges } from './whole-number.ts'

/** What a primary key that the server numbers can be told. */
export type AutoOptions = Pick<ColumnOptions, 'primaryKey' | 'column' | 'comment' | 'renamedFrom'>

const autoOptions = {
  primaryKey: 'database',
  column: 'database',
  comment: 'database',
  positive: 'database',
  renamedFrom: 'hint',
} as const satisfies Record<string, OptionPurpose>

/** What is wrong with a field that the database numbers and that tells no row apart. */
export const numberedNoKey: FieldProblem = {
  problem: 'is numbered by the database but is not the primary key',
  fix: 'Add primaryKey: true to it.',
}

function autoOf(kind: string, type: 'smallInteger' | 'integer' | 'bigInteger'): FieldKind {
  return {
    kind,
    options: autoOptions,
    columnType: ({ positive }) => (positive ? { type, unsigned: true } : { type }),
    autoIncrement: true,
    inWords: () => `${kind}, numbered by the database`,
    problems: (field) => (field.primaryKey ? [] : [numberedNoKey]),
    literal: (value) => integerLiteral(value, integerRanges[type]),
  }
}

/** Keys of four bytes that the server numbers. */
export const autoKind = autoOf('auto', 'integer')
/** Keys of eight bytes that the server numbers: what the implicit `id` is. */
export const bigAutoKind = autoOf('bigAuto', 'bigInteger')
/** Keys of two bytes that the server numbers. */
export const smallAutoKind = autoOf('smallAuto', 'smallInteger')

/**
 * A primary key of four bytes that the database numbers.
 *
 * @example
 * id: f.auto({ primaryKey: true })
 */
export function auto<const Options extends AutoOptions = NoOptions>(
  options?: Strict<Options, AutoOptions>,
): AutoField<'integer', Options> {
  return buildField(autoKind, options)
}

/**
 * A primary key of eight bytes that the database numbers. A model without a primary key gets `id: f.bigAuto({ primaryKey: true })`.
 *
 * @example
 * number: f.bigAuto({ primaryKey: true })
 */
export function bigAuto<const Options extends AutoOptions = NoOptions>(
  options?: Strict<Options, AutoOptions>,
): AutoField<'bigInteger', Options> {
  return buildField(bigAutoKind, options)
}

/**
 * A primary key of two bytes that the database numbers: at most 32767 rows.
 *
 * @example
 * id: f.smallAuto({ primaryKey: true })
 */
export function smallAuto<const Options extends AutoOptions = NoOptions>(
  options?: Strict<Options, AutoOptions>,
): AutoField<'smallInteger', Options> {
  return buildField(smallAutoKind, options)
}

/**
 * A primary key that the database numbers, of four bytes and without a sign where the database has such types: MySQL's `int unsigned`. Elsewhere it is
 * `f.auto`.
 *
 * @example
 * id: f.positiveAuto({ primaryKey: true })
 */
export function positiveAuto<const Options extends AutoOptions = NoOptions>(
  options?: Strict<Options, AutoOptions>,
): AutoField<'integer', Options> {
  return buildField(autoKind, { ...options, positive: true })
}

/**
 * A primary key that the database numbers, of eight bytes and without a sign where the database has such types. Elsewhere it is `f.bigAuto`.
 *
 * @example
 * id: f.positiveBigAuto({ primaryKey: true })
 */
export function positiveBigAuto<const Options extends AutoOptions = NoOptions>(
  options?: Strict<Options, AutoOptions>,
): AutoField<'bigInteger', Options> {
  return buildField(bigAutoKind, { ...options, positive: true })
}

/**
 * A primary key that the database numbers, of two bytes and without a sign where the database has such types. Elsewhere it is `f.smallAuto`.
 *
 * @example
 * id: f.positiveSmallAuto({ primaryKey: true })
 */
export function positiveSmallAuto<const Options extends AutoOptions = NoOptions>(
  options?: Strict<Options, AutoOptions>,
): AutoField<'smallInteger', Options> {
  return buildField(smallAutoKind, { ...options, positive: true })
}
