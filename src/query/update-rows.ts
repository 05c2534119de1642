import type { AliasedExpression } from 'kysely'
import { fail } from '../errors/error.ts'
import type { Condition, Expr } from '../schema/queries.ts'
import { computed } from './computations.ts'
import { written } from './literals.ts'
import { whole } from './maker.ts'
import { column, newPlace, type Place, readsItself, siteOf } from './place.ts'
import { send } from './read-rows.ts'
import type { Attribute } from './shape.ts'
import { inSomeOrder, isAmong, queryFor, type Rows } from './spec.ts'
import { asExpression, columnOf, named, type Select, tableAs } from './tables.ts'
import { writable } from './write-rows.ts'

type Entry = readonly [name: string, change: unknown]

/** Writes the same fields of all rows of a set. Says how many there were. */
export async function updateRows(rows: Rows, changes: unknown): Promise<number> {
  const { around, shape } = rows
  const place = newPlace(around, shape)
  const entries = typeof changes === 'object' && changes !== null ? Object.entries(changes) : []
  if (entries.length === 0) fail('query.nothingToWrite', siteOf(place))
  const columns = entries.map(([name, change]): [string, unknown] => {
    const attribute = writable(place, name)
    return [attribute.column, changed(place, attribute, change)]
  })
  const amongThem = isAmong(place, rows)
  const computes = entries.length > 1 && entries.some(([, change]) => typeof change === 'function')
  if (readsOthers(place, computes)) return updateFound(rows, entries)
  const update = around.db.updateTable(aliased(place)).set(Object.fromEntries(columns))
  // Row by row, a database may read what it has just written; with a second table in the statement it computes everything first.
  const oneRow = around.db.selectNoFrom(named(around.make.constant(1), 'one')).as('one_row')
  const query = (readsItself(place) ? update.from(oneRow) : update).where(amongThem)
  return Number((await send(place, query)).numAffectedRows ?? 0n)
}

/** Deletes the rows of a set. Says how many there were, not counting what the database took along. */
export async function deleteRows(rows: Rows): Promise<number> {
  const { around, shape } = rows
  const place = newPlace(around, shape)
  const amongThem = isAmong(place, rows)
  if (readsOthers(place, false)) return deleteFound(rows)
  const query = deleteFrom(place, shape.table, String(place.alias)).where(amongThem)
  return Number((await send(place, query)).numAffectedRows ?? 0n)
}

/** A DELETE of a table under a name, which some databases take only behind a USING. */
export function deleteFrom({ around }: Pick<Place, 'around'>, table: string, alias: string) {
  return lacksOwnTable(around)
    ? around.db.deleteFrom(alias).using(tableAs(table, alias))
    : around.db.deleteFrom(tableAs(table, alias))
}

function lacksOwnTable({ dialect }: Place['around']): boolean {
  return dialect.queries.lacks?.has('ownTable') === true
}

/** Whether a statement would read rows that it has written, or its own table, in a database that does not do so as the rows were before. */
function readsOthers(place: Place, computes: boolean): boolean {
  return lacksOwnTable(place.around) && (computes || readsItself(place))
}

function changed(place: Place, attribute: Attribute, change: unknown): Expr | unknown {
  return typeof change === 'function'
    ? computed(place, attribute, (row) => change(row))
    : written(place, attribute, change)
}

function aliased({ shape, alias = 't1' }: Place) {
  return tableAs(shape.table, alias)
}

const target = 'target'
const found = 'found'

/** What is computed is computed for all rows before the first of them is written, in a table of its own beside their keys. */
async function updateFound(rows: Rows, entries: readonly Entry[]): Promise<number> {
  const { around, shape } = rows
  const { query, place } = rowsFirst(rows)
  const columns = entries.map(([name, change], index) => {
    const attribute = writable(place, name)
    const value = changed(place, attribute, change)
    return { column: attribute.column, value, as: `godwit_v${index}`, isComputed: typeof change === 'function' }
  })
  const values = columns.flatMap(({ value, as, isComputed }) => (isComputed ? [named(value as Expr, as)] : []))
  const update = around.db
    .updateTable([tableAs(shape.table, target), keysAnd(query, place, values)])
    .set(
      Object.fromEntries(
        columns.map(({ column: name, value, as, isComputed }) => [name, isComputed ? columnOf(found, as) : value]),
      ),
    )
    .where(isFound(place))
  return Number((await send(place, update)).numAffectedRows ?? 0n)
}

async function deleteFound(rows: Rows): Promise<number> {
  const { query, place } = rowsFirst(rows)
  const { db } = rows.around
  const deletion = db
    .deleteFrom(target)
    .using([tableAs(rows.shape.table, target), keysAnd(query, place, [])])
    .where(isFound(place))
  return Number((await send(place, deletion)).numAffectedRows ?? 0n)
}

function rowsFirst(rows: Rows): ReturnType<typeof queryFor> {
  return queryFor(rows.spec.limit === undefined && rows.spec.offset === undefined ? rows : inSomeOrder(rows))
}

function keysAnd(query: Select, place: Place, values: readonly AliasedExpression<unknown, string>[]) {
  const keys = place.shape.primaryKey.map((key, index) => named(column(place, key), `godwit_k${index}`))
  return named(asExpression(whole(query).select([...keys, ...values])), found)
}

function isFound({ around: { make }, shape }: Place): Condition {
  return make.and(
    shape.primaryKey.map((key, index) =>
      make.compare(columnOf(target, key.column), '=', columnOf(found, `godwit_k${index}`)),
    ),
  )
}
