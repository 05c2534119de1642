import type { Direction } from '../execution/plan-migration.ts'
import type { MigrationKey } from '../history/migration.ts'

/** What can be wrong with a migration that no file shows. */
export type FindingKind =
  /** It has no way back. */
  | 'irreversible'
  /** A step of SQL or code does something else, or fails, when it meets what it has done. */
  | 'notIdempotent'
  /** Rows that were there are not there once it is applied and unapplied. */
  | 'losesRows'
  /** Rows that it adds are there still once it is unapplied. */
  | 'leavesRows'
  /** Values are others once it is applied and unapplied. */
  | 'losesValues'
  /** Rows or values go because an operation says so: it removes their model or their field. */
  | 'declaredLoss'
  /** It fails over rows. */
  | 'failsOnRows'
  /** It fails over empty tables as well. */
  | 'fails'
  /** The database is not what the operations say. */
  | 'schemaDiffers'
  /** The models are not what all migrations come to. */
  | 'modelsDiffer'
  /** No rows could be made for a table. */
  | 'noRows'
  /** It was not tried. */
  | 'notVerified'

/** `error`: mend it. `warning`: it may be meant so. `note`: nothing is wrong. */
export type Severity = 'error' | 'warning' | 'note'

/** One thing that was found, as data. */
export interface Finding {
  readonly kind: FindingKind
  readonly severity: Severity
  /** Absent where it is about all of them. */
  readonly migration?: MigrationKey
  /** In words: `Remove field slug from Post`; absent where it is about no single one. */
  readonly operation?: string
  /** On which way it showed. */
  readonly direction?: Direction
  readonly table?: string
  readonly column?: string
  /** One sentence. */
  readonly text: string
}
