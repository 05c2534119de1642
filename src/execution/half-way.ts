import { fail } from '../errors/error.ts'
import { forwardsPlan, type Graph } from '../history/graph.ts'
import { keyOfMigration } from '../history/migration.ts'
import type { PlannedMigration } from '../history/plan.ts'
import type { Recorder } from '../history/recorder.ts'
import { createResumePoints } from '../history/resume-point.ts'
import type { Session } from '../schema/dialect.ts'

/**
 * Refuses to unapply what a migration stands on that is half-way: the steps that are done, and the batches of a backfill, would count as done when it
 * is applied again.
 *
 * @throws execution.halfWay
 */
export async function refuseBelowHalfWay(
  steps: readonly PlannedMigration[],
  { graph, recorder, session }: { readonly graph: Graph; readonly recorder: Recorder; readonly session: Session },
): Promise<void> {
  const unapplied = steps.filter(({ direction }) => direction === 'backwards')
  const leaving = new Set(unapplied.map(({ migration }) => keyOfMigration(migration)))
  if (leaving.size === 0) return
  for (const key of await recorder.halfWay()) {
    if (leaving.has(key) || forwardsPlan(graph, [key]).every((below) => !leaving.has(below))) continue
    const entry = await recorder.readJournal(key)
    if (entry === undefined) continue
    const { direction, position } = entry
    // Begun and nothing done, it begins again.
    if (position === 0 && !(await createResumePoints(session).exists(key))) continue
    fail('execution.halfWay', { migration: key, direction, wanted: 'backwards', position })
  }
}
