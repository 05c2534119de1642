import type { Fill } from './change.ts'
import type { Expression } from './expression.ts'
import type { Identity } from './schema.ts'

/** What an operation wants for the database that neither State holds. It is attached to an object by identity, for one direction. */
export type Intent =
  | { readonly kind: 'fill'; readonly column: Identity; readonly fill: Fill }
  | { readonly kind: 'cast'; readonly column: Identity; readonly expression: Expression }
  | { readonly kind: 'copyRows'; readonly from: Identity; readonly to: Identity }
  /** The indexes of this table that come or go in this run do so without keeping writers waiting. */
  | { readonly kind: 'concurrently'; readonly table: Identity }
