import type { AppliedKeys } from './consistency.ts'
import { backwardsPlan, childrenOf, forwardsPlan, type Graph, leavesOf, standingFor } from './graph.ts'
import type { Migration, MigrationKey } from './migration.ts'
import type { Target } from './resolve-target.ts'

/** One migration to apply or to unapply. */
export interface PlannedMigration {
  readonly migration: Migration
  readonly direction: 'forwards' | 'backwards'
}

/**
 * What `migrate` has to do to get to a target, in order; all one way. Going back to a migration unapplies what stands on it in its own app, with what
 * depends on that in others, and leaves alone what depends on the target only. Without a target: everything that is not applied. Graph and `applied`
 * must be those of the database: `graphFor`, `effectivelyApplied`. What is half-way is neither applied nor not: it goes the way of the others.
 */
export function planMigrations(
  graph: Graph,
  recorded: AppliedKeys,
  target?: Target,
  halfWay: { has(key: MigrationKey): boolean } = new Set(),
): readonly PlannedMigration[] {
  const applied = wholly(recorded, halfWay)
  const begun: AppliedKeys = { has: (key) => recorded.has(key) || halfWay.has(key) }
  if (target === undefined) return forwards(graph, applied, graph.order)
  switch (target.kind) {
    case 'app':
      return forwards(graph, applied, forwardsPlan(graph, leavesOf(graph, target.app)))
    case 'zero':
      return backwards(graph, begun, graph.apps.get(target.app) ?? [])
    case 'before':
      return backwards(graph, begun, [target.key])
    case 'migration': {
      // A squash that stepped aside is reached by way of the last ones that it replaces.
      const keys = standingFor(graph, target.key)
      return keys.every((key) => applied.has(key))
        ? backwards(graph, begun, childrenInApp(graph, keys))
        : forwards(graph, applied, forwardsPlan(graph, keys))
    }
  }
}

/** What is applied, and not on its way back. */
export function wholly(recorded: AppliedKeys, halfWay: { has(key: MigrationKey): boolean }): AppliedKeys {
  return { has: (key) => recorded.has(key) && !halfWay.has(key) }
}

/** What brings every half-way migration back to where it began: those that were being unapplied are applied again. */
export function planRollback(
  graph: Graph,
  recorded: AppliedKeys,
  halfWay: ReadonlyMap<MigrationKey, unknown>,
  target?: Target,
): readonly PlannedMigration[] {
  const begun = graph.order.filter(
    (key) => halfWay.has(key) && (target?.kind !== 'app' || graph.migrations.get(key)?.app === target.app),
  )
  return [
    ...planned(graph, begun.filter((key) => !recorded.has(key)).toReversed(), 'backwards'),
    ...planned(
      graph,
      begun.filter((key) => recorded.has(key)),
      'forwards',
    ),
  ]
}

function forwards(graph: Graph, applied: AppliedKeys, keys: readonly MigrationKey[]): readonly PlannedMigration[] {
  return planned(
    graph,
    keys.filter((key) => !applied.has(key)),
    'forwards',
  )
}

function backwards(graph: Graph, applied: AppliedKeys, from: readonly MigrationKey[]): readonly PlannedMigration[] {
  return planned(
    graph,
    backwardsPlan(graph, from).filter((key) => applied.has(key)),
    'backwards',
  )
}

function childrenInApp(graph: Graph, keys: readonly MigrationKey[]): readonly MigrationKey[] {
  return keys.flatMap((key) => {
    const app = graph.migrations.get(key)?.app
    return childrenOf(graph, key).filter((child) => graph.migrations.get(child)?.app === app)
  })
}

function planned(
  graph: Graph,
  keys: readonly MigrationKey[],
  direction: PlannedMigration['direction'],
): readonly PlannedMigration[] {
  return keys.flatMap((key) => {
    const migration = graph.migrations.get(key)
    return migration === undefined ? [] : [{ migration, direction }]
  })
}
