import { applyChanges } from './apply-changes.ts'
import { formerNames, inFormerNames } from './before-renames.ts'
import type { Change } from './change.ts'
import type { Schema } from './schema.ts'

/** A rename of a table or column. */
export type Rename = Change<'renameTable' | 'renameColumn'>

export function isRename(change: Change): change is Rename {
  return change.kind === 'renameTable' || change.kind === 'renameColumn'
}

/**
 * Changes in the names that hold before earlier lists of renames, so that their prechecks can be asked before those. Undefined where raw SQL hides which
 * columns a change speaks of.
 */
export function changesBeforeRenames(
  changes: readonly Change[],
  renames: readonly (readonly Rename[])[],
): readonly Change[] | undefined {
  return renames.toReversed().reduce((here: readonly Change[] | undefined, list) => {
    const former = formerNames(list)
    const known = here?.flatMap((change) => (isHidden(change) ? [] : (inFormerNames(change, former) ?? [])))
    return known?.length === here?.length ? known : undefined
  }, changes)
}

/** A cast may name any column of the row. */
function isHidden(change: Change): boolean {
  return change.kind === 'setType' && change.cast !== undefined
}

/** Those tables of a Schema in the names that hold before earlier lists of renames. */
export function schemaBeforeRenames(schema: Schema, renames: readonly (readonly Rename[])[]): Schema {
  return renames
    .flat()
    .toReversed()
    .reduce((here, rename) => {
      const { from, to } = rename
      const table = rename.kind === 'renameTable' ? to : rename.table
      return here.tables.has(table) ? applyChanges(here, [{ ...rename, from: to, to: from }]) : here
    }, schema)
}

/** Whether tables or columns that a change of the list makes have a name that something else had before the renames: then names tell nothing. */
export function takesFormerName(
  tables: Iterable<string>,
  changes: readonly Change[],
  renames: readonly (readonly Rename[])[],
): boolean {
  const formerTables = new Set(renames.flat().flatMap(({ kind, from }) => (kind === 'renameTable' ? [from] : [])))
  const formerColumns = new Set(renames.flat().flatMap(({ kind, from }) => (kind === 'renameColumn' ? [from] : [])))
  const made = changes.flatMap((change) => {
    if (change.kind === 'addColumn') return [change.column.name]
    return change.kind === 'renameColumn' ? [change.to] : []
  })
  return [...tables].some((table) => formerTables.has(table)) || made.some((column) => formerColumns.has(column))
}
