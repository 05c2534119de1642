import type { Operation } from '../operations/operation.ts'
import type { OpenQuestions } from './ask.ts'

/**
 * In which migration of its app an operation goes: `together` with all others; before them, where it adds values to `enums` that they may use; or, for
 * the safe three steps, after them in one of its own: first the `backfill`, then what `tightens` the column.
 */
export type Stage = 'enums' | 'together' | 'backfill' | 'tighten'

/** An operation, where it goes, and what must come before it. Operations of one app stand in the order in which they must run. */
export interface DetectedOperation {
  readonly app: string
  readonly operation: Operation
  /** Its place in the order of all operations, which is one in which they can be carried out. */
  readonly position: number
  readonly stage: Stage
  /** Operations of other apps that must come first, by position. */
  readonly waitsFor: readonly number[]
  /** Other apps whose migrations up to now must come first. */
  readonly requires: readonly string[]
  /** A fragment for the migration's name, where the operation has none of its own. */
  readonly fragment?: string
}

/** Something the person has to do beside committing the migration. */
export interface Notice {
  /** The answer was "nullable after all": the model must say `null: true` too, or the next detection asks again. */
  readonly kind: 'makeNullable'
  readonly model: string
  readonly field: string
}

/** What was detected: the operations, in order. */
export interface DetectedOperations {
  readonly kind: 'operations'
  readonly operations: readonly DetectedOperation[]
  readonly byApp: ReadonlyMap<string, readonly DetectedOperation[]>
  readonly notices: readonly Notice[]
  /** The keys of the answers that were asked for. */
  readonly used: ReadonlySet<string>
}

/** The outcome of one round of detection: operations, or the questions that are open before there can be any. */
export type Detection = DetectedOperations | OpenQuestions
