import { GodwitError } from '../../errors/error.ts'
import { withBegun } from '../../execution/decide.ts'
import { type Adoption, asFilesHaveIt } from '../../history/as-files-have-it.ts'
import { checkConsistency } from '../../history/consistency.ts'
import { effectivelyApplied, type Graph, graphFor } from '../../history/graph.ts'
import type { JournalEntry } from '../../history/journal.ts'
import type { MigrationKey } from '../../history/migration.ts'
import type { Recorded, Recorder } from '../../history/recorder.ts'

/** Who reads the record and writes nothing. */
export type RecordReader = Pick<Recorder, 'exists' | 'applied' | 'halfWay' | 'contents'>

/** What a database has recorded, beside the files. */
export interface ReadRecord {
  /** The files as they count for this database. */
  readonly graph: Graph
  readonly recorded: ReadonlyMap<MigrationKey, Recorded>
  readonly halfWay: ReadonlyMap<MigrationKey, JournalEntry>
  /** On file, in force, neither applied nor begun. */
  readonly notApplied: readonly MigrationKey[]
  /** Histories that were begun anew, which the next `migrate` adopts. */
  readonly adoptions: readonly Adoption[]
  /** Why `migrate` could not go on from here, whatever it is asked for. */
  readonly refusals: readonly GodwitError[]
}

/**
 * Reads the record with the eyes of these files: squashes, and histories that were begun anew, count as `migrate` counts them.
 *
 * @throws replaces.gone
 */
export async function readRecord(files: Graph, reader: RecordReader): Promise<ReadRecord> {
  const rows = await reader.applied()
  const halfWay = (await reader.exists()) ? await reader.halfWay() : new Map<MigrationKey, JournalEntry>()
  const { recorded, adoptions, stuck } = asFilesHaveIt(files, rows, halfWay)
  const known = withBegun(recorded, halfWay)
  const graph = graphFor(files, known)
  const applied = effectivelyApplied(graph, known)
  const notApplied = graph.order.filter((key) => !applied.has(key) && !halfWay.has(key))
  const halves = stuck.map(({ baseline: { members, commit }, applied: done, open }) => {
    return new GodwitError('resets.halfWay', { baseline: members[0] ?? '', applied: done, open, commit })
  })
  return { graph, recorded, halfWay, notApplied, adoptions, refusals: [...halves, ...gapIn(graph, applied)] }
}

function gapIn(graph: Graph, applied: ReadonlySet<MigrationKey>): readonly GodwitError[] {
  try {
    checkConsistency(graph, applied)
    return []
  } catch (error) {
    if (error instanceof GodwitError) return [error]
    throw error
  }
}
