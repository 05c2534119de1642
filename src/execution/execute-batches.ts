import { fail } from '../errors/error.ts'
import { keyOfMigration } from '../history/migration.ts'
import { type BackfillPlace, createResumePoints, type ResumePoint } from '../history/resume-point.ts'
import { backfillOf } from './backfill.ts'
import { progressMeter } from './batch-progress.ts'
import { firstSize, nextSize, smallerSize } from './batch-size.ts'
import type { MigrationExecution } from './execute-migration.ts'
import type { PlannedMigration } from './plan-migration.ts'
import { asStepOf } from './step-failure.ts'
import type { BatchedUnit } from './unit.ts'
import { type LockRetry, withLockRetries } from './with-lock-retries.ts'

interface BatchesOptions {
  readonly planned: PlannedMigration
  readonly execution: MigrationExecution
  /** Notes in the first transaction that the step is begun: half-way, it cannot go in the other direction. */
  readonly begin: () => Promise<void>
  /** Notes that the step is done, in the last transaction. */
  readonly finish: () => Promise<void>
}

/**
 * Carries out a backfill: one short transaction after the other, each together with the place where it ends, so that whenever the process dies the next
 * run begins exactly behind the last batch that was committed. `isBegun`: an earlier run came to this step.
 *
 * A request to stop lets the batch under way come to its end: what throws then is `execution.batchesPaused`.
 */
export async function executeBatches(
  unit: BatchedUnit,
  { isBegun, ...place }: BackfillPlace & { readonly isBegun: boolean },
  { planned, execution, begin, finish }: BatchesOptions,
): Promise<void> {
  const { uninterrupted: session, patience, signal: _, ...context } = execution
  const { migration } = place
  const points = createResumePoints(session)
  const backfill = backfillOf(unit, { ...context, session })
  const limit = unit.operation.size

  await points.ensure()
  let point = isBegun ? await points.read(place) : undefined
  // What an earlier life of the migration may have left behind is no place to begin at.
  if (point === undefined) await points.clear(keyOfMigration(migration))
  const meter = progressMeter(performance.now(), point?.rowsDone ?? 0)
  let size = firstSize(limit)

  let begun = 0
  const one = async (): Promise<ResumePoint | undefined> => {
    begun = performance.now()
    const next = await backfill.next(point?.cursor, size)
    if (next === undefined) {
      await points.clear(keyOfMigration(migration))
      await finish()
      return undefined
    }
    await backfill.work({ after: point?.cursor, last: next.last })
    const reached = { cursor: next.last, rowsDone: (point?.rowsDone ?? 0) + next.rows }
    if (point === undefined) await begin()
    await points.write(place, reached, point === undefined)
    return reached
  }
  const retries = {
    ...patience,
    onRetry: (retry: LockRetry) => {
      size = smallerSize(size)
      patience.onRetry?.(retry)
    },
  }

  for (;;) {
    await refuseOnceStopped(execution, planned, point)
    const attempt = (): Promise<ResumePoint | undefined> =>
      withLockRetries(() => session.transaction(one), retries).catch(async (error: unknown) => {
        // Stopped while it waited for a lock.
        if (error === execution.signal?.reason) await refuseOnceStopped(execution, planned, point)
        throw error
      })
    const reached = await asStepOf(unit, planned, attempt)
    if (reached === undefined) return
    const now = performance.now()
    const rows = reached.rowsDone - (point?.rowsDone ?? 0)
    if (rows >= size) size = nextSize(size, now - begun, limit)
    point = reached
    const progress = meter.after(rows, now)
    if (meter.wantsTotal(now)) meter.setRest(await backfill.rest(point))
    execution.onBatch(progress)
  }
}

async function refuseOnceStopped(
  { signal }: MigrationExecution,
  { migration, direction }: PlannedMigration,
  point: ResumePoint | undefined,
): Promise<void> {
  // A driver that works synchronously never yields by itself, and Ctrl-C would not be heard.
  await new Promise(setImmediate)
  if (signal?.aborted !== true) return
  fail(
    'execution.batchesPaused',
    { migration: keyOfMigration(migration), direction, rows: point?.rowsDone ?? 0 },
    { cause: signal.reason },
  )
}
