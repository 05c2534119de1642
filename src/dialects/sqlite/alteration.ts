import type { Change, ChangeKind } from '../../schema/change.ts'
import type { OtherObject, Table } from '../../schema/schema.ts'
import type { SqliteCapabilities } from './capabilities.ts'
import type { IndexNames } from './index-names.ts'

/** A change inside one table that exists already, of those that SQLite can be asked for. */
export type TableChangeKind = Exclude<ChangeKind, UnknownChangeKind | (typeof wholeTables)[number]>
export type TableChange<Kind extends TableChangeKind = TableChangeKind> = Change<Kind>

const wholeTables = ['renameTable', 'renameColumn', 'createTable', 'copyRows', 'dropTable'] as const

/** What SQLite has no such thing as: projection refuses it or leaves it out, so no plan holds it. */
const unknown = [
  'createObject',
  'dropObject',
  'alterEnum',
  'validateCheck',
  'addExclusion',
  'dropExclusion',
  'renameExclusion',
] as const

export type UnknownChangeKind = (typeof unknown)[number]

/** A change of a kind that SQLite knows. */
export type KnownChange = Exclude<Change, { readonly kind: UnknownChangeKind }>

/** Whether a change is inside one table that exists already. */
export function isTableChange(change: Change): change is TableChange {
  return ![...wholeTables, ...unknown].some((kind) => kind === change.kind)
}

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
