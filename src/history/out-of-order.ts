import { type Graph, parentsOf } from './graph.ts'
import type { MigrationKey } from './migration.ts'
import type { Recorded } from './recorder.ts'

/** A migration that was applied before one on which it depends. */
export interface OutOfOrder {
  readonly migration: MigrationKey
  readonly dependency: MigrationKey
}

/**
 * Where the times of the record contradict the dependencies of the files: those were changed since, or the record was written by hand. A row that was
 * written for a squash, or for a history that began anew, has the time of that.
 */
export function appliedOutOfOrder(graph: Graph, applied: ReadonlyMap<MigrationKey, Recorded>): readonly OutOfOrder[] {
  const timeOf = (key: MigrationKey): string | undefined => {
    const recorded = applied.get(key)
    const definition = graph.migrations.get(key)?.definition
    const isOfItsTime =
      recorded !== undefined &&
      recorded.checksum !== '' &&
      definition?.replaces === undefined &&
      definition?.resets === undefined &&
      !graph.replacements.replacedBy.has(key)
    return isOfItsTime ? recorded.appliedAt : undefined
  }
  return graph.order.flatMap((migration) => {
    const own = timeOf(migration)
    if (own === undefined) return []
    return parentsOf(graph, migration).flatMap((dependency) =>
      own < (timeOf(dependency) ?? own) ? [{ migration, dependency }] : [],
    )
  })
}
