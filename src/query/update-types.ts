import type { Filter } from './filter-types.ts'
import type { PathName, ToManyName, ValueOf, Writable } from './row-of.ts'

/** What an update writes: by field a value, or a function that computes one from the row that is written. */
export type Changes<Fields> = {
  readonly [Name in Writable<Fields>]?: NewValue<ValueOf<Fields[Name]>> | Compute<Fields>
}

/** Of a field of which nothing is known, whatever is no function: the compiler would not know any more what a function is handed. */
type NewValue<Value> = unknown extends Value ? string | number | bigint | boolean | object | null : Value

export type Compute<Fields> = (row: RowExpressions<Fields>) => Computation

/** A value that the database computes for each row: made by the functions of `RowExpressions`, never by hand. */
export interface Computation {
  readonly computation: object
}

/**
 * What stands in a computation: another one, or a plain value. A bare text is a text, and a decimal where a number is wanted (`'1.20'`); a field is
 * `column('title')`.
 */
export type Operand = Computation | string | number | bigint | boolean | Date | Uint8Array | null

/** What values of a row are computed with. */
export interface RowExpressions<Fields> {
  /** A field of the row as it was before the update, or of the one row that a path leads to: `column('author.country')`. */
  column(path: PathName<Fields>): Computation
  add(first: Operand, ...more: readonly Operand[]): Computation
  subtract(first: Operand, ...more: readonly Operand[]): Computation
  multiply(first: Operand, ...more: readonly Operand[]): Computation
  /** Of two whole numbers, the whole part; by 0, NULL. */
  divide(first: Operand, second: Operand): Computation
  /** The nearest whole number, a half away from 0. */
  round(number: Operand): Computation
  /** Texts one after the other; NULL is an empty one. */
  concat(...texts: readonly Operand[]): Computation
  lower(text: Operand): Computation
  upper(text: Operand): Computation
  /** Without blanks at both ends. */
  trim(text: Operand): Computation
  /** The number of characters. */
  length(text: Operand): Computation
  abs(number: Operand): Computation
  /** The first that is not NULL. */
  coalesce(first: Operand, ...more: readonly Operand[]): Computation
  /** One value for rows that a filter fits, another for all others. */
  when(filter: Filter<Fields>, then: Operand, otherwise: Operand): Computation
  /** How many rows a relation leads to. */
  count(relation: ToManyName<Fields>): Computation
  /** The sum over the rows that a relation leads to, `sum('lines.amount')`; 0 where there are none. */
  sum(path: `${ToManyName<Fields>}.${string}`): Computation
  /** The least, or NULL where there are no rows. */
  min(path: `${ToManyName<Fields>}.${string}`): Computation
  /** The greatest, or NULL where there are no rows. */
  max(path: `${ToManyName<Fields>}.${string}`): Computation
  /**
   * SQL of your own, for what has no name here. What is put in is a computation, or a value that is sent apart from the text.
   *
   * @example
   * Post.update({ views: ({ sql, column }) => sql`${column('views')} % ${10}` })
   */
  sql(text: TemplateStringsArray, ...operands: readonly Operand[]): Computation
}
