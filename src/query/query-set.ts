import type { Filter } from './filter-types.ts'
import type { Column, NewRow, OrderName, PathName, PathRow, RelationName, RowOf, ToManyName } from './row-of.ts'
import type { Changes } from './update-types.ts'

/**
 * Rows of a model as history had it: which ones, in what order, how many. Nothing is asked of the database until a method that gives a promise is
 * called or the set is iterated over, and every other method gives a new set.
 *
 * `Fields` says what the fields are; see `AnyFields` for when nothing is known of them. `Row` is what one row reads as.
 */
export interface QuerySet<Fields = AnyFields, Row = RowOf<Fields>> extends AsyncIterable<Row> {
  /**
   * The rows for which all of this is so. A nested object is about the other end of a relation, in either direction; of many rows there, one has to
   * fit the whole object.
   *
   * @example
   * Post.filter({ author: { username: 'Greg' }, views: { gte: 100 } })
   * Author.filter({ posts: { title: { contains: 'SQL' } } })
   * Post.filter({ or: [{ publishedAt: null }, { title: { startsWith: 'Draft' } }] })
   */
  filter(...filters: readonly Filter<Fields>[]): QuerySet<Fields, Row>
  /** The rows that `filter` would not give; a comparison with NULL is not true, so rows without a value are among them. */
  exclude(...filters: readonly Filter<Fields>[]): QuerySet<Fields, Row>
  /**
   * The order of the rows: fields, `-` before one for the other way round, a path where it leads to one row (`author.username`). NULL stands last, and
   * first the other way round. Replaces an earlier order.
   */
  orderBy(...names: readonly OrderName<Fields>[]): QuerySet<Fields, Row>
  /** At most so many rows. */
  limit(count: number): QuerySet<Fields, Row>
  /** Without the first so many rows; wants an order. */
  offset(count: number): QuerySet<Fields, Row>
  /** Only these fields of each row; a path brings a field of another row along, under the path as its name. */
  values<const Names extends readonly PathName<Fields>[]>(...names: Names): QuerySet<Fields, PathRow<Fields, Names>>
  /** All rows at once. For more than memory holds, iterate. */
  rows(): Promise<Row[]>
  /** The one row that there is. Fails when there is none or several. */
  get(...filters: readonly Filter<Fields>[]): Promise<Row>
  /** The first row, by the primary key where no order was given; undefined where there is none. */
  first(): Promise<Row | undefined>
  count(): Promise<number>
  exists(): Promise<boolean>
  /**
   * Writes the same fields of all rows in one statement, and says how many there were. A function computes a value from the row that is written.
   *
   * @example
   * Post.update({ views: ({ add, column }) => add(column('views'), 1), isOld: true })
   * Line.update({ currency: ({ column }) => column('invoice.currency') })
   */
  update(changes: Changes<Fields>): Promise<number>
  /** Deletes the rows and says how many they were; what refers to them is dealt with as the database was told by `onDelete`. */
  delete(): Promise<number>
  /**
   * The links of these rows to others by a many-to-many, from either end.
   *
   * @example
   * await Post.filter({ id: post.id }).related('tags').add(news, 7)
   */
  related(name: ToManyName<Fields>): Links
  /** The rows in batches along the primary key, each a query of its own: memory stays flat, and rows may be changed meanwhile. */
  [Symbol.asyncIterator](): AsyncIterator<Row, undefined, undefined>
}

/** A model as history had it at one point: all of its rows, and ways to add more. */
export interface HistoricalModel<Fields = AnyFields> extends QuerySet<Fields> {
  /** `app.Model`, as it was called then. */
  readonly key: string
  /** Adds a row and returns it as the database has it, with its key and defaults. */
  create(row: NewRow<Fields>): Promise<RowOf<Fields>>
  /** Adds rows in as few statements as the database takes them in, and says how many. */
  bulkCreate(rows: Iterable<NewRow<Fields>> | AsyncIterable<NewRow<Fields>>): Promise<number>
}

/** Historical models by the names that a step gives them. */
export type HistoricalModels<Declared = unknown> = {
  readonly [Local in keyof Declared]: HistoricalModel<unknown extends Declared[Local] ? AnyFields : Declared[Local]>
}

/** The links of some rows to others by a many-to-many. Rows are named by their keys, by themselves, or by a query for them. */
export interface Links {
  /** Links each row to each of these; links that are there already stay. Says how many were made. */
  add(...targets: readonly LinkTarget[]): Promise<number>
  /** Takes these links away and says how many there were. */
  remove(...targets: readonly LinkTarget[]): Promise<number>
  /** Links each row to these and to no others. */
  set(...targets: readonly LinkTarget[]): Promise<void>
  /** Takes all links away and says how many there were. */
  clear(): Promise<number>
  /** The same links, where the rows of a join model hold more than the two keys: what new ones hold there. */
  with(fields: { readonly [field: string]: unknown }): Links
}

/** One or many rows at the other end of a relation: a key, a row, or a query for them. */
export type LinkTarget = string | number | bigint | { readonly [field: string]: unknown } | QuerySet<never, unknown>

/** The fields of a model of which nothing is known to the compiler: any name, values unknown. */
export interface AnyFields {
  readonly [field: string]: unknown
}

export type { Column, NewRow, RelationName, RowOf }
