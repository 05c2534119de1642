import type { Change, ChangeKind } from '../../schema/change.ts'
import type { OtherObject, Table } from '../../schema/schema.ts'
import type { SqliteCapabilities } from './capabilities.ts'
import type { IndexNames } from './index-names.ts'

/** A change inside one table that exists already. */
export type TableChangeKind = Exclude<
  ChangeKind,
  'renameTable' | 'renameColumn' | 'createTable' | 'copyRows' | 'dropTable'
>
export type TableChange<Kind extends TableChangeKind = TableChangeKind> = Change<Kind>

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
  /** The triggers on the table. */
  readonly triggers: readonly OtherObject[]
  readonly capabilities: SqliteCapabilities
  readonly names: IndexNames
}

/** The changes of one kind. */
export function changesOf<Kind extends TableChangeKind>(
  { changes }: Pick<Alteration, 'changes'>,
  kind: Kind,
): readonly Extract<TableChange, { readonly kind: Kind }>[] {
  return changes.filter((change): change is Extract<TableChange, { readonly kind: Kind }> => change.kind === kind)
}
