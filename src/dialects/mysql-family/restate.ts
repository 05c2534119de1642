import type { Expression } from '../../schema/expression.ts'
import type { Index, Unique } from '../../schema/schema.ts'
import { changesOf, type TableChange } from '../shared/table-changes.ts'
import { type Alteration, realCheck, realIndex, realUnique } from './alteration.ts'
import { columnsRead } from './columns-read.ts'
import { addingCheck, addingIndex, addingUnique, droppingNamedCheck, keyClauses } from './constraint-ways.ts'
import { droppingIndex } from './dropping-index.ts'
import { followingColumns, remadeColumn, remadeColumns } from './remade-columns.ts'
import type { Work } from './table-work.ts'
import { fold } from './tokens.ts'
import type { Clause } from './work.ts'

/** Works that make things again, and the renames that are made on the way. */
export interface Restated {
  readonly works: readonly Work[]
  readonly renamesDone: ReadonlySet<TableChange>
}

/**
 * What stands on columns that are dropped and added again, made again in the same statement: the server would drop it, or shrink it, or refuse.
 * What is dropped anyway is left to that.
 */
export function restated(alteration: Alteration): Restated {
  const remade = remadeColumns(alteration.changes)
  if (remade.size === 0) return { works: [], renamesDone: new Set() }
  const followers = followingColumns(alteration, remade)
  const columns = new Set([...remade, ...followers.map(({ name }) => fold(name))])
  const again = [
    ...indexesAgain(alteration, columns),
    ...uniquesAgain(alteration, columns),
    ...checksAgain(alteration, columns),
  ]
  return {
    works: [
      ...followers.map((column) => remadeColumn({ before: column, after: column, changes: [] }, alteration)),
      ...again.map(({ gone, comes, rename }) => ({
        gone: [{ ...gone, together: true as const }],
        constraints: [{ ...comes, makes: rename === undefined ? [] : [rename], together: true as const }],
      })),
      ...keyAgain(alteration, columns),
    ],
    renamesDone: new Set(again.flatMap(({ rename }) => rename ?? [])),
  }
}

interface Again {
  readonly gone: Clause
  readonly comes: Clause
  /** It comes under another name. */
  readonly rename: TableChange | undefined
}

function indexesAgain(alteration: Alteration, columns: ReadonlySet<string>): readonly Again[] {
  const dropped = changesOf(alteration, 'dropIndex').map(({ index }) => realIndex(index, alteration))
  const renames = new Map(
    changesOf(alteration, 'renameIndex').map((rename) => [realIndex(rename.before, alteration), rename]),
  )
  return alteration.real.indexes.flatMap((index) => {
    if (dropped.includes(index) || !mentions(index, columns, alteration)) return []
    const rename = renames.get(index)
    const now = { ...index, name: rename?.after.name ?? index.name }
    return [{ gone: droppingIndex(index), comes: addingIndex(now, alteration), rename }]
  })
}

function uniquesAgain(alteration: Alteration, columns: ReadonlySet<string>): readonly Again[] {
  const dropped = changesOf(alteration, 'dropUnique').map(({ unique }) => realUnique(unique, alteration))
  const renames = new Map(
    changesOf(alteration, 'renameUnique').map((rename) => [realUnique(rename.before, alteration), rename]),
  )
  return alteration.real.uniques.flatMap((unique) => {
    if (dropped.includes(unique) || !mentions(unique, columns, alteration)) return []
    const rename = renames.get(unique)
    const now = { ...unique, name: rename?.after.name ?? unique.name }
    return [{ gone: droppingIndex(unique), comes: addingUnique(now, alteration), rename }]
  })
}

function checksAgain(alteration: Alteration, columns: ReadonlySet<string>): readonly Again[] {
  const handled = [
    ...changesOf(alteration, 'dropCheck').map(({ check }) => realCheck(check, alteration)),
    ...changesOf(alteration, 'renameCheck').map(({ before }) => realCheck(before, alteration)),
  ]
  return alteration.real.checks.flatMap((check) =>
    check.ofColumn === undefined && !handled.includes(check) && reads(check.expression, columns, alteration)
      ? [{ gone: droppingNamedCheck(check.name), comes: addingCheck(check, alteration), rename: undefined }]
      : [],
  )
}

function keyAgain(alteration: Alteration, columns: ReadonlySet<string>): readonly Work[] {
  const key = alteration.real.primaryKey?.columns
  const isChanged = changesOf(alteration, 'setPrimaryKey').length > 0
  if (key === undefined || isChanged || !key.some((column) => columns.has(fold(column)))) return []
  return [{ constraints: keyClauses(key, key, []) }]
}

function mentions({ parts }: Index | Unique, columns: ReadonlySet<string>, alteration: Alteration): boolean {
  return parts.some(({ expression }) => reads(expression, columns, alteration))
}

function reads(expression: Expression, columns: ReadonlySet<string>, { flavour }: Alteration): boolean {
  return !columns.isDisjointFrom(columnsRead(expression, flavour))
}
