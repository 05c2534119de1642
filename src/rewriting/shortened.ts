import { fail, GodwitError } from '../errors/error.ts'
import type { Graph } from '../history/graph.ts'
import { keyOfMigration, type Migration } from '../history/migration.ts'
import { applyMigration, stateBefore } from '../history/replay.ts'
import { optimize } from '../optimizer/optimize.ts'
import type { Dialect } from '../schema/dialect.ts'
import type { ProjectState } from '../state/project-state.ts'
import { differencesOfOutcome } from './same-outcome.ts'

/**
 * The migration with fewer operations, proved to lead to the same State and to the same schema of every dialect; undefined where there are none that can
 * go. Steps that are elidable stay: a database that has not run them may still need them.
 *
 * @throws optimize.differs
 */
export function shortened(graph: Graph, migration: Migration, dialects: readonly Dialect[]): Migration | undefined {
  const { app, definition } = migration
  const before = stateBefore(graph, keyOfMigration(migration))
  const operations = optimize(definition.operations, app, { before })
  if (operations.length === definition.operations.length) return undefined
  const result = { ...migration, definition: { ...definition, operations } }
  const differences = differencesAfter(before, migration, result, dialects)
  if (differences.length > 0) fail('optimize.differs', { migration: keyOfMigration(migration), differences })
  return result
}

function differencesAfter(
  before: ProjectState,
  migration: Migration,
  result: Migration,
  dialects: readonly Dialect[],
): readonly string[] {
  const expected = applyMigration(before, migration)
  try {
    return differencesOfOutcome(expected, applyMigration(before, result), dialects)
  } catch (error) {
    if (!(error instanceof GodwitError)) throw error
    return [error.message.replace(/\.$/, '')]
  }
}
