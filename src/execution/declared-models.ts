import { fail } from '../errors/error.ts'
import { type Graph, leavesOf } from '../history/graph.ts'
import { keyOfMigration, type Migration, splitMigrationKey } from '../history/migration.ts'
import { stateBefore } from '../history/replay.ts'
import { modelOf } from '../operations/batched.ts'
import type { Operation } from '../operations/operation.ts'
import { declaredModels } from '../operations/run-code.ts'
import { findModel, splitModelKey } from '../state/project-state.ts'

/**
 * Refuses code over models of other apps that a migration does not wait for: that they are there in one database, where that app happened to be migrated
 * first, says nothing about the next.
 *
 * @throws query.notDependedOn
 */
export function refuseUndependedModels(graph: Graph, migration: Migration): void {
  const foreign = migration.definition.operations
    .flatMap((operation) => modelsIn(operation, migration.app))
    .filter((key) => splitModelKey(key).app !== migration.app)
  if (foreign.length === 0) return
  const key = keyOfMigration(migration)
  const before = stateBefore(graph, key)
  for (const model of foreign) {
    if (findModel(before, model) !== undefined) continue
    const { app } = splitModelKey(model)
    fail('query.notDependedOn', { migration: key, model, app, latest: creatorOf(graph, model) })
  }
}

function modelsIn(operation: Operation, app: string): readonly string[] {
  switch (operation.kind) {
    case 'runCode':
      return declaredModels(operation, { app })
    case 'batched':
      return [modelOf(operation, { app }), ...declaredModels(operation, { app })]
    case 'separateDatabaseAndState':
      return operation.databaseOperations.flatMap((inner) => modelsIn(inner, app))
    default:
      return []
  }
}

/** The migration that makes a model, by its name; where none does by that name, the last of the app. */
function creatorOf(graph: Graph, model: string): string | undefined {
  const { app, name } = splitModelKey(model)
  const makes = ({ definition }: Migration): boolean =>
    definition.operations.some((operation) => operation.kind === 'createModel' && operation.name === name)
  const creator = [...graph.migrations.values()].find((migration) => migration.app === app && makes(migration))
  if (creator !== undefined) return creator.name
  const [leaf] = leavesOf(graph, app)
  return leaf === undefined ? undefined : splitMigrationKey(leaf)[1]
}
