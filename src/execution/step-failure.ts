import { fail, GodwitError, hasCode } from '../errors/error.ts'
import { keyOfMigration } from '../history/migration.ts'
import { defined } from '../lib/defined.ts'
import { firstUserFrame } from '../lib/first-user-frame.ts'
import type { PlannedMigration } from './plan-migration.ts'
import type { Unit } from './unit.ts'
import { unitInWords } from './unit-in-words.ts'

/** Does a part of a unit's work; a failure of the database gets a sentence that names the migration and the step. */
export async function asStepOf<Result>(
  unit: Unit,
  planned: PlannedMigration,
  work: () => Promise<Result>,
): Promise<Result> {
  try {
    return await work()
  } catch (error) {
    // These name the migration already.
    if (error instanceof GodwitError && /^(execution|query)\./.test(error.code)) throw error
    const { app, name } = planned.migration
    if (hasCode(error, 'database.tableExists') && planned.direction === 'forwards') {
      fail('execution.tableExists', { app, migration: name, table: error.details.table }, { cause: error })
    }
    fail(
      'execution.stepFailed',
      {
        migration: keyOfMigration(planned.migration),
        direction: planned.direction,
        step: unitInWords(unit),
        ...defined({ at: placeIn(error, unit) }),
        reason: error instanceof Error ? error.message : String(error),
        fix: fixFor(error, unit),
      },
      { cause: error },
    )
  }
}

/** Where in the files of the project code threw. */
function placeIn(error: unknown, unit: Unit): string | undefined {
  const isCode = unit.kind === 'code' || unit.kind === 'batched'
  return isCode && error instanceof Error ? firstUserFrame(error.stack ?? '') : undefined
}

/** Ends a migration's transaction; what shows only then, such as a deferred constraint that does not hold, gets a sentence that names the migration. */
export async function asCommitOf<Result>(
  { migration, direction }: PlannedMigration,
  work: () => Promise<Result>,
): Promise<Result> {
  try {
    return await work()
  } catch (error) {
    if (!hasCode(error, 'database.constraintFailed') && !hasCode(error, 'database.transactionFailed')) throw error
    const details = { migration: keyOfMigration(migration), direction, step: 'COMMIT', reason: error.message }
    return fail('execution.stepFailed', { ...details, fix: error.fix }, { cause: error })
  }
}

function fixFor(error: unknown, unit: Unit): string {
  const own = error instanceof GodwitError ? error.fix : undefined
  if (unit.kind !== 'schema' || !unit.outsideTransaction) {
    return own ?? 'Mend what the message says and run migrate again.'
  }
  const again = 'Running migrate again drops what the build may have left behind, and begins it anew.'
  return own === undefined ? `Mend what the message says. ${again}` : `${own} ${again}`
}
