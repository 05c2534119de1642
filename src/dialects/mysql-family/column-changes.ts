import { structuralEqual } from '../../lib/structural-equal.ts'
import type { Column } from '../../schema/schema.ts'
import type { TableChange } from '../shared/table-changes.ts'

/** The changes of a column by itself. */
const kinds = [
  'setType',
  'setNotNull',
  'dropNotNull',
  'setDefault',
  'setGenerated',
  'setAutoIncrement',
  'setColumnComment',
] as const
export type ColumnChange = TableChange<(typeof kinds)[number]>

/** Whether a change is made by saying a column again. */
export function isColumnChange(change: TableChange): change is ColumnChange {
  return kinds.some((kind) => kind === change.kind)
}

/** The name of the column that a change is about. */
export function columnOf(change: ColumnChange): string {
  return change.kind === 'setNotNull' || change.kind === 'dropNotNull' ? change.column.name : change.after.name
}

/** The changes that make one state of a column of another, as far as it is said by MODIFY. */
export function columnChanges(table: string, before: Column, after: Column): readonly ColumnChange[] {
  const differs = (part: keyof Column): boolean => !structuralEqual(before[part], after[part])
  const changes: ColumnChange[] = []
  if (differs('type') || differs('collation')) changes.push({ kind: 'setType', table, before, after })
  if (differs('generated')) changes.push({ kind: 'setGenerated', table, before, after })
  if (differs('autoIncrement')) changes.push({ kind: 'setAutoIncrement', table, before, after })
  if (differs('default')) changes.push({ kind: 'setDefault', table, before, after })
  if (before.nullable && !after.nullable) changes.push({ kind: 'setNotNull', table, column: after })
  if (!before.nullable && after.nullable) changes.push({ kind: 'dropNotNull', table, column: after })
  if (differs('comment')) changes.push({ kind: 'setColumnComment', table, before, after })
  return changes
}
