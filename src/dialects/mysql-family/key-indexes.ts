import type { ForeignKey, Index, Table, Unique } from '../../schema/schema.ts'
import { changesOf } from '../shared/table-changes.ts'
import { type Alteration, realIndex, realUnique } from './alteration.ts'
import { keysToServe, leads, servedBy } from './servers-indexes.ts'
import { fold } from './tokens.ts'
import type { Flavour } from './variant.ts'

/** A key or index that can serve a foreign key. */
interface Serving {
  /** Undefined: the primary key. */
  readonly name: string | undefined
  readonly columns: readonly string[]
}

/** What foreign keys that stay need of the indexes of their table. */
export interface KeyIndexes {
  /** The names of indexes that may go only together with what comes in their place. */
  readonly waitingDrops: ReadonlySet<string>
  /** The foreign keys that need an index made for them. */
  readonly unserved: readonly ForeignKey[]
}

/** A foreign key needs an index that begins with its columns at every moment (error 1553). */
export function keyIndexes(alteration: Alteration): KeyIndexes {
  const going = goingIndexes(alteration)
  const losing = alteration.stayingKeys.flatMap((foreignKey) => {
    // An index of the server's own stays as long as the key.
    const isServed = alteration.names.hasIndex(alteration.table, foreignKey.name) && !going.has(foreignKey.name)
    if (isServed) return []
    const serving = servingOf(alteration.real, alteration.flavour).filter((one) =>
      leads(foreignKey.columns, one.columns),
    )
    const goesAll = serving.length > 0 && serving.every(({ name }) => going.has(name))
    return goesAll ? [{ foreignKey, serving }] : []
  })
  return {
    waitingDrops: new Set(losing.flatMap(({ serving }) => serving.flatMap(({ name }) => name ?? []))),
    unserved: keysToServe(
      losing.map(({ foreignKey }) => foreignKey),
      comingIndexes(alteration),
    ),
  }
}

/** Whether a foreign key to some columns of a table loses what stands behind it there. */
export function losesKey(columns: readonly string[], alteration: Alteration): boolean {
  const going = goingIndexes(alteration)
  const serving = servingOf(alteration.real, alteration.flavour).filter((one) => leads(columns, one.columns))
  return serving.some(({ name }) => going.has(name)) && serving.every(({ name }) => going.has(name))
}

/** Of the foreign keys that stay, the longest of those that only the index of one that goes serves. */
export function heirOf(
  going: ForeignKey,
  staying: readonly ForeignKey[],
  real: Table,
  alteration: Alteration | undefined,
  flavour: Flavour,
): ForeignKey | undefined {
  const dropped = alteration === undefined ? new Set() : goingIndexes(alteration)
  const others = servingOf(real, flavour).filter(
    ({ name }) => !dropped.has(name) && fold(name ?? '') !== fold(going.name),
  )
  return staying
    .filter(({ columns }) => leads(columns, going.columns) && !others.some((other) => leads(columns, other.columns)))
    .toSorted((a, b) => b.columns.length - a.columns.length)[0]
}

/** The names of the indexes that go, and undefined where the primary key does. */
function goingIndexes(alteration: Alteration): ReadonlySet<string | undefined> {
  return new Set([
    ...changesOf(alteration, 'dropIndex').map(({ index }) => realIndex(index, alteration).name),
    ...changesOf(alteration, 'dropUnique').map(({ unique }) => realUnique(unique, alteration).name),
    ...changesOf(alteration, 'setPrimaryKey').flatMap(({ before }) => (before === undefined ? [] : [undefined])),
  ])
}

/** The columns that keys and indexes which come begin with. */
function comingIndexes(alteration: Alteration): readonly (readonly string[])[] {
  const { after } = changesOf(alteration, 'setPrimaryKey')[0] ?? {}
  const indexes: readonly (Index | Unique)[] = [
    ...changesOf(alteration, 'addIndex').map(({ index }) => index),
    ...changesOf(alteration, 'addUnique').map(({ unique }) => unique),
  ]
  return [
    ...indexes.map(servedBy(alteration.after, alteration.flavour.variant.catalogue)),
    ...(after === undefined ? [] : [after.columns]),
  ]
}

function servingOf(table: Table, { variant }: Flavour): readonly Serving[] {
  const { primaryKey, uniques, indexes } = table
  const columnsOf = servedBy(table, variant.catalogue)
  return [
    ...(primaryKey === undefined ? [] : [{ name: undefined, columns: primaryKey.columns }]),
    ...[...uniques, ...indexes].map((index) => ({ name: index.name, columns: columnsOf(index) })),
  ]
}
