import { fail } from '../errors/error.ts'
import { kindOf } from '../fields/kinds.ts'
import { columnDefault } from '../state/project-columns.ts'
import { written } from './literals.ts'
import {
  barePlace,
  column,
  findAttribute,
  from,
  newPlace,
  type Place,
  type Surroundings,
  siteOf,
  unknownField,
} from './place.ts'
import { type ReadRow, readingOf, send } from './read-rows.ts'
import type { Attribute, Shape } from './shape.ts'
import { allRows, shown } from './spec.ts'
import { named, verbatimSql } from './tables.ts'

/** The columns of a new row. */
type Columns = Readonly<Record<string, unknown>>

/** Adds a row and returns it as the database has it. */
export async function createRow(around: Surroundings, shape: Shape, row: unknown): Promise<ReadRow> {
  const place = barePlace(around, shape)
  const columns = columnsOfNew(place, row)
  if (around.dialect.queries.lacks?.has('returning')) return createAndFind(place, columns)
  const { selected, read } = readingOf(around, shown(place, allRows))
  const { rows } = await send(place, insertOf(place, columns).returning([...selected]))
  const [created] = rows
  return created === undefined ? notReturned(shape) : read(created)
}

/** Adds a row and asks for it by its key, which is known before it is added or told by the database. */
async function createAndFind(place: Place, given: Columns): Promise<ReadRow> {
  const { around, shape } = place
  const columns = { ...given, ...(await keyDefaults(place, given)) }
  const { insertId } = await send(place, insertOf(place, columns))
  const there = newPlace(around, shape)
  const { selected, read } = readingOf(around, shown(there, allRows))
  const isIt = shape.primaryKey.map((key) => {
    const held = Object.hasOwn(columns, key.column) ? columns[key.column] : insertId
    return around.make.compare(column(there, key), '=', around.make.bound(held))
  })
  const { rows } = await send(
    there,
    from(there)
      .where(around.make.and(isIt))
      .select([...selected]),
  )
  const [created] = rows
  return created === undefined ? notReturned(shape) : read(created)
}

/** What the database would compute for a key, computed by it before. Numbers it tells afterwards. */
async function keyDefaults(place: Place, given: Columns): Promise<Columns> {
  const { dialect, db } = place.around
  const open = place.shape.primaryKey.filter(
    ({ column: name, field }) => !Object.hasOwn(given, name) && kindOf(field).autoIncrement !== true,
  )
  if (open.length === 0) return {}
  const values = open.map(({ field, type }, index) => {
    const fallback = columnDefault(field, type, dialect, `The default of a key of ${place.shape.key}`)
    const text = fallback === undefined ? 'NULL' : dialect.toText(dialect.spelling.expression(fallback))
    return named(verbatimSql(text), `c${index}`)
  })
  const { rows } = await send(place, db.selectNoFrom(values))
  return Object.fromEntries(open.map(({ column: name }, index) => [name, rows[0]?.[`c${index}`]]))
}

function insertOf({ around: { db, dialect }, shape }: Place, columns: Columns) {
  const insert = db.insertInto(shape.table)
  if (Object.keys(columns).length > 0) return insert.values(columns)
  return dialect.queries.lacks?.has('defaultValues')
    ? insert.columns([]).expression(verbatimSql('values ()'))
    : insert.defaultValues()
}

function notReturned({ table }: Shape): never {
  throw new Error(`The database returned no row for one added to ${table}.`)
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
  const { parameterLimit, byteLimit = Number.POSITIVE_INFINITY } = around.dialect.queries
  let open: Columns[] = []
  let names = ''
  let bytes = 0
  let count = 0
  const flush = async (): Promise<void> => {
    const [first] = open
    if (first === undefined) return
    if (names === '[]') for (const columns of open) await send(place, insertOf(place, columns))
    else await send(place, around.db.insertInto(shape.table).values(open))
    count += open.length
    open = []
    bytes = 0
  }
  for await (const row of rows) {
    const columns = columnsOfNew(place, row)
    const keys = Object.keys(columns).toSorted()
    const most = Math.min(mostRows, Math.floor(parameterLimit / Math.max(keys.length, 1)))
    const more = bytesIn(columns)
    const isFull = open.length >= most || bytes + more > byteLimit
    // One statement names the same columns for all of its rows: what a row leaves out gets its default.
    if (isFull || JSON.stringify(keys) !== names) await flush()
    names = JSON.stringify(keys)
    bytes += more
    open.push(columns)
  }
  await flush()
  return count
}

/** About how long a row is: only texts and bytes can be long. */
function bytesIn(columns: Columns): number {
  const lengths = Object.values(columns).map((value) =>
    typeof value === 'string' ? Buffer.byteLength(value) : value instanceof Uint8Array ? value.byteLength : 0,
  )
  return lengths.reduce((sum, length) => sum + length, 0)
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
