import type { Batched, BatchWork } from '../operations/batch-work.ts'
import type { CodeStep, Operation, RunSql, SqlStatement } from '../operations/operation.ts'
import type { Change } from '../schema/change.ts'
import type { Intent } from '../schema/intent.ts'
import type { Schema } from '../schema/schema.ts'
import type { ProjectState } from '../state/project-state.ts'

/** One piece of a migration's work in one direction, as data: decided, not yet done. */
export type Unit = SchemaUnit | SqlUnit | CodeUnit | BatchedUnit

/** A run of schema operations, planned as one. */
export interface SchemaUnit {
  readonly kind: 'schema'
  readonly operations: readonly Operation[]
  /** Only the tables that differ. */
  readonly before: Schema
  readonly after: Schema
  readonly changes: readonly Change[]
  /** What the operations want for the database in this direction, from which the changes were made. */
  readonly intents: readonly Intent[]
  /** Its statements can be part of no transaction. */
  readonly outsideTransaction: boolean
}

/** SQL of the user's own. */
export interface SqlUnit {
  readonly kind: 'sql'
  readonly operation: RunSql
  readonly statements: readonly SqlStatement[]
  /** Answers with a row when the SQL took effect already; only forwards. */
  readonly done?: string
}

/** Code of the user's own. */
export interface CodeUnit {
  readonly kind: 'code'
  readonly operation: Operation
  readonly step: CodeStep
  /** The models that the step declares: `app.Model` by the names that it has for them. */
  readonly models: { readonly [local: string]: string }
  /** The models at that point of history: as they are when the step begins, in either direction. */
  readonly state: ProjectState
  /** Wants no transaction around it and bears being run again. */
  readonly outsideTransaction: boolean
}

/** Work on the rows of a model, in transactions of its own: never part of another one. */
export interface BatchedUnit {
  readonly kind: 'batched'
  readonly operation: Batched
  readonly work: BatchWork
  /** `app.Model`, in the State. */
  readonly model: string
  /** Further models that the code declares: `app.Model` by the names that it has for them. */
  readonly models: { readonly [local: string]: string }
  /** The models at that point of history. */
  readonly state: ProjectState
}

/**
 * Whether a unit of a migration that is not atomic commits by itself. Such units are journalled before they start: only they can be under way when a
 * process dies.
 */
export function runsOutsideTransaction(unit: Unit): boolean {
  return unit.kind === 'sql' || (unit.kind !== 'batched' && unit.outsideTransaction)
}
