import { fail } from '../errors/error.ts'
import { asFilesHaveIt } from '../history/as-files-have-it.ts'
import type { Graph } from '../history/graph.ts'
import { keyOfMigration, type MigrationKey } from '../history/migration.ts'
import type { Recorded, Recorder } from '../history/recorder.ts'
import type { Session } from '../schema/dialect.ts'

/** A row of the record whose migration has no file. */
export interface PrunedRow {
  readonly key: MigrationKey
  readonly recorded: Recorded
}

/**
 * The rows of an app that no file answers for.
 *
 * @throws replaces.stillNamed where a squash on file stands for one of them
 */
export async function prunableRows(app: string, graph: Graph, recorder: Recorder): Promise<readonly PrunedRow[]> {
  const { loaded, replacements } = graph
  const files = new Set(loaded.map(keyOfMigration))
  const all = await recorder.applied()
  // By the rows of a history that was begun anew a database is known to be at its end, or in its middle.
  const { recorded: counting, stuck } = asFilesHaveIt(graph, all)
  const awaited = new Set(stuck.flatMap(({ baseline }) => baseline.gone))
  const rows = [...all].flatMap(([key, recorded]) =>
    recorded.app === app && !files.has(key) && counting.has(key) && !awaited.has(key) ? [{ key, recorded }] : [],
  )
  const named = Map.groupBy(rows, ({ key }) => replacements.replacedBy.get(key))
  const squashes = [...named].flatMap(([squash, replaced]) =>
    squash === undefined ? [] : [{ squash, replaced: replaced.map(({ key }) => key) }],
  )
  if (squashes.length > 0) fail('replaces.stillNamed', { app, squashes })
  return rows
}

/** Removes those rows, all of them or none, and touches nothing else. Waits for whoever migrates; decides once it has the lock. */
export async function prune(
  app: string,
  graph: Graph,
  { recorder, session, wait }: { readonly recorder: Recorder; readonly session: Session; readonly wait: number },
): Promise<readonly PrunedRow[]> {
  if ((await prunableRows(app, graph, recorder)).length === 0) return []
  const lock = await session.lock({ timeout: wait })
  try {
    const rows = await prunableRows(app, graph, recorder)
    await session.transaction(async () => {
      for (const { key } of rows) await recorder.unrecord(key)
    })
    return rows
  } finally {
    await lock.release()
  }
}
