import type { Change, ChangeKind } from '../../schema/change.ts'

/** What the plan as a whole takes care of: it is about more than one table, or about a table that comes or goes. */
const elsewhere = [
  'createObject',
  'dropObject',
  'alterEnum',
  'renameTable',
  'renameColumn',
  'createTable',
  'copyRows',
  'dropTable',
  'addForeignKey',
  'dropForeignKey',
] as const satisfies readonly ChangeKind[]

/** A change inside one table that exists already. */
export type TableChangeKind = Exclude<ChangeKind, (typeof elsewhere)[number]>
export type TableChange<Kind extends TableChangeKind = TableChangeKind> = Change<Kind>

/** Whether a change is inside one table that exists already. */
export function isTableChange(change: Change): change is TableChange {
  return !elsewhere.some((kind) => kind === change.kind)
}

/** The changes of one kind. */
export function changesOf<Kind extends TableChangeKind>(
  { changes }: { readonly changes: readonly TableChange[] },
  kind: Kind,
): readonly Extract<TableChange, { readonly kind: Kind }>[] {
  return changes.filter((change): change is Extract<TableChange, { readonly kind: Kind }> => change.kind === kind)
}
