import { canonicalOperations, operationsChecksum } from '../operations/canonical.ts'
import type { Operation } from '../operations/operation.ts'
import type { Graph } from './graph.ts'
import type { Migration, MigrationKey } from './migration.ts'
import { type OperationEdit, operationEdits } from './operation-edits.ts'
import type { Recorded, RecordedContent, Recorder } from './recorder.ts'

/** An applied migration whose file says something else than was applied. */
export interface EditedMigration {
  readonly key: MigrationKey
  /** As its file has it now. */
  readonly migration: Migration
  /** As it was applied. */
  readonly recorded: RecordedContent
  readonly edits: readonly OperationEdit[]
  /** The edits in words: one line for each operation that was added or removed since, and for each part of one that was changed. */
  readonly differences: readonly string[]
}

/**
 * The applied migrations that were edited afterwards, and how. The record is asked for the operations of those only; what to do about them is the
 * caller's decision.
 */
export async function editedMigrations(
  graph: Graph,
  applied: ReadonlyMap<MigrationKey, Recorded>,
  recorder: Pick<Recorder, 'contents'>,
): Promise<readonly EditedMigration[]> {
  const suspects = graph.order.flatMap((key) => {
    const migration = graph.migrations.get(key)
    const recorded = applied.get(key)
    // Of a migration that was recorded along with a squash while its file was not there, only the name is known.
    if (migration === undefined || recorded === undefined || recorded.checksum === '') return []
    return checksumOf(migration.definition.operations) === recorded.checksum ? [] : [{ key, migration }]
  })
  if (suspects.length === 0) return []
  const contents = await recorder.contents(suspects.map(({ key }) => key))
  return suspects.flatMap(({ key, migration }) => {
    const recorded = contents.get(key) ?? { dependencies: [], operations: [] }
    const edits = operationEdits(recorded.operations, canonicalOperations(migration.definition.operations))
    const differences = edits.flatMap(({ lines }) => lines)
    // Data that is equal under another checksum was recorded in an older format.
    return edits.length === 0 ? [] : [{ key, migration, recorded, edits, differences }]
  })
}

const checksums = new WeakMap<readonly Operation[], string>()

/** Remembered for as long as the operations live: the record is compared again once the lock is held. */
export function checksumOf(operations: readonly Operation[]): string {
  const known = checksums.get(operations) ?? operationsChecksum(operations)
  checksums.set(operations, known)
  return known
}
