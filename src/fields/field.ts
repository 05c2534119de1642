import type { Expression, SqlText } from '../schema/expression.ts'
import type { Deferrable, ReferentialAction } from '../schema/schema.ts'
import type { Value } from '../schema/value.ts'

/** A default that the database computes for each row. */
export type DefaultFunction =
  | { readonly $default: 'now' }
  | { readonly $default: 'uuid' }
  | { readonly $default: 'sql'; readonly sql: SqlText }

/** The default of a column: a literal, or what the database computes. */
export type FieldDefault = Value | DefaultFunction

/**
 * A field as plain data: its kind and the options that were given. Equality is structural over the options that its kind declares to be of the
 * database. Options that equal their default are left out, so there is one way to say a thing.
 */
export interface Field {
  readonly kind: string
  readonly null?: true
  readonly unique?: true
  /** `false`: on a foreign key alone, whose column has an index otherwise. */
  readonly index?: boolean
  readonly primaryKey?: true
  readonly column?: string
  readonly comment?: string
  readonly default?: FieldDefault
  readonly choices?: readonly Value[]
  readonly enforce?: false
  readonly renamedFrom?: string
  readonly maxLength?: number
  readonly maxDigits?: number
  readonly decimalPlaces?: number
  /** `positiveInteger` and its like do not exist as kinds: this option is what they set. */
  readonly positive?: true
  readonly collation?: string
  /** `enum`: the texts that the column can hold, in their order, and the name of the database's own type for them. */
  readonly values?: readonly string[]
  readonly native?: string
  /** `array`: a field that says what type the elements have. */
  readonly of?: Field
  /** `custom`: the column's type, by kind of database. */
  readonly types?: { readonly [database: string]: string }
  /** `custom`: the database numbers the rows, as it does for the kinds that say so themselves. */
  readonly autoIncrement?: true
  /** Relations: the target. In a State always `'app.Model'`; in a model it may also be a thunk or the string `'self'`. */
  readonly to?: unknown
  readonly onDelete?: ReferentialAction
  readonly onUpdate?: ReferentialAction
  /** When a foreign key is checked; absent: always at once. */
  readonly deferrable?: Deferrable
  readonly relatedName?: string
  /** `manyToMany`: a join model of one's own, `'app.Model'` in a State. */
  readonly through?: unknown
  /** `manyToMany`: the two foreign keys of the join model, to the source and to the target, where it has more than one to either. */
  readonly throughFields?: readonly string[]
  /** `manyToMany`: the name of the automatic join table. */
  readonly table?: string
  /** `generated`: what is computed, over fields, and the field that gives the column its type. */
  readonly expression?: Expression
  readonly output?: Field
  readonly stored?: boolean
}
