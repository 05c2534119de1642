import { GodwitError } from '../../errors/error.ts'
import { conflicts, type Graph } from '../../history/graph.ts'
import { migrationKey } from '../../history/migration.ts'
import type { Found } from './finding.ts'
import { foundError } from './found-error.ts'

/** The apps with several last migrations, each with the sentence that `migrate` would say. */
export function severalLeaves(graph: Graph): readonly Found[] {
  return conflicts(graph).map((conflict): Found => {
    const { app, leaves } = conflict
    const last = graph.migrations.get(migrationKey(app, leaves.at(-1) ?? ''))
    return {
      ...foundError('migrations.severalLeaves', new GodwitError('migrations.severalLeaves', { conflicts: [conflict] })),
      app,
      ...(last !== undefined && { source: last }),
    }
  })
}
