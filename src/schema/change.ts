import type { Expression } from './expression.ts'
import type {
  Check,
  Column,
  EnumType,
  Exclusion,
  ForeignKey,
  Index,
  PrimaryKey,
  SchemaObject,
  Table,
  Unique,
} from './schema.ts'
import type { Value } from './value.ts'

/**
 * One difference between two Schemas, as plain data. The list that `diff` returns is in an order in which the changes can be made; each names
 * tables and columns as they are called at its moment: renames come first, so everything after them uses the new names.
 */
export interface Changes {
  createObject: { readonly object: SchemaObject }
  dropObject: { readonly object: SchemaObject }
  /**
   * Values come, go or change their order; every column of the type stays of the type. `anew`: what follows in the transaction may use the values that
   * come, which a type that is merely added to does not allow everywhere, so that it has to be made anew.
   */
  alterEnum: { readonly before: EnumType; readonly after: EnumType; readonly anew?: true }
  renameTable: { readonly from: string; readonly to: string }
  renameColumn: { readonly table: string; readonly from: string; readonly to: string }
  /** Columns, primary key, uniques and checks; indexes and foreign keys follow as changes of their own. */
  createTable: { readonly table: Table }
  /** Copies rows of one table to another. `onlyNew`: each combination once, none with a NULL, and none that is there already. */
  copyRows: {
    readonly from: string
    readonly to: string
    readonly columns: readonly { readonly from: string; readonly to: string }[]
    readonly onlyNew?: true
  }
  dropTable: { readonly table: Table }
  /** `fill` is the one-off value for rows that exist already. */
  addColumn: { readonly table: string; readonly column: Column; readonly fill?: Fill }
  dropColumn: { readonly table: string; readonly column: Column }
  /** `cast` is the expression that makes the new value of the old, where the server needs one. */
  setType: { readonly table: string; readonly before: Column; readonly after: Column; readonly cast?: Expression }
  /** `fill` replaces the NULLs that are there. */
  setNotNull: { readonly table: string; readonly column: Column; readonly fill?: Fill }
  dropNotNull: { readonly table: string; readonly column: Column }
  setDefault: { readonly table: string; readonly before: Column; readonly after: Column }
  setGenerated: { readonly table: string; readonly before: Column; readonly after: Column }
  setAutoIncrement: { readonly table: string; readonly before: Column; readonly after: Column }
  setColumnComment: { readonly table: string; readonly before: Column; readonly after: Column }
  setTableComment: { readonly table: string; readonly before?: string; readonly after?: string }
  setPrimaryKey: { readonly table: string; readonly before?: PrimaryKey; readonly after?: PrimaryKey }
  addUnique: { readonly table: string; readonly unique: Unique }
  dropUnique: { readonly table: string; readonly unique: Unique }
  renameUnique: { readonly table: string; readonly before: Unique; readonly after: Unique }
  addCheck: { readonly table: string; readonly check: Check }
  dropCheck: { readonly table: string; readonly check: Check }
  renameCheck: { readonly table: string; readonly before: Check; readonly after: Check }
  /** Looks at the rows that a check has not looked at yet. */
  validateCheck: { readonly table: string; readonly check: Check }
  addExclusion: { readonly table: string; readonly exclusion: Exclusion }
  dropExclusion: { readonly table: string; readonly exclusion: Exclusion }
  renameExclusion: { readonly table: string; readonly before: Exclusion; readonly after: Exclusion }
  /** `concurrently`: writers are not kept waiting, and it can be part of no transaction, where the database knows the difference. */
  addIndex: { readonly table: string; readonly index: Index; readonly concurrently?: true }
  dropIndex: { readonly table: string; readonly index: Index; readonly concurrently?: true }
  renameIndex: { readonly table: string; readonly before: Index; readonly after: Index }
  addForeignKey: { readonly table: string; readonly foreignKey: ForeignKey }
  dropForeignKey: { readonly table: string; readonly foreignKey: ForeignKey }
}

export type ChangeKind = keyof Changes

/** One difference of a given kind, or of any. */
export type Change<Kind extends ChangeKind = ChangeKind> = {
  [K in Kind]: { readonly kind: K } & Changes[K]
}[Kind]

/** What existing rows get: one literal for all, an expression over the row, or what another table holds beside the row's key. */
export type Fill = { readonly value: Value } | { readonly expression: Expression } | { readonly lookUp: LookUp }

/** The one value that `table` holds beside the key of a row: `key` is the column with the key there, and `of` the key's own column. */
export interface LookUp {
  readonly table: string
  readonly key: string
  readonly value: string
  readonly of: string
}

/** A change of an object that is no table. */
export type ObjectChange = Change<'createObject' | 'dropObject' | 'alterEnum'>

/** Whether a change is about an object that is no table. */
export function isObjectChange(change: Change): change is ObjectChange {
  return change.kind === 'createObject' || change.kind === 'dropObject' || change.kind === 'alterEnum'
}

/** The table a change is about, by the name that it has after the change; undefined for what is about no table. */
export function tableOf(change: Exclude<Change, ObjectChange>): string
export function tableOf(change: Change): string | undefined
export function tableOf(change: Change): string | undefined {
  switch (change.kind) {
    case 'createObject':
    case 'dropObject':
    case 'alterEnum':
      return undefined
    case 'renameTable':
    case 'copyRows':
      return change.to
    case 'createTable':
    case 'dropTable':
      return change.table.name
    default:
      return change.table
  }
}
