import type { AliasedExpression, Compilable, QueryResult } from 'kysely'
import { fail } from '../errors/error.ts'
import type { Expr } from '../schema/queries.ts'
import { exactKeyColumns, keyColumns, type RowKey, readKey } from './key-range.ts'
import { inWords } from './literals.ts'
import type { PathEnd } from './paths.ts'
import { type Place, type Surroundings, siteOf } from './place.ts'
import { inSomeOrder, queryFor, type Rows, shown } from './spec.ts'
import { asExpression, type Given, named } from './tables.ts'

/** A row as code is handed it. */
export type ReadRow = Record<string, unknown>

/** Columns of a query, and what makes a row of what a driver gives for them. */
export interface Reading {
  readonly selected: readonly AliasedExpression<unknown, string>[]
  readonly read: (given: Given) => ReadRow
}

/**
 * How some fields are read. The names of fields are no names of columns in the answer: they may be longer than a database keeps them, and what a name
 * does to an object of JavaScript's is nobody's business.
 */
export function readingOf(
  around: Surroundings,
  fields: readonly (readonly [string, Pick<PathEnd, 'attribute' | 'value'>])[],
): Reading {
  const { make, dialect } = around
  const { readsAsText, read } = dialect.queries
  const asAsked = (value: Expr, asText: boolean): Expr => (asText ? make.cast(value, 'text') : value)
  return {
    selected: fields.map(([, { attribute, value }], index) =>
      named(asAsked(value, readsAsText(attribute.type)), `c${index}`),
    ),
    read: (given) =>
      Object.fromEntries(
        fields.map(([name, { attribute }], index) => {
          const content = given[`c${index}`]
          return [name, content === null || content === undefined ? null : read(content, attribute.type)]
        }),
      ),
  }
}

/** All rows of a set. */
export async function allOf(rows: Rows): Promise<ReadRow[]> {
  const { query, place } = queryFor(rows)
  const { selected, read } = readingOf(rows.around, shown(place, rows.spec))
  const { rows: found } = await send(place, query.select([...selected]))
  return found.map(read)
}

/** The first row of a set, by the primary key where it has no order. */
export async function firstOf(rows: Rows): Promise<ReadRow | undefined> {
  const limit = Math.min(rows.spec.limit ?? 1, 1)
  const [row] = await allOf(inSomeOrder({ ...rows, spec: { ...rows.spec, limit } }))
  return row
}

/** The only row of a set. Fails with `query.noRow` and `query.severalRows`. */
export async function onlyOf(rows: Rows): Promise<ReadRow> {
  const limit = Math.min(rows.spec.limit ?? 2, 2)
  const [row, another] = await allOf({ ...rows, spec: { ...rows.spec, limit } })
  const about = { ...siteOf(rows), filter: filterInWords(rows) }
  if (row === undefined) return fail('query.noRow', about)
  return another === undefined ? row : fail('query.severalRows', about)
}

function filterInWords({ spec: { filters } }: Rows): string {
  const words = filters.map(({ filter, wanted }) => (wanted ? inWords(filter) : `not ${inWords(filter)}`))
  return words.join(' and ') || 'no filter'
}

export async function countOf(rows: Rows): Promise<number> {
  const { make, db } = rows.around
  const { query, place } = queryFor({
    ...rows,
    spec: { ...rows.spec, order: rows.spec.offset === undefined ? [] : rows.spec.order },
  })
  const all = make.call('count', make.constant(1))
  const isLimited = rows.spec.limit !== undefined || rows.spec.offset !== undefined
  const counting = isLimited
    ? db
        .selectFrom(named(asExpression(query.select(named(make.constant(1), 'one'))), 'limited'))
        .select(named(all, 'count'))
    : query.select(named(all, 'count'))
  const { rows: counted } = await send(place, counting)
  return Number(counted[0]?.['count'])
}

export async function existsIn(rows: Rows): Promise<boolean> {
  const { make } = rows.around
  const limit = Math.min(rows.spec.limit ?? 1, 1)
  const { query, place } = queryFor({ ...rows, spec: { ...rows.spec, limit } })
  const { rows: found } = await send(place, query.select(named(make.constant(1), 'one')))
  return found.length > 0
}

/** How many rows one query of an iteration asks for. */
const batch = 1000

/**
 * The rows of a set one after the other, in batches along the primary key: each begins behind the last row of the one before, whatever happened to the
 * rows meanwhile. Fails with `query.orderedIteration` where only all rows at once could be put in order.
 */
export async function* iterate(rows: Rows): AsyncGenerator<ReadRow, undefined, undefined> {
  const { around, shape, spec } = rows
  if (spec.order.length > 0 || spec.offset !== undefined) {
    if (spec.limit === undefined) fail('query.orderedIteration', siteOf(rows))
    yield* await allOf(rows)
    return
  }
  let left = spec.limit ?? Number.POSITIVE_INFINITY
  let after: RowKey | undefined = spec.range?.after
  while (left > 0) {
    const limit = Math.min(batch, left)
    const next = inSomeOrder({ around, shape, spec: { ...spec, limit, range: { ...spec.range, after } } })
    const { query, place } = queryFor(next)
    const { selected, read } = readingOf(around, shown(place, spec))
    const keys = exactKeyColumns(place, keyColumns(place)).map((key, index) => named(key, `k${index}`))
    const { rows: found } = await send(place, query.select([...selected, ...keys]))
    for (const given of found) yield read(given)
    const last = found.at(-1)
    if (last === undefined || found.length < limit) return
    after = readKey(
      shape,
      keys.map((_, index) => last[`k${index}`]),
    )
    left -= found.length
  }
}

/** Sends a query. Fails with `query.tooManyValues` before the database would, in words that nobody understands. */
export async function send(
  place: Pick<Place, 'around' | 'shape'>,
  query: Compilable<Given>,
): Promise<QueryResult<Given>> {
  const compiled = query.compile()
  const limit = place.around.dialect.queries.parameterLimit
  const values = compiled.parameters.length
  if (values > limit) fail('query.tooManyValues', { ...siteOf(place), values, limit })
  return place.around.db.executeQuery(compiled)
}
