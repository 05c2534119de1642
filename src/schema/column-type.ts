/**
 * The closed waist between field kinds, of which there can be any number, and databases: each field kind declares one of these, each dialect
 * spells all of them. Lengths are in characters, precision and scale in decimal digits.
 */
export type ColumnType =
  | WholeNumberType
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
  /** One of a few texts; `native`: as a type of that name, where the database has such. */
  | { readonly type: 'enum'; readonly values: readonly string[]; readonly native?: string }
  | { readonly type: 'array'; readonly of: ColumnType }
  /** A span of time. */
  | { readonly type: 'duration' }
  | { readonly type: 'ipAddress' }
  | { readonly type: 'range'; readonly of: RangeOf }
  /** A type of one's own, by kind of database: `{ postgres: 'tsvector' }`. */
  | { readonly type: 'custom'; readonly types: { readonly [database: string]: string } }

/** A whole number; `unsigned`: 0 and above by the type itself, where the database has such types. */
export interface WholeNumberType {
  readonly type: 'smallInteger' | 'integer' | 'bigInteger'
  readonly unsigned?: true
}

/** What a range can be over. */
export type RangeOf = 'integer' | 'bigInteger' | 'decimal' | 'date' | 'timestamp'
