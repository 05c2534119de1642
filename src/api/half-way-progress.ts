import type { Direction } from '../execution/plan-migration.ts'
import type { JournalEntry } from '../history/journal.ts'

/** How far a migration has come that an earlier run has left half-way. */
export interface HalfWayProgress {
  /** Where the run was going that was stopped; from a plan, where it would go now. */
  readonly direction: Direction
  /** Steps that are done, of all that are known: statements where the server commits some by themselves, elsewhere larger pieces. */
  readonly done: number
  /** Absent where an earlier build of Godwit wrote the journal. */
  readonly total?: number
}

export function halfWayProgress({ direction, position, progress }: JournalEntry): HalfWayProgress {
  return progress === undefined ? { direction, done: position } : { direction, ...progress }
}
