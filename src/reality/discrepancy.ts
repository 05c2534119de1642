import type { RememberedObject } from '../history/remembered-objects.ts'
import { type Change, isObjectChange, type ObjectChange, tableOf } from '../schema/change.ts'
import { changeInWords } from '../schema/change-in-words.ts'
import type { Dialect } from '../schema/dialect.ts'
import { objectKey, type Schema, type SchemaObject } from '../schema/schema.ts'
import { columnTraits, commentTrait } from './column-traits.ts'
import { primaryKeyTraits } from './constraint-traits.ts'
import { differingParts } from './differing-parts.ts'
import { objectInWords, objectTraits } from './object-traits.ts'
import { type Pair, type Told, tell } from './trait.ts'

/** One way in which a database is not what it should be. */
export interface Discrepancy {
  /** The table it is about; absent for an enum type, an extension or a collation. */
  readonly table?: string
  /** What it is about, in full: `column blog_post.title`, `index blog_post_slug on blog_post`. Config patterns and `--only` speak of it so. */
  readonly object: string
  readonly kind: 'missing' | 'extra' | 'different'
  /** What is declared, in words: `varchar(40)`, `NOT NULL`; absent for what is extra. */
  readonly declared?: string
  /** What the database has, in words; absent for what is missing. */
  readonly found?: string
  /** One sentence with all of that, without a full stop. */
  readonly text: string
  /** What would make the database what is declared, in an order in which it can be made. */
  readonly changes: readonly Change[]
  /** What SQL or code of a migration made and is gone or another; `changes` is then empty. */
  readonly remembered?: RememberedObject
}

/** Both sides of a comparison, in the server's spelling. */
export interface Sides {
  readonly inspected: Schema
  readonly declared: Schema
  readonly dialect: Dialect
}

/**
 * The changes that lead from a database to what is declared, told as what is wrong with the database: each thing once, whatever it takes to mend it.
 * What is about no table comes first, then table by table.
 */
export function discrepanciesOf(changes: readonly Change[], sides: Sides): readonly Discrepancy[] {
  const byTable = Map.groupBy(changes, (change) => tableOf(change) ?? '')
  const tables = [...byTable.keys()].filter((table) => table !== '').toSorted()
  return [
    ...ofObjects((byTable.get('') ?? []).filter(isObjectChange), sides),
    ...tables.flatMap((table) => ofTable(table, byTable.get(table) ?? [], sides)),
  ]
}

function ofObjects(changes: readonly ObjectChange[], { inspected, declared }: Sides): readonly Discrepancy[] {
  const byKey = Map.groupBy(changes, (change) => objectKey(change.kind === 'alterEnum' ? change.after : change.object))
  return [...byKey]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, own]) => {
      const pair: Pair<SchemaObject> = { found: inspected.objects?.get(key), declared: declared.objects?.get(key) }
      const object = objectInWords(pair.declared ?? pair.found)
      return { object, ...tell(object, objectTraits, pair), changes: own }
    })
}

function ofTable(table: string, changes: readonly Change[], sides: Sides): readonly Discrepancy[] {
  const own = (object: string, told: Told, of: readonly Change[]): Discrepancy => ({
    table,
    object,
    ...told,
    changes: of,
  })
  if (changes.some(({ kind }) => kind === 'createTable')) {
    const object = `table ${table}`
    return [own(object, { kind: 'missing', text: `${object} is missing` }, changes)]
  }
  const left = new Set(changes)
  const take = (of: readonly Change[]): readonly Change[] => {
    for (const change of of) left.delete(change)
    return of
  }
  const found = [
    ...ofColumns(table, changes, sides, own),
    ...ofWholeTable(table, changes, own),
    ...differingParts(table, changes, sides.dialect).map(({ object, changes: of, ...told }) => own(object, told, of)),
  ]
  for (const discrepancy of found) take(discrepancy.changes)
  // No comparison by name gives a change of another kind; one that did would be told in its own words.
  const rest = [...left].map((change) => {
    const text = changeInWords(change)
    return own(text, { kind: 'different', text }, [change])
  })
  return [...found, ...rest]
}

type Own = (object: string, told: Told, of: readonly Change[]) => Discrepancy

function ofColumns(table: string, changes: readonly Change[], sides: Sides, own: Own): readonly Discrepancy[] {
  const traits = columnTraits(sides.dialect)
  const columnsIn = ({ tables }: Schema) => tables.get(table)?.columns ?? []
  const byColumn = Map.groupBy(changes, (change) => columnOf(change) ?? '')
  const order = [...columnsIn(sides.declared), ...columnsIn(sides.inspected)].map(({ name }) => name)
  return [...new Set(order)].flatMap((name) => {
    const of = byColumn.get(name)
    if (of === undefined) return []
    const named = (schema: Schema) => columnsIn(schema).find((column) => column.name === name)
    const object = `column ${table}.${name}`
    return [own(object, tell(object, traits, { found: named(sides.inspected), declared: named(sides.declared) }), of)]
  })
}

/** The column that a change is within, if it is within one. */
export function columnOf(change: Change): string | undefined {
  switch (change.kind) {
    case 'addColumn':
    case 'dropColumn':
    case 'setNotNull':
    case 'dropNotNull':
      return change.column.name
    case 'setType':
    case 'setDefault':
    case 'setGenerated':
    case 'setAutoIncrement':
    case 'setColumnComment':
      return change.after.name
    default:
      return undefined
  }
}

/** Its primary key and its comment. */
function ofWholeTable(table: string, changes: readonly Change[], own: Own): readonly Discrepancy[] {
  return changes.flatMap((change) => {
    if (change.kind === 'setPrimaryKey') {
      const object = `primary key of ${table}`
      return [own(object, tell(object, primaryKeyTraits, { found: change.before, declared: change.after }), [change])]
    }
    if (change.kind !== 'setTableComment') return []
    const object = `table ${table}`
    const commented = (comment: string | undefined) => (comment === undefined ? {} : { comment })
    const pair = { found: commented(change.before), declared: commented(change.after) }
    return [own(object, tell(object, [commentTrait()], pair), [change])]
  })
}
