import { fail } from '../errors/error.ts'
import type { Condition, Expr } from '../schema/queries.ts'
import { fits } from './conditions.ts'
import type { Filter } from './filter-types.ts'
import { inRange, type KeyRange } from './key-range.ts'
import { type PathEnd, pathEnd } from './paths.ts'
import { column, from, newPlace, type Place, type Surroundings, siteOf } from './place.ts'
import type { AnyFields } from './query-set.ts'
import type { Shape } from './shape.ts'
import { named, type Select } from './tables.ts'

/** What a set of rows is told by, as data. */
export interface Spec {
  /** All of these fit, or do not where it was `exclude`. */
  readonly filters: readonly { readonly filter: Filter<AnyFields>; readonly wanted: boolean }[]
  readonly order: readonly string[]
  readonly limit?: number
  readonly offset?: number
  /** Absent: all fields. */
  readonly values?: readonly string[]
  /** Only rows with these keys. */
  readonly range?: KeyRange
}

export const allRows: Spec = { filters: [], order: [] }

/** A set of rows of a model, in the surroundings in which it is asked for. */
export interface Rows {
  readonly around: Surroundings
  readonly shape: Shape
  readonly spec: Spec
}

/** The condition that a row of the place is one of the set, whatever its limit. */
export function belongs(place: Place, { filters, range }: Spec): Condition {
  const { make } = place.around
  return make.and([
    ...filters.map(({ filter, wanted }) => fits(place, filter, wanted)),
    ...(range === undefined ? [] : [inRange(place, range)]),
  ])
}

/** A query for the rows of a set, of which nothing is selected yet, in their order. */
export function queryFor({ around, shape, spec }: Rows): { readonly query: Select; readonly place: Place } {
  const place = newPlace(around, shape)
  const { limit, offset } = spec
  if (offset !== undefined && spec.order.length === 0) fail('query.needsOrder', siteOf(place))
  let query = inOrder(from(place).where(belongs(place, spec)), place, spec.order)
  // SQLite knows an offset only behind a limit; this one is beyond all tables.
  if (limit !== undefined || offset !== undefined) query = query.limit(limit ?? Number.MAX_SAFE_INTEGER)
  if (offset !== undefined) query = query.offset(offset)
  return { query, place }
}

/** NULL is the greatest of all values, so that it stands last, or first the other way round, on every database. */
function inOrder(query: Select, place: Place, order: readonly string[]): Select {
  return order.reduce((ordered, name) => {
    const descending = name.startsWith('-')
    const { value, nullable } = pathEnd(place, descending ? name.slice(1) : name)
    return orderedBy(ordered, value, { descending, nullable, place })
  }, query)
}

function orderedBy(
  query: Select,
  value: Expr,
  { descending, nullable, place }: { descending: boolean; nullable: boolean; place: Place },
): Select {
  const { make, dialect } = place.around
  if (nullable && dialect.queries.lacks?.has('nullsOrder')) {
    const direction = descending ? 'desc' : 'asc'
    return query.orderBy(make.isNull(value), direction).orderBy(value, direction)
  }
  return query.orderBy(value, (by) => {
    const directed = descending ? by.desc() : by.asc()
    if (!nullable) return directed
    return descending ? directed.nullsFirst() : directed.nullsLast()
  })
}

/** The same set with an order where it has none: that of the primary key. */
export function inSomeOrder({ around, shape, spec }: Rows): Rows {
  const order = spec.order.length > 0 ? spec.order : shape.primaryKey.map(({ name }) => name)
  return { around, shape, spec: { ...spec, order } }
}

/**
 * The condition that a row is one of a set with a limit or an order, for statements that know neither: its key is among those that a query gives.
 */
export function isAmong(place: Place, rows: Rows): Condition {
  const { spec } = rows
  if (spec.limit === undefined && spec.offset === undefined) return belongs(place, spec)
  const { make } = place.around
  const { query, place: inner } = queryFor(inSomeOrder(rows))
  const keys = query.select(rows.shape.primaryKey.map((key, index) => named(column(inner, key), `k${index}`)))
  return make.isIn(
    rows.shape.primaryKey.map((key) => column(place, key)),
    keys,
  )
}

/** The fields that each row of the set shows, by the name that it shows them under. */
export function shown(place: Place, { values }: Spec): readonly (readonly [string, PathEnd])[] {
  const names = values === undefined || values.length === 0 ? [...place.shape.attributes.keys()] : values
  return [...new Set(names)].map((name) => [name, pathEnd(place, name)])
}
