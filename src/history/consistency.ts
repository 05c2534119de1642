import { fail } from '../errors/error.ts'
import type { Graph } from './graph.ts'
import { parentsOf } from './graph.ts'
import type { MigrationKey } from './migration.ts'

/** What is recorded as applied: a set or map of keys. */
export interface AppliedKeys {
  has(key: MigrationKey): boolean
  /** Whether a migration that is not recorded was begun, so that some of its steps are done. */
  isBegun?(key: MigrationKey): boolean
}

/**
 * Stops where a migration is applied and one that it waits for is not: no plan could be right then. Records without a file are left alone.
 * `applied` holds what counts as applied: a squash whose replaced migrations all are, too.
 *
 * @throws migrations.appliedBeforeDependency
 */
export function checkConsistency(graph: Graph, applied: AppliedKeys): void {
  for (const key of graph.order) {
    if (!applied.has(key)) continue
    const dependency = parentsOf(graph, key).find((parent) => !applied.has(parent))
    if (dependency !== undefined) fail('migrations.appliedBeforeDependency', { migration: key, dependency })
  }
}
