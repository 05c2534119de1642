import type { DefaultFunction } from './field.ts'
import type { OptionPurpose } from './field-kind.ts'

/** What every field with a column of its own can be told. */
export interface ColumnOptions {
  /** The column may hold NULL. Default: `false`. */
  readonly null?: boolean
  /** No two rows hold the same value. Default: `false`. */
  readonly unique?: boolean
  /** An index on this column alone. Default: `false`. */
  readonly index?: boolean
  /** This field is the primary key, in place of the implicit `id`. */
  readonly primaryKey?: boolean
  /** The column's name. Default: the field's name in snake_case. */
  readonly column?: string
  /** A comment on the column, where the database has such. */
  readonly comment?: string
  /** What the field was called before: answers `makemigrations`' question, and can go once the migration is written. */
  readonly renamedFrom?: string
}

/** A default that the database fills in: a literal, or `now()`, `uuid()`, `sqlDefault(…)`. */
export interface DefaultOption<Literal> {
  readonly default?: Literal | DefaultFunction
}

/** The values that a column may hold. */
export interface ChoicesOption<Literal> {
  /** The only values that the column takes, held by a CHECK constraint; the inferred type is their union. */
  readonly choices?: readonly Literal[]
  /** `false`: `choices` is for the application only, without a CHECK, and the inferred type stays wide. */
  readonly enforce?: boolean
}

/** How text is compared and sorted. */
export interface CollationOption {
  /** A collation of the database, by its name there. */
  readonly collation?: string
}

/** What the options that every column shares are for. */
export const columnOptions = {
  null: 'database',
  unique: 'database',
  index: 'database',
  primaryKey: 'database',
  column: 'database',
  comment: 'database',
  renamedFrom: 'hint',
} as const satisfies Record<string, OptionPurpose>

/** What the options of a column with a default are for. */
export const defaultedOptions = {
  ...columnOptions,
  default: 'database',
} as const satisfies Record<string, OptionPurpose>

/** What the options of a column with choices are for. */
export const choosableOptions = {
  ...defaultedOptions,
  choices: 'database',
  // The CHECK follows from `choices`; `databaseOptions` leaves them out when they are not enforced.
  enforce: 'code',
} as const satisfies Record<string, OptionPurpose>
