import type { Change } from '../../schema/change.ts'
import type { ForeignKey, Table } from '../../schema/schema.ts'
import { findReal, pairWithReal } from '../shared/pair-with-real.ts'
import { changesOf } from '../shared/table-changes.ts'
import type { Alteration } from './alteration.ts'
import { heirOf, losesKey } from './key-indexes.ts'
import { alikeForeignKeys, alikeIndexes } from './match.ts'
import type { ObjectNames } from './object-names.ts'
import { remadeColumns } from './remade-columns.ts'
import { fold } from './tokens.ts'
import type { Flavour } from './variant.ts'

/** A foreign key of a table: as the database has it, and as a change names it. */
export interface Owned {
  readonly table: string
  readonly real: ForeignKey
  readonly declared: ForeignKey
  /** The index that the server made for it, and that would stay behind. */
  readonly ownIndex?: string
  /** The foreign key that stays and that nothing but this index serves. */
  readonly heir?: ForeignKey
}

export interface ForeignKeyInput {
  readonly changes: readonly Change[]
  /** All tables that are known, as the database has them, by the names after the renames. */
  readonly known: ReadonlyMap<string, Table>
  readonly declared: (table: string) => Table | undefined
  readonly alterations: ReadonlyMap<string, Alteration>
  /** The names of the tables that go. */
  readonly dropped: ReadonlySet<string>
  readonly names: ObjectNames
  readonly flavour: Flavour
}

/** The foreign keys that must be gone before tables are changed, and those that come when all tables are as they are to be. */
export interface ForeignKeyPlan {
  /** Those that a change takes away. */
  readonly going: readonly Owned[]
  /** Those that are in the way of other changes. */
  readonly inTheWay: readonly Owned[]
  readonly coming: readonly { readonly table: string; readonly foreignKey: ForeignKey }[]
}

/**
 * Which foreign keys come and go. Besides those that are changed: a key that stays is taken away and put back where the column at one of its ends gets
 * another type or is made anew, or where the key that it leads to goes. One of a table that goes is not put back.
 */
export function planForeignKeys(input: ForeignKeyInput): ForeignKeyPlan {
  const { changes, known, dropped } = input
  const going = changes.flatMap((change): readonly Owned[] => {
    if (change.kind !== 'dropForeignKey') return []
    const { table, foreignKey } = change
    const real = realKey(table, foreignKey, input)
    return [{ table, real, declared: foreignKey, ...ownIndexOf(table, real, input) }]
  })
  const explicit = new Set(going.map(({ table, real }) => keyOf(table, real)))
  const inTheWay = [...known.values()]
    .flatMap(({ name: table, foreignKeys }) => foreignKeys.map((real): Owned => ({ table, real, declared: real })))
    .filter((own) => !explicit.has(keyOf(own.table, own.real)) && isInTheWay(own, input.alterations))
  const gone = new Set([...going, ...inTheWay].map(({ table, real }) => keyOf(table, real)))
  const adding = changes.flatMap((change) => (change.kind === 'addForeignKey' ? [change] : []))
  return {
    going: going.map((own) => ({ ...own, ...heirIn(own, gone, input) })),
    inTheWay,
    coming: [
      ...adding.map(({ table, foreignKey }) => ({ table, foreignKey })),
      ...inTheWay
        .filter(({ table }) => !dropped.has(table))
        .map(({ table, declared }) => ({ table, foreignKey: declared })),
    ],
  }
}

/** The server calls the index that it makes for a foreign key like the key. One of that name that is declared is none of the server's. */
function ownIndexOf(
  table: string,
  key: ForeignKey,
  { known, declared, names, flavour }: ForeignKeyInput,
): Pick<Owned, 'ownIndex'> {
  if (!names.hasIndex(table, key.name)) return {}
  const real = known.get(table)?.indexes ?? []
  const pairs = pairWithReal(declared(table)?.indexes ?? [], real, alikeIndexes(flavour))
  const isDeclared = [...pairs.values()].some((index) => fold(index.name) === fold(key.name))
  return isDeclared ? {} : { ownIndex: key.name }
}

function heirIn(
  { table, real: key, ownIndex }: Owned,
  gone: ReadonlySet<string>,
  { known, alterations, flavour }: ForeignKeyInput,
): Pick<Owned, 'heir'> {
  const real = known.get(table)
  if (ownIndex === undefined || real === undefined) return {}
  const staying = real.foreignKeys.filter((other) => !gone.has(keyOf(table, other)))
  const heir = heirOf(key, staying, real, alterations.get(table), flavour)
  return heir === undefined ? {} : { heir }
}

/** Foreign keys of the same table and name are the same. */
export function keyOf(table: string, { name: key }: ForeignKey): string {
  return JSON.stringify([table, fold(key)])
}

/** The foreign key that is meant, as the database has it. */
function realKey(table: string, key: ForeignKey, { known, declared }: ForeignKeyInput): ForeignKey {
  return findReal(key, declared(table)?.foreignKeys ?? [], known.get(table)?.foreignKeys ?? [], alikeForeignKeys) ?? key
}

function isInTheWay({ table, real }: Owned, alterations: ReadonlyMap<string, Alteration>): boolean {
  const { columns, references } = real
  const [own, target] = [alterations.get(table), alterations.get(references.table)]
  return (
    (own !== undefined && changesColumns(columns, own)) ||
    (target !== undefined && (changesColumns(references.columns, target) || losesKey(references.columns, target)))
  )
}

/**
 * Whether some columns get another type, are made anew, or stop being numbered, which the servers refuse for both ends of a foreign key (errors 1832,
 * 1833 and 3780).
 */
function changesColumns(columns: readonly string[], alteration: Alteration): boolean {
  const remade = remadeColumns(alteration.changes)
  const changed = new Set(
    [...changesOf(alteration, 'setType'), ...changesOf(alteration, 'setAutoIncrement')].map(({ after }) =>
      fold(after.name),
    ),
  )
  return columns.some((column) => remade.has(fold(column)) || changed.has(fold(column)))
}
