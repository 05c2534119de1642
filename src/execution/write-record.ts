import type { Graph } from '../history/graph.ts'
import { type Ledger, ledgerOf } from '../history/ledger.ts'
import { keyOfMigration, type MigrationKey } from '../history/migration.ts'
import type { Recorder } from '../history/recorder.ts'
import { type SettledRecord, settle } from '../history/settle.ts'
import type { Session } from '../schema/dialect.ts'
import type { PlannedMigration } from './plan-migration.ts'

/** Notes in the record that a migration is applied, or no longer is, and with it what it replaces and what replaces it. */
export async function writeRecord(
  { migration, direction }: Pick<PlannedMigration, 'migration' | 'direction'>,
  { recorder, ledger }: { readonly recorder: Recorder; readonly ledger: Ledger },
  milliseconds: number,
): Promise<void> {
  const key = keyOfMigration(migration)
  if (direction === 'forwards') {
    await recorder.record(migration, { milliseconds })
    await recordOnce(ledger.comingWith(key), recorder, ledger)
  } else {
    for (const gone of [key, ...ledger.goingWith(key)]) await recorder.unrecord(gone)
  }
}

/** Whether the record lacks rows that follow from others, or has some that do not. */
export function isOverdue({ unwritten, stale }: SettledRecord): boolean {
  return unwritten.length + stale.length > 0
}

/**
 * Brings the rows of squashes into line with those of what they replace, in one transaction; returns the squashes that became recorded by it. They
 * are named once all that they replace is applied, so no table is touched.
 */
export async function settleRecord(
  graph: Graph,
  { recorder, session }: { readonly recorder: Recorder; readonly session: Session },
): Promise<readonly MigrationKey[]> {
  const { replacements } = graph
  if (replacements.squashes.size === 0) return []
  const recorded = await recorder.applied()
  const settled = settle(replacements, recorded)
  if (!isOverdue(settled)) return []
  const { unwritten, stale } = settled
  await session.transaction(async () => {
    for (const key of stale) await recorder.unrecord(key)
    await recordOnce(unwritten, recorder, ledgerOf(graph, recorded))
  })
  return unwritten.filter((key) => replacements.squashes.has(key))
}

/** Records what is not recorded yet; where the file of a replaced migration is gone, its name alone. */
async function recordOnce(keys: readonly MigrationKey[], recorder: Recorder, { fileOf }: Ledger): Promise<void> {
  for (const key of keys) {
    if (await recorder.isApplied(key)) continue
    const file = fileOf(key)
    await (file === undefined ? recorder.recordName(key) : recorder.record(file, { milliseconds: 0 }))
  }
}
