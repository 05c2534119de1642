import type { Value } from '../schema/value.ts'
import { buildField } from './build-field.ts'
import type { Field } from './field.ts'
import type { FieldKind } from './field-kind.ts'
import {
  type ChoicesOption,
  type CollationOption,
  type ColumnOptions,
  choosableOptions,
  type DefaultOption,
} from './options.ts'
import type { ColumnField, NoOptions, Strict } from './typed-field.ts'

/** What text of any length can be told. */
export interface TextOptions extends ColumnOptions, DefaultOption<string>, ChoicesOption<string>, CollationOption {}

/** What text of a limited length can be told, where the kind has a limit of its own. */
export interface LimitedTextOptions extends TextOptions {
  /** The greatest length, in characters. */
  readonly maxLength?: number
}

/** What text of a limited length can be told. */
export interface CharOptions extends LimitedTextOptions {
  readonly maxLength: number
}

/** Text of any length. */
export const textKind: FieldKind = {
  kind: 'text',
  options: { ...choosableOptions, collation: 'database' },
  columnType: () => ({ type: 'text' }),
  literal: (value) => (typeof value === 'string' ? value : undefined),
}

function limitedText(kind: string, usual: string): FieldKind {
  return {
    kind,
    options: { ...choosableOptions, collation: 'database', maxLength: 'database' },
    columnType: (field) => ({ type: 'varchar', length: field.maxLength ?? 0 }),
    inWords: (field) => `${kind}, at most ${field.maxLength} characters`,
    problems: (field) => {
      if (field.maxLength === undefined) {
        return [{ problem: 'has no maxLength', fix: `Say how many characters it may hold: maxLength: ${usual}.` }]
      }
      if (Number.isSafeInteger(field.maxLength) && field.maxLength > 0) return []
      return [
        {
          problem: `has the maxLength ${field.maxLength}, which is no number of characters`,
          fix: `Give maxLength a whole number above 0, such as ${usual}.`,
        },
      ]
    },
    literal: limitedLiteral,
  }
}

function limitedLiteral(value: unknown, field: Field): Value | undefined {
  if (typeof value !== 'string') return undefined
  // Databases count characters, JavaScript's length counts halves of the rarer ones.
  return field.maxLength !== undefined && [...value].length > field.maxLength ? undefined : value
}

/** Text of a limited length. */
export const charKind = limitedText('char', '100')
/** The part of a URL that names a thing. */
export const slugKind = limitedText('slug', '50')
/** An e-mail address. */
export const emailKind = limitedText('email', '254')
/** A URL. */
export const urlKind = limitedText('url', '200')

/**
 * Text of at most `maxLength` characters.
 *
 * @example
 * status: f.char({ maxLength: 20, default: 'draft', choices: ['draft', 'sent', 'paid'] })
 */
export function char<const Options extends CharOptions>(
  options: Strict<Options, CharOptions>,
): ColumnField<'varchar', Options> {
  return buildField(charKind, options)
}

/**
 * Text of any length.
 *
 * @example
 * body: f.text({ default: '' })
 */
export function text<const Options extends TextOptions = NoOptions>(
  options?: Strict<Options, TextOptions>,
): ColumnField<'text', Options> {
  return buildField(textKind, options)
}

/**
 * The part of a URL that names a thing: `my-first-post`. At most 50 characters unless `maxLength` says otherwise.
 *
 * @example
 * slug: f.slug({ unique: true })
 */
export function slug<const Options extends LimitedTextOptions = NoOptions>(
  options?: Strict<Options, LimitedTextOptions>,
): ColumnField<'varchar', Options> {
  return buildField(slugKind, { maxLength: 50, ...options })
}

/**
 * An e-mail address, of at most 254 characters (the longest that RFC 5321 can deliver to) unless `maxLength` says otherwise. Not validated.
 *
 * @example
 * email: f.email({ unique: true })
 */
export function email<const Options extends LimitedTextOptions = NoOptions>(
  options?: Strict<Options, LimitedTextOptions>,
): ColumnField<'varchar', Options> {
  return buildField(emailKind, { maxLength: 254, ...options })
}

/**
 * A URL of at most 200 characters unless `maxLength` says otherwise. Not validated.
 *
 * @example
 * website: f.url({ null: true })
 */
export function url<const Options extends LimitedTextOptions = NoOptions>(
  options?: Strict<Options, LimitedTextOptions>,
): ColumnField<'varchar', Options> {
  return buildField(urlKind, { maxLength: 200, ...options })
}
