import { fail } from '../errors/error.ts'
import { fullOrder, type Graph } from '../history/graph.ts'
import { keyOfMigration, type Migration, type MigrationKey } from '../history/migration.ts'
import type { PlannedMigration as ChosenMigration } from '../history/plan.ts'
import { applyMigration } from '../history/replay.ts'
import { describe, isReversible } from '../operations/definitions.ts'
import type { OperationContext } from '../operations/operation-definition.ts'
import type { Dialect } from '../schema/dialect.ts'
import type { Placement } from '../state/placement.ts'
import { emptyState, type ProjectState } from '../state/project-state.ts'
import { refuseUndependedModels } from './declared-models.ts'
import type { HalfWay } from './half-way.ts'
import { livesIn } from './lives-in.ts'
import { type Direction, type PlannedMigration, planMigration } from './plan-migration.ts'

/**
 * Every step of the plan with the State that it builds on. Forwards each builds on all that is applied by then; backwards the States are those of
 * a replay in which what is to be unapplied comes last, in the opposite order. Where there is both, what goes backwards comes first.
 *
 * @throws execution.irreversible, with every step that has no way back, before anything is planned
 */
export function planAll(
  graph: Graph,
  applied: ReadonlySet<MigrationKey>,
  steps: readonly ChosenMigration[],
  dialect: Dialect,
  placement?: Placement | undefined,
  halfWay: HalfWay = new Map(),
): readonly PlannedMigration[] {
  const unapplied = steps.filter((step) => step.direction === 'backwards').map((step) => step.migration)
  // Of what is half-way, only what was done need have a way back.
  const whole = unapplied.filter((migration) => !halfWay.has(keyOfMigration(migration)))
  refuseIrreversible(whole, placement)
  const leaving = new Set(unapplied.map(keyOfMigration))
  let state = fullOrder(graph)
    .flatMap((key) => (applied.has(key) && !leaving.has(key) ? (graph.migrations.get(key) ?? []) : []))
    .reduce<ProjectState>((before, migration) => applyMigration(before, migration), emptyState)

  const plan = (migration: Migration, direction: Direction): PlannedMigration => {
    refuseUndependedModels(graph, migration)
    const onlyWaysBack = halfWay.has(keyOfMigration(migration))
    const planned = planMigration({ migration, before: state, direction, dialect, placement, onlyWaysBack })
    state = planned.after
    return planned
  }
  const base = state
  const backwards = unapplied.toReversed().map((migration) => plan(migration, 'backwards'))
  state = base
  const forwards = steps.flatMap(({ migration, direction }) =>
    direction === 'forwards' ? [plan(migration, direction)] : [],
  )
  return [...backwards.toReversed(), ...forwards]
}

function refuseIrreversible(migrations: readonly Migration[], placement: Placement | undefined): void {
  const steps = migrations.flatMap((migration) =>
    migration.definition.operations
      .filter((operation) => !isReversible(operation) && livesIn(operation, contextOf(migration), placement))
      .toReversed()
      .map((operation) => ({
        migration: keyOfMigration(migration),
        operation: operation.kind,
        description: describe(operation),
      })),
  )
  if (steps.length > 0) fail('execution.irreversible', { steps })
}

function contextOf({ app, name }: Migration): OperationContext {
  return { app, migration: name }
}
