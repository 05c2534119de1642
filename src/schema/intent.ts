import type { Fill } from './change.ts'
import type { Expression } from './expression.ts'
import type { Identity } from './schema.ts'

/** Where a relation keeps which row belongs to which: the column that holds the one side's key, and the one beside it with the other's. */
export interface Pairs {
  readonly source: Identity
  readonly target: Identity
}

/** What an operation wants for the database that neither State holds. It is attached to an object by identity, for one direction. */
export type Intent =
  | { readonly kind: 'fill'; readonly column: Identity; readonly fill: Fill }
  | { readonly kind: 'cast'; readonly column: Identity; readonly expression: Expression }
  /** What two tables share is copied before the one goes. */
  | { readonly kind: 'copyRows'; readonly from: Identity; readonly to: Identity }
  /** The pairs that one table holds come to be held by another as well. */
  | { readonly kind: 'copyPairs'; readonly from: Pairs; readonly to: Pairs }
  /** Rows get in a column what they are paired with: `key` is the column that the pairs know them by. */
  | { readonly kind: 'lookUp'; readonly column: Identity; readonly key: Identity; readonly pairs: Pairs }
  /** The indexes of this table that come or go in this run do so without keeping writers waiting. */
  | { readonly kind: 'concurrently'; readonly table: Identity }
