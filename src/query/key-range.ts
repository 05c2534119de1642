import type { Condition, Expr } from '../schema/queries.ts'
import type { Value } from '../schema/value.ts'
import { column, type Place } from './place.ts'
import type { Attribute } from './shape.ts'

/** A primary key, exactly as the database has it: a literal for each of its columns. */
export type RowKey = readonly Value[]

/** The rows whose keys lie behind one and not behind another. */
export interface KeyRange {
  /** Absent: from the first row on. */
  readonly after?: RowKey | undefined
  /** Absent: to the last one. */
  readonly last?: RowKey | undefined
}

/** The condition that a row of the place lies in the range. */
export function inRange(place: Place, { after, last }: KeyRange): Condition {
  const { make } = place.around
  return make.and([
    ...(after === undefined ? [] : [make.compareRows(keyColumns(place), '>', boundKey(place, after))]),
    ...(last === undefined ? [] : [make.compareRows(keyColumns(place), '<=', boundKey(place, last))]),
  ])
}

/** The columns of the primary key of a place. */
export function keyColumns(place: Place): readonly Expr[] {
  return place.shape.primaryKey.map((attribute) => column(place, attribute))
}

/**
 * The columns of the primary key such that what a driver makes of them is all that the database has: a `Date` would leave the microseconds out.
 */
export function exactKeyColumns({ around, shape }: Place, columns: readonly Expr[]): readonly Expr[] {
  const { make, dialect } = around
  return columns.map((held, index) => {
    const type = shape.primaryKey[index]?.type
    return type !== undefined && dialect.queries.readsAsText(type) ? make.cast(held, 'text') : held
  })
}

/** What a driver gave for `exactKeyColumns`, as literals. */
export function readKey({ primaryKey }: Place['shape'], given: readonly unknown[]): RowKey {
  return given.map((content, index) => literalOf(content, primaryKey[index]))
}

function literalOf(given: unknown, attribute: Attribute | undefined): Value {
  if (typeof given === 'bigint') return { $bigint: given.toString() }
  if (given instanceof Uint8Array) return { $bytes: Buffer.from(given).toString('hex') }
  if (typeof given === 'number' || typeof given === 'boolean') return given
  // Compared as a text, a number would be found among no numbers where columns keep what they are given.
  return attribute?.type.type === 'bigInteger' ? { $bigint: String(given) } : String(given)
}

function boundKey({ around, shape }: Place, key: RowKey): readonly Expr[] {
  const { make, dialect } = around
  return shape.primaryKey.map(({ type }, index) => make.bound(dialect.queries.bind(key[index] ?? null, type)))
}
