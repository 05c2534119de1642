/**
 * The closed waist between field kinds, of which there can be any number, and databases: each field kind declares one of these, each dialect
 * spells all of them. Lengths are in characters, precision and scale in decimal digits.
 */
export type ColumnType =
  | { readonly type: 'smallInteger' }
  | { readonly type: 'integer' }
  | { readonly type: 'bigInteger' }
  | { readonly type: 'boolean' }
  | { readonly type: 'varchar'; readonly length: number }
  | { readonly type: 'text' }
  | { readonly type: 'uuid' }
  | { readonly type: 'decimal'; readonly precision: number; readonly scale: number }
  | { readonly type: 'double' }
  | { readonly type: 'date' }
  | { readonly type: 'time' }
  | { readonly type: 'timestamp' }
  | { readonly type: 'json' }
  | { readonly type: 'binary' }
