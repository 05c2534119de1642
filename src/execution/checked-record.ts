import { fail } from '../errors/error.ts'
import { checkConsistency } from '../history/consistency.ts'
import { editedMigrations } from '../history/edited.ts'
import { conflicts, type Graph } from '../history/graph.ts'
import type { MigrationKey } from '../history/migration.ts'
import type { Recorder } from '../history/recorder.ts'

/** The migrations that are applied, once record and files are known to agree: one order, no gaps, and nothing edited since. */
export async function checkedRecord(recorder: Recorder, graph: Graph): Promise<ReadonlySet<MigrationKey>> {
  const conflict = conflicts(graph)
  if (conflict.length > 0) fail('migrations.severalLeaves', { conflicts: conflict })
  const applied = await recorder.applied()
  const keys = new Set(applied.keys())
  checkConsistency(graph, keys)
  const edited = await editedMigrations(graph, applied, recorder)
  if (edited.length > 0) {
    fail('execution.edited', { migrations: edited.map(({ key, differences }) => ({ migration: key, differences })) })
  }
  return keys
}
