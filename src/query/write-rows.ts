import { fail } from '../errors/error.ts'
import type { Expr } from '../schema/queries.ts'
import { computed } from './computations.ts'
import { written } from './literals.ts'
import {
  barePlace,
  findAttribute,
  newPlace,
  type Place,
  readsItself,
  type Surroundings,
  siteOf,
  unknownField,
} from './place.ts'
import { type ReadRow, readingOf, send } from './read-rows.ts'
import type { Attribute, Shape } from './shape.ts'
import { isAmong, type Rows, shown } from './spec.ts'
import { named, tableAs } from './tables.ts'

/** The columns of a new row. */
type Columns = Readonly<Record<string, unknown>>

/** Adds a row and returns it as the database has it. */
export async function createRow(around: Surroundings, shape: Shape, row: unknown): Promise<ReadRow> {
  const place = barePlace(around, shape)
  const columns = columnsOfNew(place, row)
  const { selected, read } = readingOf(around, shown(place, { filters: [], order: [] }))
  const insert = around.db.insertInto(shape.table)
  const filled = Object.keys(columns).length === 0 ? insert.defaultValues() : insert.values(columns)
  const { rows } = await send(place, filled.returning([...selected]))
  const [created] = rows
  if (created === undefined) throw new Error(`The database returned no row for one added to ${shape.table}.`)
  return read(created)
}

/** How many rows one statement adds at most: beyond, statements grow and nothing gets faster. */
const mostRows = 1000

/** Adds rows in statements of as many as the database takes values for. Says how many there were. */
export async function createRows(
  around: Surroundings,
  shape: Shape,
  rows: Iterable<unknown> | AsyncIterable<unknown>,
): Promise<number> {
  const place = barePlace(around, shape)
  let open: Columns[] = []
  let names = ''
  let count = 0
  const flush = async (): Promise<void> => {
    const [first] = open
    if (first === undefined) return
    const insert = around.db.insertInto(shape.table)
    if (names === '[]') for (const _ of open) await send(place, insert.defaultValues())
    else await send(place, insert.values(open))
    count += open.length
    open = []
  }
  for await (const row of rows) {
    const columns = columnsOfNew(place, row)
    const keys = Object.keys(columns).toSorted()
    const most = Math.min(mostRows, Math.floor(around.dialect.queries.parameterLimit / Math.max(keys.length, 1)))
    // One statement names the same columns for all of its rows: what a row leaves out gets its default.
    if (open.length >= most || JSON.stringify(keys) !== names) await flush()
    names = JSON.stringify(keys)
    open.push(columns)
  }
  await flush()
  return count
}

function columnsOfNew(place: Place, row: unknown): Columns {
  const given = typeof row === 'object' && row !== null ? Object.entries(row) : []
  const columns = given.map(([name, value]): readonly [Attribute, unknown] => {
    const attribute = writable(place, name)
    return [attribute, written(place, attribute, value)]
  })
  const named = new Set(columns.map(([attribute]) => attribute))
  const missing = [...place.shape.attributes.values()].filter(
    (attribute) => attribute.role === 'plain' && !attribute.nullable && !named.has(attribute),
  )
  if (missing.length > 0) {
    fail('query.missingFields', { ...siteOf(place), fields: missing.map(({ name }) => name) })
  }
  // NULL is said, and only a default is left to the database: rows that say the same columns go in one statement.
  const absent = [...place.shape.attributes.values()].filter(
    (attribute) => attribute.role === 'plain' && attribute.nullable && !named.has(attribute),
  )
  return Object.fromEntries([
    ...columns.map(([{ column }, value]): [string, unknown] => [column, value]),
    ...absent.map(({ column }): [string, unknown] => [column, null]),
  ])
}

/** The field that a name writes. Fails where there is none, or nobody writes it. */
export function writable(place: Place, name: string): Attribute {
  const attribute = findAttribute(place.shape, name)
  if (attribute === undefined) {
    const end = place.shape.relations.get(name)
    if (end === undefined) return unknownField(place, name)
    const fix =
      end.way.kind === 'joined'
        ? `Write the row, and then its links: filter(…).related('${name}').add(…).`
        : `Write the key in the rows of ${end.declaredBy.split('.').slice(0, 2).join('.')}.`
    return fail('query.notWritable', { ...siteOf(place), field: name, problem: 'is held by other rows', fix })
  }
  if (attribute.role !== 'computed') return attribute
  const fix = 'Write the fields that it is computed from.'
  return fail('query.notWritable', { ...siteOf(place), field: name, problem: 'the database computes', fix })
}

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
  const update = around.db.updateTable(aliased(place)).set(Object.fromEntries(columns))
  // Row by row, a database may read what it has just written; with a second table in the statement it computes everything first.
  const oneRow = around.db.selectNoFrom(named(around.make.constant(1), 'one')).as('one_row')
  const query = (readsItself(place) ? update.from(oneRow) : update).where(isAmong(place, rows))
  return Number((await send(place, query)).numAffectedRows ?? 0n)
}

function changed(place: Place, attribute: Attribute, change: unknown): Expr | unknown {
  return typeof change === 'function'
    ? computed(place, attribute, (row) => change(row))
    : written(place, attribute, change)
}

/** Deletes the rows of a set. Says how many there were, not counting what the database took along. */
export async function deleteRows(rows: Rows): Promise<number> {
  const { around, shape } = rows
  const place = newPlace(around, shape)
  const query = around.db.deleteFrom(aliased(place)).where(isAmong(place, rows))
  return Number((await send(place, query)).numAffectedRows ?? 0n)
}

function aliased({ shape, alias = 't1' }: Place) {
  return tableAs(shape.table, alias)
}
