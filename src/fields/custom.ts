import { numberedNoKey } from './auto.ts'
import { buildField } from './build-field.ts'
import type { Field } from './field.ts'
import type { FieldKind, FieldProblem } from './field-kind.ts'
import { type CollationOption, type ColumnOptions, type DefaultOption, defaultedOptions } from './options.ts'
import type { ColumnField, Strict } from './typed-field.ts'

/** What a column of a type of one's own can be told. */
export interface CustomOptions extends ColumnOptions, DefaultOption<string>, CollationOption {
  /** The type, by kind of database, as that database prints it. */
  readonly types: { readonly [database: string]: string }
  /** The database numbers the rows by it: a primary key of a whole number that no other field has. Default: `false`. */
  readonly autoIncrement?: boolean
}

/** Columns of types that no other kind has. */
export const customKind: FieldKind = {
  kind: 'custom',
  options: { ...defaultedOptions, types: 'database', collation: 'database', autoIncrement: 'database' },
  columnType: ({ types = {} }) => ({ type: 'custom', types }),
  inWords: ({ types = {} }) => `custom type ${Object.values(types).join(' or ')}`,
  problems: customProblems,
  literal: (value) => (typeof value === 'string' ? value : undefined),
}

function customProblems({ types, autoIncrement, primaryKey }: Field): readonly FieldProblem[] {
  if (autoIncrement && !primaryKey) return [numberedNoKey]
  const given = typeof types === 'object' && types !== null ? Object.entries<unknown>(types) : []
  if (given.length === 0) {
    return [
      { problem: 'has no types', fix: 'Say its type for each kind of database, by the name that configs have for it.' },
    ]
  }
  const odd = given.find(([, type]) => typeof type !== 'string' || type.trim() === '')
  if (odd === undefined) return []
  return [{ problem: `has no type for ${odd[0]} in its types`, fix: 'Give the type as a text, or remove the key.' }]
}

/**
 * A column of a type that no other field has: one for each kind of database. A database that `types` does not name refuses the field. A default is
 * the text of a literal, or `sqlDefault(…)`.
 *
 * @example
 * search: f.custom({ types: { postgres: 'tsvector', sqlite: 'text' }, null: true })
 */
export function custom<const Options extends CustomOptions>(
  options: Strict<Options, CustomOptions>,
): ColumnField<'custom', Options> {
  return buildField(customKind, options)
}
