import type { CodeStep, Operation, RunCode, RunSql, SqlStatement } from '../operations/operation.ts'
import type { Change } from '../schema/change.ts'
import type { Schema } from '../schema/schema.ts'

/** One piece of a migration's work in one direction, as data: decided, not yet done. */
export type Unit = SchemaUnit | SqlUnit | CodeUnit

/** A run of schema operations, planned as one. */
export interface SchemaUnit {
  readonly kind: 'schema'
  readonly operations: readonly Operation[]
  /** Only the tables that differ. */
  readonly before: Schema
  readonly after: Schema
  readonly changes: readonly Change[]
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
  /** Wants no transaction around it and bears being run again. */
  readonly outsideTransaction: boolean
  readonly template?: RunCode['template']
}

/**
 * Whether a unit of a migration that is not atomic commits by itself. Such units are journalled before they start: only they can be under way when a
 * process dies.
 */
export function runsOutsideTransaction(unit: Unit): boolean {
  return unit.kind === 'sql' || unit.outsideTransaction
}
