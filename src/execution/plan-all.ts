import { fullOrder, type Graph } from '../history/graph.ts'
import { keyOfMigration, type MigrationKey } from '../history/migration.ts'
import type { PlannedMigration as ChosenMigration } from '../history/plan.ts'
import { applyMigration } from '../history/replay.ts'
import type { Dialect } from '../schema/dialect.ts'
import { emptyState, type ProjectState } from '../state/project-state.ts'
import { type PlannedMigration, planMigration } from './plan-migration.ts'

/**
 * Every step of the plan with the State that it builds on. Forwards each builds on all that is applied by then; backwards the States are those of
 * a replay in which what is to be unapplied comes last, in the opposite order.
 *
 * Throws `execution.irreversible` for what has no way back.
 */
export function planAll(
  graph: Graph,
  applied: ReadonlySet<MigrationKey>,
  steps: readonly ChosenMigration[],
  dialect: Dialect,
): readonly PlannedMigration[] {
  const unapplied = steps.filter((step) => step.direction === 'backwards').map((step) => step.migration)
  const leaving = new Set(unapplied.map(keyOfMigration))
  let state = fullOrder(graph)
    .flatMap((key) => (applied.has(key) && !leaving.has(key) ? (graph.migrations.get(key) ?? []) : []))
    .reduce<ProjectState>((before, migration) => applyMigration(before, migration), emptyState)

  if (unapplied.length > 0) {
    const plans = unapplied.toReversed().map((migration) => {
      const planned = planMigration({ migration, before: state, direction: 'backwards', dialect })
      state = planned.after
      return planned
    })
    return plans.toReversed()
  }
  return steps.map(({ migration }) => {
    const planned = planMigration({ migration, before: state, direction: 'forwards', dialect })
    state = planned.after
    return planned
  })
}
