import { fail } from '../errors/error.ts'
import { type Graph, parentsOf } from './graph.ts'
import { keyOfMigration, type MigrationKey, splitMigrationKey } from './migration.ts'

/**
 * Recognises a record that came with a copy of another environment: what is applied waits for an app of which no file counts as applied, while rows of that app
 * have no file.
 *
 * @throws resets.outOfStep
 */
export function refuseOutOfStep(
  graph: Graph,
  recorded: ReadonlyMap<MigrationKey, unknown>,
  applied: ReadonlySet<MigrationKey>,
): void {
  const onFile = new Set(graph.loaded.map(keyOfMigration))
  for (const key of applied) {
    for (const parent of parentsOf(graph, key)) {
      const [app] = splitMigrationKey(parent)
      const files = graph.apps.get(app) ?? []
      if (applied.has(parent) || files.some((file) => applied.has(file))) continue
      const foreign = [...recorded.keys()].filter((row) => splitMigrationKey(row)[0] === app && !onFile.has(row))
      if (foreign.length > 0) fail('resets.outOfStep', { app, recorded: foreign, files })
    }
  }
}
