import type { Expression, SqlBool } from 'kysely'
import type { ColumnType } from './column-type.ts'
import type { Value } from './value.ts'

/** An expression of Kysely's: whoever makes one has quoted every name and bound every value in it. */
export type Expr = Expression<unknown>
export type Condition = Expression<SqlBool>

/** What a dialect makes expressions with. All operands stand in parentheses where they need them. */
export interface ExpressionMaker {
  /** A value, sent apart from the statement. */
  bound(value: unknown): Expr
  /** A number, a truth value or NULL in the text of the statement. */
  constant(value: number | boolean | null): Expr
  binary(left: Expr, operator: '+' | '-' | '*' | '/' | '||', right: Expr): Expr
  /** How often one whole number goes into another; what is left over is dropped. */
  wholeQuotient(left: Expr, right: Expr): Expr
  compare(left: Expr, operator: '=' | '<' | '<=' | '>' | '>=' | 'like', right: Expr): Condition
  /** Compares rows of several columns, the first of them first. */
  compareRows(left: readonly Expr[], operator: '>' | '<=', right: readonly Expr[]): Condition
  isNull(operand: Expr): Condition
  not(condition: Condition): Condition
  call(name: string, ...operands: readonly Expr[]): Expr
  cast(operand: Expr, type: 'text' | 'bigint' | 'numeric' | 'double precision'): Expr
}

/** How a text can be asked for a part of it; upper and lower case are two things but for `iexact`. */
export type TextMatch = 'contains' | 'startsWith' | 'endsWith' | 'iexact'

/**
 * What a statement can't do in every database: `returning`: give back the rows that it adds; `defaultValues`: add a row of nothing but defaults by
 * those words; `nullsOrder`: say where NULLs stand; `ownTable`: read the rows that it writes as they were before it, or find them by a query over them.
 */
export type Lack = 'returning' | 'defaultValues' | 'nullsOrder' | 'ownTable'

/**
 * How the queries of historical models are said to one database, and how its answers are read, so that a value is the same on every database: a
 * number (a bigint beyond 2^53), text, a boolean; decimals, dates, times, spans and ranges as text; a moment as a `Date`; a document parsed; bytes as
 * `Uint8Array`; lists as arrays.
 */
export interface Queries {
  /** The most values that one statement can be sent with. */
  readonly parameterLimit: number
  /** About how many bytes of values should go in one statement, where a server takes no longer ones; absent: as many as there are. */
  readonly byteLimit?: number
  /** Absent: nothing. */
  readonly lacks?: ReadonlySet<Lack>
  /** What is said in other words here than in most databases. Absent: nothing. */
  inOtherWords?(make: ExpressionMaker): Partial<ExpressionMaker>
  /** A bound value that is compared with a column, where it would be taken for another type without saying its own. Absent: none is. */
  comparable?(bound: Expr, type: ColumnType, make: ExpressionMaker): Expr
  /** Whether a column is asked for as text, because drivers make something of its type that is not exact, or not the same with each of them. */
  readsAsText(type: ColumnType): boolean
  /** What a driver gave for a column of the type, or for its text, which is not NULL. */
  read(given: unknown, type: ColumnType): unknown
  /** A literal of the type as every driver of the database takes it. */
  bind(value: Value, type: ColumnType): unknown
  /**
   * A text by which it is equal to another only where both are the same to the last letter and blank, as most databases have it without a word. Absent:
   * so does this one. It is asked beside the plain comparison, which an index can serve.
   */
  exact?(text: Expr, make: ExpressionMaker): Expr
  /** An expression whose type nothing beside it tells, such as a bound value in a computation. */
  typed(operand: Expr, type: ColumnType, make: ExpressionMaker): Expr
  /** A computed value as a column of the type stores it. */
  stored(computed: Expr, type: ColumnType, make: ExpressionMaker): Expr
  /** Whether the text has the part, which is not empty, in the place that is asked for. `collated`: by a collation of its own, which may have no parts. */
  match(how: TextMatch, text: Expr, part: string, make: ExpressionMaker, collated: boolean): Condition
}
