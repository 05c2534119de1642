import { buildField } from './build-field.ts'
import type { FieldKind, OptionPurpose } from './field-kind.ts'
import type { ColumnOptions } from './options.ts'
import type { AutoField, NoOptions, Strict } from './typed-field.ts'
import { integerLiteral, integerRanges } from './whole-number.ts'

/** What a primary key that the server numbers can be told. */
export type AutoOptions = Pick<ColumnOptions, 'primaryKey' | 'column' | 'comment' | 'renamedFrom'>

const autoOptions = {
  primaryKey: 'database',
  column: 'database',
  comment: 'database',
  renamedFrom: 'hint',
} as const satisfies Record<string, OptionPurpose>

function autoOf(kind: string, type: 'smallInteger' | 'integer' | 'bigInteger'): FieldKind {
  return {
    kind,
    options: autoOptions,
    columnType: () => ({ type }),
    autoIncrement: true,
    inWords: () => `${kind}, numbered by the database`,
    problems: (field) =>
      field.primaryKey
        ? []
        : [{ problem: 'is numbered by the database but is not the primary key', fix: 'Add primaryKey: true to it.' }],
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
