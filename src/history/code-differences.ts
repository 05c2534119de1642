import { codeFingerprint } from '../operations/canonical.ts'
import type { Graph } from './graph.ts'
import type { MigrationKey } from './migration.ts'
import type { Recorded } from './recorder.ts'

/**
 * The applied migrations whose functions have another text than those that ran. That is no edit and stops nothing, as another build step, or another
 * formatter, gives another text too.
 */
export function codeDifferences(
  graph: Graph,
  applied: ReadonlyMap<MigrationKey, Pick<Recorded, 'checksum' | 'codeFingerprint'>>,
): readonly MigrationKey[] {
  return graph.order.filter((key) => {
    const recorded = applied.get(key)
    const migration = graph.migrations.get(key)
    if (recorded === undefined || recorded.checksum === '' || migration === undefined) return false
    return codeFingerprint(migration.definition.operations) !== recorded.codeFingerprint
  })
}
