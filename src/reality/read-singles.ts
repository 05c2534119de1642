import type { Index, IndexPart, Table, Unique } from '../schema/schema.ts'
import { generatedName } from '../state/names.ts'
import type { Relations } from './read-relations.ts'

/** The indexes and uniques over one column that its field says, by column. */
export interface SingleParts {
  readonly uniques: ReadonlyMap<string, Unique>
  readonly indexes: ReadonlyMap<string, Index>
  /** The indexes that a foreign key brings along, whose names are as free as its own. */
  readonly ofForeignKeys: ReadonlySet<Index>
}

/**
 * Finds what needs no more words than an option of a field: what has no name of its own, or the one that Godwit would give it. A name that somebody
 * gave is kept, but for the index of a foreign key.
 */
export function singleParts(table: Table, relations: Relations): SingleParts {
  const uniques = new Map<string, Unique>()
  for (const unique of table.uniques) {
    const column = uniqueColumn(unique)
    if (column === undefined || isSoleKey(column, table)) continue
    if (!uniques.has(column) && hasNoNameOfItsOwn(unique, 'uniq', table, column)) uniques.set(column, unique)
  }
  const ofForeignKeys = new Set<Index>()
  const indexes = new Map<string, Index>()
  for (const index of table.indexes) {
    const column = plainColumn(index)
    if (column === undefined || index.method !== undefined || index.invalid) continue
    if (isSoleKey(column, table) || isUnique(column, table)) continue
    const isRelation = relations.of(table, column) !== undefined
    const others = [...table.uniques, ...table.indexes.filter((other) => other !== index)]
    const isAutomatic = table.primaryKey?.columns[0] !== column && !others.some((other) => leads(other, column))
    if (isRelation && isAutomatic) ofForeignKeys.add(index)
    else if (!indexes.has(column) && hasNoNameOfItsOwn(index, 'idx', table, column)) indexes.set(column, index)
  }
  return { uniques, indexes, ofForeignKeys }
}

/** Whether no two rows hold the same value in a column, by the plainest of uniques. */
export function isUnique(column: string, { uniques }: Table): boolean {
  return uniques.some((unique) => uniqueColumn(unique) === column)
}

/** Whether a column is the first of an index over all rows, so that looking it up needs no index of its own. */
export function leads(index: Unique | Index, column: string): boolean {
  const [first] = index.parts
  const isWhole = index.where === undefined && !('method' in index && index.method !== undefined)
  return isWhole && first?.expression.kind === 'column' && first.expression.name === column
}

function uniqueColumn(unique: Unique): string | undefined {
  return unique.nullsNotDistinct || unique.deferrable !== undefined ? undefined : plainColumn(unique)
}

/** The one column that is all of an index, in its usual order. */
function plainColumn({ parts, where, include }: Unique | Index): string | undefined {
  const [part, another] = parts
  if (part === undefined || another !== undefined || where !== undefined || include !== undefined) return undefined
  return isUsual(part) && part.expression.kind === 'column' ? part.expression.name : undefined
}

function isUsual({ descending, nulls, operatorClass, collation, prefix }: IndexPart): boolean {
  return [descending, nulls, operatorClass, collation, prefix].every((option) => option === undefined)
}

function isSoleKey(column: string, { primaryKey }: Table): boolean {
  return primaryKey?.columns.length === 1 && primaryKey.columns[0] === column
}

function hasNoNameOfItsOwn(
  { name, generatedName: none }: Unique | Index,
  kind: 'uniq' | 'idx',
  table: Table,
  column: string,
) {
  return none === true || name === generatedName(kind, table.name, [column])
}
