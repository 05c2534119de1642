import { fail } from '../errors/error.ts'
import type { Filter } from './filter-types.ts'
import type { KeyRange } from './key-range.ts'
import { linksOf } from './links.ts'
import { inWords } from './literals.ts'
import { type Surroundings, siteOf } from './place.ts'
import type { AnyFields, HistoricalModel, QuerySet } from './query-set.ts'
import { allOf, countOf, existsIn, firstOf, iterate, onlyOf } from './read-rows.ts'
import type { Shape } from './shape.ts'
import { allRows, type Rows, type Spec } from './spec.ts'
import { deleteRows, updateRows } from './update-rows.ts'
import { createRow, createRows } from './write-rows.ts'

/** A model at a point of history. */
export function historicalModel(around: Surroundings, shape: Shape): HistoricalModel {
  const model: HistoricalModel = {
    ...querySet({ around, shape, spec: allRows }),
    key: shape.key,
    create: (row) => createRow(around, shape, row),
    bulkCreate: (rows) => createRows(around, shape, rows),
  }
  specs.set(model, { around, shape, spec: allRows })
  return model
}

/** Some rows of a model: those for which a filter is so, with keys in a range. */
export function rowsWithin(around: Surroundings, shape: Shape, filter: Filter<AnyFields>, range: KeyRange): QuerySet {
  return querySet({ around, shape, spec: { filters: [{ filter, wanted: true }], order: [], range } })
}

/** Which rows a set stands for, known only of those that were made here. */
const specs = new WeakMap<object, Rows>()

function querySet(rows: Rows): QuerySet {
  const { spec } = rows
  const changed = (change: Partial<Spec>): QuerySet => querySet({ ...rows, spec: { ...spec, ...change } })
  const filtered = (filters: readonly Filter<AnyFields>[], wanted: boolean): Partial<Spec> => {
    const added = filters.map((filter) => ({ filter, wanted }))
    return { filters: [...spec.filters, ...added] }
  }
  const set: QuerySet = {
    filter: (...filters) => changed(filtered(filters, true)),
    exclude: (...filters) => changed(filtered(filters, false)),
    orderBy: (...order) => changed({ order }),
    limit: (count) =>
      changed({ limit: Math.min(wholeCount(rows, 'limit', count), spec.limit ?? Number.POSITIVE_INFINITY) }),
    offset: (count) => changed({ offset: wholeCount(rows, 'offset', count) }),
    // Which fields a row then shows is known to the types alone.
    values: ((...values: readonly string[]) => changed({ values })) as QuerySet['values'],
    rows: () => allOf(rows),
    get: (...filters) => onlyOf({ ...rows, spec: { ...spec, ...filtered(filters, true) } }),
    first: () => firstOf(rows),
    count: () => countOf(rows),
    exists: () => existsIn(rows),
    update: (changes) => updateRows(rows, changes),
    delete: () => deleteRows(rows),
    related: (name) => linksOf(rows, name, (given) => specs.get(given)),
    [Symbol.asyncIterator]: () => iterate(rows),
  }
  specs.set(set, rows)
  return set
}

function wholeCount(rows: Rows, method: string, count: unknown): number {
  if (typeof count === 'number' && Number.isSafeInteger(count) && count >= 0) return count
  return fail('query.badCount', { ...siteOf(rows), method, value: inWords(count) })
}
