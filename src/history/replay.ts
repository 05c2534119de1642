import { applyOperations } from '../operations/definitions.ts'
import { emptyState, type ProjectState } from '../state/project-state.ts'
import type { Graph } from './graph.ts'
import { forwardsPlan } from './graph.ts'
import type { Migration, MigrationKey } from './migration.ts'

/** The State after the migrations with these keys, in the order given. Keys without a migration, as in an old record, change nothing. */
export function replay(graph: Graph, keys: Iterable<MigrationKey>, from: ProjectState = emptyState): ProjectState {
  let state = from
  for (const key of keys) state = applyUnder(graph, key, state)
  return state
}

/** The State in which a migration finds the project: after all that it waits for, and nothing else. */
export function stateBefore(graph: Graph, key: MigrationKey): ProjectState {
  return replay(graph, forwardsPlan(graph, [key]).slice(0, -1))
}

/** The State after all operations of a migration. */
export function applyMigration(before: ProjectState, { app, name, definition }: Migration): ProjectState {
  return applyOperations(definition.operations, before, { app, migration: name })
}

function applyUnder(graph: Graph, key: MigrationKey, state: ProjectState): ProjectState {
  const migration = graph.migrations.get(key)
  return migration === undefined ? state : applyMigration(state, migration)
}
