import type { Migration } from '../../history/migration.ts'
import type { FindingId, Severity } from './finding-kinds.ts'

/** Something that is wrong with a project, or that somebody should know of, as data. */
export interface Finding {
  readonly id: FindingId
  readonly severity: Severity
  readonly app?: string
  /** The name of the migration that it is about. */
  readonly migration?: string
  /** From the root of the work tree, with slashes. */
  readonly file?: string
  /** From 1, and only where the place is known. */
  readonly line?: number
  readonly column?: number
  /** One sentence, which may have a list below it. */
  readonly message: string
  /** What to do about it. */
  readonly fix: string
}

/** A finding before its place is looked up. */
export interface Found extends Pick<Finding, 'id' | 'severity' | 'message' | 'fix'> {
  readonly app?: string
  readonly migration?: string
  /** The migration whose file is to blame, and which of its operations. */
  readonly source?: Migration
  readonly operation?: number
  /** Another file that is to blame, in full. */
  readonly file?: string
  readonly line?: number
  readonly column?: number
  /** The model of that file that it is about. */
  readonly model?: string
}
