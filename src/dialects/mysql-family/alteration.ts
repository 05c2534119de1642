import type { Check, Column, ForeignKey, Index, Table, Unique } from '../../schema/schema.ts'
import { findReal } from '../shared/pair-with-real.ts'
import type { TableChange } from '../shared/table-changes.ts'
import type { TableTraits } from './alter-variant.ts'
import type { Owned } from './foreign-keys.ts'
import { isHashed } from './hashed.ts'
import { alikeChecks, alikeIndexes } from './match.ts'
import type { ObjectNames } from './object-names.ts'
import { fold } from './tokens.ts'
import type { Flavour } from './variant.ts'

/** All that happens to one table in a plan, and what must be known of it. All names are those after the plan's renames. */
export interface Alteration {
  readonly table: string
  readonly changes: readonly TableChange[]
  /** As declared before. */
  readonly before: Table
  /** As the database has it; the declared one where there is no database to ask. */
  readonly real: Table
  /** As declared afterwards. */
  readonly after: Table
  /** Foreign keys of the table that go in the statement that alters it. */
  readonly goingKeys: readonly Owned[]
  /** Foreign keys that come in it. */
  readonly comingKeys: readonly ForeignKey[]
  /** Foreign keys of the table that are there all along, so that they need an index all along. */
  readonly stayingKeys: readonly ForeignKey[]
  /** The names of indexes that may go only together with what comes in their place. */
  readonly waitingDrops: ReadonlySet<string>
  readonly flavour: Flavour
  readonly names: ObjectNames
}

/** The check that is meant, as the database has it. What was taken from there is meant as it is. */
export function realCheck(check: Check, { before, real, flavour }: Alteration): Check {
  if (real.checks.includes(check)) return check
  return findReal(check, before.checks, real.checks, alikeChecks(flavour)) ?? check
}

/** The index that is meant, as the database has it. */
export function realIndex(index: Index, { before, real, flavour }: Alteration): Index {
  if (real.indexes.includes(index)) return index
  return findReal(index, before.indexes, real.indexes, alikeIndexes(flavour)) ?? index
}

/** The unique that is meant, as the database has it. */
export function realUnique(unique: Unique, { before, real, flavour }: Alteration): Unique {
  if (real.uniques.includes(unique)) return unique
  return findReal(unique, before.uniques, real.uniques, alikeIndexes(flavour)) ?? unique
}

/** The column of a table by a name, whatever its case. */
export function columnNamed({ columns }: Table, name: string): Column | undefined {
  const folded = fold(name)
  return columns.find((column) => fold(column.name) === folded)
}

/** What of a table decides what its changes cost: as it is, and as it comes to be. */
export function traitsOf(now: readonly Table[], later: readonly Table[], { variant }: Flavour): TableTraits {
  const states = [...now, ...later]
  const isStored = states.flatMap(({ columns }) => columns.flatMap(({ generated }) => generated?.stored ?? []))
  const keys = states.flatMap(({ foreignKeys }) => foreignKeys)
  const changesRows = (action: ForeignKey['onDelete']): boolean => action !== 'noAction' && action !== 'restrict'
  return {
    hasVirtual: isStored.includes(false),
    hasIndexedVirtual: now.some(hasIndexedVirtual),
    hasStored: isStored.includes(true),
    hasCascades: keys.some(({ onDelete, onUpdate }) => changesRows(onDelete) || changesRows(onUpdate)),
    hasExpressionIndexes: now.some(({ indexes, uniques }) =>
      [...indexes, ...uniques].some(({ parts }) => !isOverColumns(parts)),
    ),
    hasFulltext: now.some(({ indexes }) => indexes.some(({ method }) => method === 'fulltext')),
    hashes: variant.types.uniqueText ? Math.max(0, ...now.map(hashesOf)) : 0,
  }
}

function hasIndexedVirtual({ columns, indexes, uniques }: Table): boolean {
  const virtual = new Set(columns.filter(({ generated }) => generated?.stored === false).map(({ name }) => fold(name)))
  return [...indexes, ...uniques].some(({ parts }) =>
    parts.some(({ expression }) => expression.kind === 'column' && virtual.has(fold(expression.name))),
  )
}

/** Whether the parts of an index are columns, all of them. */
export function isOverColumns(parts: Index['parts']): boolean {
  return parts.every(({ expression }) => expression.kind === 'column')
}

function hashesOf(table: Table): number {
  return table.uniques.filter((unique) => isHashed(unique, table)).length
}
