import { asFilesHaveIt } from '../history/as-files-have-it.ts'
import { editedMigrations } from '../history/edited.ts'
import { effectivelyApplied, type Graph, graphFor, parentsOf, standingFor } from '../history/graph.ts'
import type { JournalEntry } from '../history/journal.ts'
import { keyOfMigration, type Migration, type MigrationKey, migrationKey } from '../history/migration.ts'
import { missingMigrations } from '../history/missing.ts'
import type { Recorded, Recorder } from '../history/recorder.ts'
import { applyMigration } from '../history/replay.ts'
import { topologicalOrder } from '../lib/topological-order.ts'
import { parseOperations } from '../operations/parse-operations.ts'
import { emptyState, type ProjectState } from '../state/project-state.ts'

/** What a database should have, as it was migrated. */
export interface RememberedState {
  /** After all that is applied, and nothing of what is half-way. */
  readonly state: ProjectState
  /** The files as they count for this database. */
  readonly graph: Graph
  readonly recorded: ReadonlyMap<MigrationKey, Recorded>
  /** What an earlier run has left half-way, with the State that it would lead to, or comes from. */
  readonly halfWay: readonly HalfWayMigration[]
  /** Recorded by a newer Godwit, without a file here: what they did is not known. */
  readonly unread: readonly MigrationKey[]
}

export interface HalfWayMigration {
  readonly migration: MigrationKey
  readonly direction: JournalEntry['direction']
  /** With all of it; absent where neither file nor record say what it does. */
  readonly whole?: ProjectState
}

/**
 * The State that the applied migrations lead to: by their files, and by the record where a file is gone or says something else than what was applied. What
 * was applied first counts first, unless a migration waits for another.
 */
export async function rememberedState(files: Graph, recorder: Recorder): Promise<RememberedState> {
  const rows = await recorder.applied()
  const journal = (await recorder.exists()) ? await recorder.halfWay() : new Map<MigrationKey, JournalEntry>()
  const { recorded } = asFilesHaveIt(files, rows, journal)
  const known = {
    has: (key: MigrationKey) => recorded.has(key),
    isBegun: (key: MigrationKey) => journal.has(key) && !recorded.has(key),
  }
  const graph = graphFor(files, known)
  const missing = await missingMigrations(graph, recorded, recorder)
  const edited = new Map((await editedMigrations(graph, recorded, recorder)).map((one) => [one.key, one.recorded]))
  const onFile = (key: MigrationKey): Migration | undefined => {
    const migration = graph.migrations.get(key)
    const content = edited.get(key)
    if (migration === undefined || content === undefined) return migration
    const operations = parseOperations(content.operations)
    return { ...migration, definition: { ...migration.definition, operations, dependencies: content.dependencies } }
  }
  const applied = effectivelyApplied(graph, known)
  const found = new Map(missing.map(({ key, migration }) => [key, migration]))
  const migrations = [...[...applied].map(onFile), ...found.values()].filter((migration) => migration !== undefined)
  const whole = inOrder(migrations, graph, recorded)
  const state = whole.filter((migration) => !journal.has(keyOfMigration(migration))).reduce(applyMigration, emptyState)
  return {
    state,
    graph,
    recorded,
    halfWay: [...journal].map(([key, { direction }]): HalfWayMigration => {
      const migration = onFile(key) ?? found.get(key)
      return { migration: key, direction, ...(migration !== undefined && { whole: applyMigration(state, migration) }) }
    }),
    unread: missing.flatMap(({ key, migration }) => (migration === undefined ? [key] : [])),
  }
}

function inOrder(
  migrations: readonly Migration[],
  graph: Graph,
  recorded: ReadonlyMap<MigrationKey, Recorded>,
): readonly Migration[] {
  const momentOf = (migration: Migration): string => recorded.get(keyOfMigration(migration))?.appliedAt ?? ''
  const byTime = migrations.toSorted((a, b) => (momentOf(a) < momentOf(b) ? -1 : momentOf(a) > momentOf(b) ? 1 : 0))
  return topologicalOrder(byTime, keyOfMigration, (migration) => {
    const named = (migration.definition.dependencies ?? []).map((reference) => migrationKey(...reference))
    return [...named.flatMap((key) => standingFor(graph, key)), ...parentsOf(graph, keyOfMigration(migration))]
  })
}
