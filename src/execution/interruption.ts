import { fail, hasCode } from '../errors/error.ts'
import { createJournal } from '../history/journal.ts'
import { keyOfMigration } from '../history/migration.ts'
import { defined } from '../lib/defined.ts'
import type { MigrationExecution } from './execute-migration.ts'
import type { PlannedMigration } from './plan-migration.ts'
import { standIn } from './stop-report.ts'

/**
 * Carries out a migration whose steps commit one by one. Where a request to stop has left it half-way, the failure says what stands, as the journal has it;
 * the request's reason is its cause.
 *
 * @throws execution.interrupted
 */
export async function tellingWhatStands<Result>(
  planned: PlannedMigration,
  { uninterrupted, signal }: Pick<MigrationExecution, 'uninterrupted' | 'signal'>,
  work: () => Promise<Result>,
): Promise<Result> {
  try {
    return await work()
  } catch (error) {
    if (signal?.aborted !== true || hasCode(error, 'execution.batchesPaused')) throw error
    const { migration, direction, units } = planned
    const journal = createJournal(uninterrupted)
    const entry = await journal.readJournal(keyOfMigration(migration)).catch(() => undefined)
    if (entry === undefined || entry.direction !== direction) throw error
    const { finished, left, statement } = standIn(planned, entry, uninterrupted.dialect)
    // A backfill is noted as under way from its first batch on, and each batch with its end.
    const isUnknown = entry.underWay && units[entry.position]?.kind !== 'batched'
    fail(
      'execution.interrupted',
      {
        migration: keyOfMigration(migration),
        direction,
        done: entry.progress?.done ?? entry.position,
        total: entry.progress?.total ?? units.length,
        finished,
        left,
        ...defined({ underWay: isUnknown ? (statement ?? entry.step) : undefined }),
      },
      { cause: signal.reason },
    )
  }
}
