import type { MigrationKey } from './migration.ts'

/** Something about a history that somebody should know of, as data. */
export interface HistoryFinding {
  readonly kind: 'edited' | 'missing' | 'foreignApp' | 'renamed' | 'renamedApp' | 'sameNumber' | 'copied' | 'outOfOrder'
  /** `stop`: `migrate` refuses to go on; `warning`: it tells; `note`: all may be well. */
  readonly severity: 'stop' | 'warning' | 'note'
  readonly app: string
  readonly migrations: readonly MigrationKey[]
  /** The file that it is about, in full. */
  readonly file?: string
  /** More lines: what was edited, what was done. */
  readonly details?: readonly string[]
  /** One sentence. */
  readonly text: string
  /** What to do. */
  readonly fix: string
}
