import type { Expression } from '../schema/expression.ts'

/** One part of an index or unique constraint: a field, with `descending` where it counts, or an expression over fields. */
export type PartDeclaration =
  | { readonly field: string; readonly descending?: true }
  | { readonly expression: Expression; readonly descending?: true }

/** An index, over fields. Without a name one is generated, and the name then identifies nothing. */
export interface IndexDeclaration {
  readonly name?: string
  readonly parts: readonly PartDeclaration[]
  readonly where?: Expression
}

export interface UniqueDeclaration {
  readonly kind: 'unique'
  readonly name?: string
  readonly parts: readonly PartDeclaration[]
  readonly where?: Expression
}

export interface CheckDeclaration {
  readonly kind: 'check'
  readonly name: string
  readonly condition: Expression
}

export type ConstraintDeclaration = UniqueDeclaration | CheckDeclaration

/** What a model says of its table, in a State: plain data, absent where the default holds. */
export interface ModelOptions {
  readonly table?: string
  readonly comment?: string
  /** `false`: the table exists by other hands; Godwit tracks it and never touches it. */
  readonly managed?: false
  /** A composite primary key, by field names. */
  readonly primaryKey?: readonly string[]
  readonly indexes?: readonly IndexDeclaration[]
  readonly constraints?: readonly ConstraintDeclaration[]
}
