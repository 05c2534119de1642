import type { Expression } from '../schema/expression.ts'
import type { Deferrable } from '../schema/schema.ts'

/** Where NULLs stand in an index. */
export type NullsPlace = 'first' | 'last'

/** How a part of an index is sorted and compared. */
export interface PartOrder {
  readonly descending?: true
  readonly nulls?: NullsPlace
  readonly operatorClass?: string
}

/** One part of an index or unique constraint: a field, or an expression over fields. */
export type PartDeclaration = FieldPartDeclaration | ({ readonly expression: Expression } & PartOrder)

export interface FieldPartDeclaration extends PartOrder {
  readonly field: string
  /** How many characters (of bytes: how many bytes) of each value are in an index, where the database has such indexes. */
  readonly prefixLength?: number
}

/** What indexes and unique constraints have in common. Without a name one is generated, and the name then identifies nothing. */
export interface CoveringDeclaration {
  readonly name?: string
  readonly parts: readonly PartDeclaration[]
  readonly where?: Expression
  /** Fields that are stored beside the key and not compared. */
  readonly include?: readonly string[]
}

/** An index, over fields. */
export interface IndexDeclaration extends CoveringDeclaration {
  /** The access method; absent: the database's usual one. */
  readonly method?: string
}

export interface UniqueDeclaration extends CoveringDeclaration {
  readonly kind: 'unique'
  /** Two NULLs are the same value. */
  readonly nullsNotDistinct?: true
  readonly deferrable?: Deferrable
}

export interface CheckDeclaration {
  readonly kind: 'check'
  readonly name: string
  readonly condition: Expression
  /** Rows that were there before it have not been looked at. Only operations say so, never a model. */
  readonly notValid?: true
}

/** One element of an exclusion: a field or an expression, and the operator that must not hold between those of two rows. */
export type ExclusionElementDeclaration = { readonly operator: string; readonly operatorClass?: string } & (
  | { readonly field: string }
  | { readonly expression: Expression }
)

/** No two rows for which every operator holds between their elements. */
export interface ExclusionDeclaration {
  readonly kind: 'exclusion'
  readonly name: string
  /** The access method; absent: the database's usual one for exclusions. */
  readonly method?: string
  readonly elements: readonly ExclusionElementDeclaration[]
  readonly where?: Expression
  readonly deferrable?: Deferrable
}

export type ConstraintDeclaration = UniqueDeclaration | CheckDeclaration | ExclusionDeclaration

/** What a model says of its table, in a State: plain data, absent where the default holds. */
export interface ModelOptions {
  readonly table?: string
  /** The schema of the database that the model's tables stand in; absent: the default one. */
  readonly schema?: string
  readonly comment?: string
  /** `false`: the table exists by other hands; Godwit tracks it and never touches it. */
  readonly managed?: false
  /** A composite primary key, by field names. */
  readonly primaryKey?: readonly string[]
  readonly indexes?: readonly IndexDeclaration[]
  readonly constraints?: readonly ConstraintDeclaration[]
}
