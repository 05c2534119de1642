import { canonicalJson } from '../lib/canonical-json.ts'
import { applyChanges } from '../schema/apply-changes.ts'
import type { Change } from '../schema/change.ts'
import { diff } from '../schema/diff.ts'
import { objectId, objectsIn } from '../schema/objects-in.ts'
import { emptySchema, type OtherObject, type Schema, type Table } from '../schema/schema.ts'
import type { Sql } from '../schema/sql.ts'
import type { Discrepancy, Sides } from './discrepancy.ts'

/** What makes a database what it should be, decided and not yet done. */
export interface Repair {
  /** In an order in which they can be made. */
  readonly changes: readonly Change[]
  /** The tables that the changes are about, as they are and as they are to be. */
  readonly before: Schema
  readonly after: Schema
  /** What makes again what no model can declare, once the changes are made. */
  readonly remakes: readonly Sql[]
  readonly repaired: readonly Discrepancy[]
  readonly left: readonly NotRepaired[]
}

/** A discrepancy that stays, and why, as a clause. */
export interface NotRepaired {
  readonly discrepancy: Discrepancy
  readonly why: string
  /** The column that would go, with what it holds, if somebody said so. */
  readonly extraColumn?: ExtraColumn
}

export interface ExtraColumn {
  readonly table: string
  readonly column: string
}

/**
 * Decides how discrepancies are mended. A column that nobody declared goes only where it is named, as what it holds goes with it; what SQL of migrations
 * made is made again where its definition is the whole of it.
 */
export function repairOf(
  discrepancies: readonly Discrepancy[],
  sides: Sides,
  mayDrop: (column: ExtraColumn) => boolean,
): Repair {
  const judged = discrepancies.map((discrepancy) => ({ discrepancy, ...mended(discrepancy, sides, mayDrop) }))
  const repaired = judged.filter(({ left }) => left === undefined)
  const wanted = repaired.flatMap(({ changes }) => changes.map(asFound))
  const changes = inOrder(wanted, sides)
  // A type that is made anew takes every column of it along.
  const isEnumAltered = changes.some(({ kind }) => kind === 'alterEnum')
  const tables = new Set(isEnumAltered ? sides.inspected.tables.keys() : changes.flatMap(tablesOf))
  const before = only(sides.inspected, tables)
  return {
    changes,
    before,
    after: applyChanges(before, changes),
    remakes: [...repaired.flatMap(({ remakes }) => remakes)],
    repaired: repaired.map(({ discrepancy }) => discrepancy),
    left: judged.flatMap(({ discrepancy, left }) => (left === undefined ? [] : [{ discrepancy, ...left }])),
  }
}

interface Mended {
  readonly changes: readonly Change[]
  readonly remakes: readonly Sql[]
  readonly left?: Omit<NotRepaired, 'discrepancy'>
}

function mended(discrepancy: Discrepancy, sides: Sides, mayDrop: (column: ExtraColumn) => boolean): Mended {
  const { remembered } = discrepancy
  const nothing = { changes: [], remakes: [] }
  if (remembered !== undefined && isOther(remembered.kind, remembered.table)) {
    const { migration, definition, name, table } = remembered
    const object: OtherObject = {
      kind: remembered.kind as OtherObject['kind'],
      name,
      definition,
      ...(table && { table }),
    }
    const remakes = sides.dialect.remake?.(object, discrepancy.kind === 'different')
    if (remakes !== undefined) return { changes: [], remakes }
    return {
      ...nothing,
      left: { why: `its whole definition is not known; ${migration} has the statement that made it` },
    }
  }
  const changes = remembered === undefined ? discrepancy.changes : changesFor(discrepancy, sides)
  if (changes.length === 0) return { ...nothing, left: { why: 'nothing is known that would mend it' } }
  const dropped = changes.find((change) => change.kind === 'dropColumn')
  if (dropped === undefined) return { changes, remakes: [] }
  const extraColumn = { table: dropped.table, column: dropped.column.name }
  if (mayDrop(extraColumn)) return { changes, remakes: [] }
  return { ...nothing, left: { why: 'what it holds would be lost', extraColumn } }
}

/** Whether something is known by a statement alone, and is no table, no part of one and nothing that columns are made of. */
function isOther(kind: string, table: string | undefined): boolean {
  const known = ['table', 'column', 'unique', 'foreignKey', 'exclusion', 'enum', 'extension', 'collation']
  return !known.includes(kind) && !(['index', 'check'].includes(kind) && table !== undefined)
}

/** What brings back a table, a part of one, or a type as SQL of a migration made it. */
function changesFor({ remembered }: Discrepancy, { inspected, declared, dialect }: Sides): readonly Change[] {
  if (remembered === undefined) return []
  const { kind, table: owner, definition } = remembered
  const content = JSON.parse(definition)
  const between = (before: Schema, after: Schema): readonly Change[] =>
    diff(before, after, { match: 'name', comparison: dialect.comparison })
  if (kind === 'table') {
    const wanted: Table = content
    return between(only(inspected, new Set([wanted.name])), schemaOf(wanted))
  }
  if (owner === undefined) {
    const found = objectsIn(inspected).find((object) => objectId(object) === objectId(remembered))
    const objects = (text: string | undefined): Schema =>
      text === undefined ? emptySchema : { ...emptySchema, objects: new Map([['', JSON.parse(text)]]) }
    return between(objects(found?.definition), objects(definition))
  }
  const table = inspected.tables.get(owner) ?? declared.tables.get(owner)
  const key = partsOf[kind]
  if (table === undefined || key === undefined) return []
  const others = (table[key] ?? []).filter(({ name }: { readonly name: string }) => name !== content.name)
  const place = (table[key] ?? []).findIndex(({ name }: { readonly name: string }) => name === content.name)
  return between(
    schemaOf(table),
    schemaOf({ ...table, [key]: others.toSpliced(Math.max(place, others.length), 0, content) }),
  )
}

const partsOf: Readonly<Record<string, 'columns' | 'uniques' | 'indexes' | 'checks' | 'foreignKeys' | 'exclusions'>> = {
  column: 'columns',
  unique: 'uniques',
  index: 'indexes',
  check: 'checks',
  foreignKey: 'foreignKeys',
  exclusion: 'exclusions',
}

/** A check that is to be validated is there, and is not. */
export function asFound(change: Change): Change {
  return change.kind === 'validateCheck' ? { ...change, check: { ...change.check, notValid: true } } : change
}

/** The changes in the order that the whole of them would have; what is no part of that comes last. */
function inOrder(wanted: readonly Change[], { inspected, declared, dialect }: Sides): readonly Change[] {
  const left = new Map(wanted.map((change) => [canonicalJson(change), change]))
  const all = diff(inspected, declared, { match: 'name', comparison: dialect.comparison }).map(asFound)
  const known = all.filter((change) => left.delete(canonicalJson(change)))
  return [...known, ...left.values()]
}

function tablesOf(change: Change): readonly string[] {
  switch (change.kind) {
    case 'createObject':
    case 'dropObject':
    case 'alterEnum':
      return []
    case 'renameTable':
    case 'copyRows':
      return [change.from, change.to]
    case 'createTable':
    case 'dropTable':
      return [change.table.name]
    case 'addForeignKey':
    case 'dropForeignKey':
      return [change.table, change.foreignKey.references.table]
    default:
      return [change.table]
  }
}

function only({ tables, objects }: Schema, names: ReadonlySet<string>): Schema {
  const kept = new Map([...tables].filter(([name]) => names.has(name)))
  return { tables: kept, others: [], ...(objects !== undefined && { objects }) }
}

function schemaOf(table: Table): Schema {
  return { tables: new Map([[table.name, table]]), others: [] }
}
