import type { Field } from '../fields/field.ts'
import type { CheckDeclaration, ConstraintDeclaration, IndexDeclaration, ModelOptions } from '../models/declarations.ts'
import type { HistoricalModels } from '../query/query-set.ts'
import type { Expression, SqlText } from '../schema/expression.ts'
import type { Collation } from '../schema/schema.ts'
import type { Value } from '../schema/value.ts'
import type { Batched } from './batch-work.ts'
import type { OperationDefinition } from './operation-definition.ts'

export interface CreateModel {
  readonly kind: 'createModel'
  readonly name: string
  /** By name, in order; an implicit `id` is written out. */
  readonly fields: { readonly [name: string]: Field }
  readonly options?: ModelOptions
}

export interface DeleteModel {
  readonly kind: 'deleteModel'
  readonly name: string
}

export interface RenameModel {
  readonly kind: 'renameModel'
  readonly from: string
  readonly to: string
}

/** Stands in a migration of the app that the model moves to. */
export interface MoveModel {
  readonly kind: 'moveModel'
  /** `app.Model`, as it was. */
  readonly model: string
}

export interface AlterModelTable {
  readonly kind: 'alterModelTable'
  readonly name: string
  /** Absent: the default name. */
  readonly table?: string
  /** Absent: the connection's own schema. */
  readonly schema?: string
}

export interface AlterModelTableComment {
  readonly kind: 'alterModelTableComment'
  readonly name: string
  readonly comment?: string
}

/** Replaces `managed` and `primaryKey`; absent ones go back to their default. */
export interface AlterModelOptions {
  readonly kind: 'alterModelOptions'
  readonly name: string
  readonly options: Pick<ModelOptions, 'managed' | 'primaryKey'>
}

export interface AddField {
  readonly kind: 'addField'
  readonly model: string
  readonly name: string
  readonly field: Field
  /** The one-off value for rows that exist already. It is no default. */
  readonly fillExisting?: Value
  /** A relation of the model to the same target: what it pairs, this one pairs too. One of the two is a many-to-many. */
  readonly copyFrom?: string
}

export interface RemoveField {
  readonly kind: 'removeField'
  readonly model: string
  readonly name: string
  /** What rows get when the migration is unapplied and the field is NOT NULL without a default. */
  readonly fillRestored?: Value
  /** A relation of the model to the same target: what it pairs by then, this one pairs again when the migration is unapplied. */
  readonly restoreFrom?: string
}

export interface AlterField {
  readonly kind: 'alterField'
  readonly model: string
  readonly name: string
  readonly field: Field
  /** Replaces the NULLs when the field becomes NOT NULL. */
  readonly fillExisting?: Value
  /** Replaces the NULLs when unapplying makes the field NOT NULL again. */
  readonly fillRestored?: Value
  /** The new value of the old, over columns, where the database needs to be told; `castRestored` for the way back. */
  readonly cast?: Expression
  readonly castRestored?: Expression
}

export interface RenameField {
  readonly kind: 'renameField'
  readonly model: string
  readonly from: string
  readonly to: string
}

export interface AddIndex {
  readonly kind: 'addIndex'
  readonly model: string
  readonly index: IndexDeclaration
}

/** Holds the whole index, so that a reader sees what goes; it must be in the State as written here. */
export interface RemoveIndex {
  readonly kind: 'removeIndex'
  readonly model: string
  readonly index: IndexDeclaration
}

export interface RenameIndex {
  readonly kind: 'renameIndex'
  readonly model: string
  /** The index as it is, with its old name if it has one. */
  readonly index: IndexDeclaration
  /** Absent: a generated name. */
  readonly name?: string
}

export interface AddConstraint {
  readonly kind: 'addConstraint'
  readonly model: string
  readonly constraint: ConstraintDeclaration
}

export interface RemoveConstraint {
  readonly kind: 'removeConstraint'
  readonly model: string
  readonly constraint: ConstraintDeclaration
}

/** Replaces the constraint of this name; the new one may have another name or content. */
export interface AlterConstraint {
  readonly kind: 'alterConstraint'
  readonly model: string
  readonly name: string
  readonly constraint: ConstraintDeclaration
}

/** Adds an index without keeping writers waiting. */
export interface AddIndexConcurrently {
  readonly kind: 'addIndexConcurrently'
  readonly model: string
  readonly index: IndexDeclaration
}

export interface RemoveIndexConcurrently {
  readonly kind: 'removeIndexConcurrently'
  readonly model: string
  readonly index: IndexDeclaration
}

/** Adds a check that looks at no row that is there. */
export interface AddConstraintNotValid {
  readonly kind: 'addConstraintNotValid'
  readonly model: string
  readonly constraint: CheckDeclaration
}

/** Looks at the rows that a check has not looked at yet. */
export interface ValidateConstraint {
  readonly kind: 'validateConstraint'
  readonly model: string
  readonly name: string
}

export interface CreateEnum {
  readonly kind: 'createEnum'
  readonly name: string
  readonly values: readonly string[]
}

/** Replaces the values, whole. */
export interface AlterEnum {
  readonly kind: 'alterEnum'
  readonly name: string
  readonly values: readonly string[]
}

/** Holds the values, so that a reader sees what goes. */
export interface DeleteEnum {
  readonly kind: 'deleteEnum'
  readonly name: string
  readonly values: readonly string[]
}

export interface CreateExtension {
  readonly kind: 'createExtension'
  readonly name: string
}

export interface DeleteExtension {
  readonly kind: 'deleteExtension'
  readonly name: string
}

export interface CreateCollation {
  readonly kind: 'createCollation'
  readonly name: string
  /** Absent: `icu`. */
  readonly provider?: Collation['provider']
  readonly locale: string
  /** `false`: texts of different bytes can be equal. */
  readonly deterministic?: false
}

export interface DeleteCollation {
  readonly kind: 'deleteCollation'
  readonly name: string
}

/** One statement, or a text of several; with parameters it is one statement, with `?` where they go. */
export interface SqlStatement {
  readonly sql: string
  readonly parameters?: readonly Value[]
}

/** SQL for every database, or by kind of database. An empty list does nothing and is reversible. */
export type SqlSource =
  | string
  | readonly (string | SqlStatement)[]
  | { readonly [database: string]: string | readonly (string | SqlStatement)[] }

export interface RunSql {
  readonly kind: 'runSql'
  readonly forwards: SqlSource
  /** Absent: irreversible. */
  readonly backwards?: SqlSource
  /** What the SQL does to the models, so that the State keeps up. */
  readonly stateOperations?: readonly Operation[]
  /** A query that answers with a row when the forwards SQL has taken effect already: read after a crash outside a transaction. */
  readonly done?: SqlText
  /** The databases of the config that it is for. Default: those in which its app lives. */
  readonly databases?: readonly string[]
  readonly elidable?: true
}

/** What a code step is handed. `Models`: what the fields of the models are that the step declares. */
export interface CodeContext<Models = unknown> {
  /** The models that the step declares, as they are right before it: at that point of history, never today's. */
  readonly models: HistoricalModels<Models>
  /** Kysely over the tables of that point of history, inside the migration's transaction: for everything that the models have no word for. */
  // biome-ignore lint/suspicious/noExplicitAny: the tables of that point of history are known to the step, not here.
  readonly db: import('kysely').Kysely<any>
  /** Says something to the person who runs the migration. */
  log(message: string): void
  /** Tells that person how far the step has come: how many rows are done, and about how many there are, where that is known. */
  progress(done: number, total?: number): void
}

export type CodeStep<Models = unknown> = (context: CodeContext<Models>) => Promise<void> | void

export interface RunCode {
  readonly kind: 'runCode'
  /**
   * The models that the code reads or writes, by the names that it has for them: `app.Model`, or `Model` of the same app; those that it only reaches over
   * a relation among them. Merge and squash take the code to read nothing else; without them, to read anything.
   */
  readonly models?: { readonly [local: string]: string }
  readonly forwards: CodeStep
  /** Absent: irreversible. */
  readonly backwards?: CodeStep
  /** `false`: runs outside the migration's transaction, in a migration that is not atomic either, and must bear being run again. */
  readonly atomic?: false
  /** The databases of the config that it is for. Default: those in which its `models` live, or, if it names none, its app. */
  readonly databases?: readonly string[]
  readonly elidable?: true
  /** One line for `--plan`. */
  readonly description?: string
}

export interface SeparateDatabaseAndState {
  readonly kind: 'separateDatabaseAndState'
  readonly databaseOperations: readonly Operation[]
  readonly stateOperations: readonly Operation[]
}

/** An operation of the user's own: data, and the definition that interprets it. */
export interface CustomOperation {
  readonly kind: 'custom'
  /** A name for messages and checksums: `acme.auditTable`. */
  readonly type: string
  readonly data?: { readonly [key: string]: unknown }
  readonly definition: OperationDefinition<CustomOperation> & {
    /** Database work of its own, run inside the migration's transaction. Absent: only the State changes. */
    readonly forwards?: CodeStep
    readonly backwards?: CodeStep
  }
}

/** Every kind of operation. The table of definitions is total over it. */
export interface Operations {
  createModel: CreateModel
  deleteModel: DeleteModel
  renameModel: RenameModel
  moveModel: MoveModel
  alterModelTable: AlterModelTable
  alterModelTableComment: AlterModelTableComment
  alterModelOptions: AlterModelOptions
  addField: AddField
  removeField: RemoveField
  alterField: AlterField
  renameField: RenameField
  addIndex: AddIndex
  removeIndex: RemoveIndex
  renameIndex: RenameIndex
  addConstraint: AddConstraint
  removeConstraint: RemoveConstraint
  alterConstraint: AlterConstraint
  addIndexConcurrently: AddIndexConcurrently
  removeIndexConcurrently: RemoveIndexConcurrently
  addConstraintNotValid: AddConstraintNotValid
  validateConstraint: ValidateConstraint
  createEnum: CreateEnum
  alterEnum: AlterEnum
  deleteEnum: DeleteEnum
  createExtension: CreateExtension
  deleteExtension: DeleteExtension
  createCollation: CreateCollation
  deleteCollation: DeleteCollation
  runSql: RunSql
  runCode: RunCode
  batched: Batched
  separateDatabaseAndState: SeparateDatabaseAndState
  custom: CustomOperation
}

export type OperationKind = keyof Operations
export type Operation = Operations[OperationKind]
