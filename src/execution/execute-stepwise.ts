import { fail } from '../errors/error.ts'
import { createJournal, type JournalEntry } from '../history/journal.ts'
import { keyOfMigration } from '../history/migration.ts'
import { checkUnit } from './check-data.ts'
import { executeBatches } from './execute-batches.ts'
import { executeInTransaction, inTransaction, isSettled, type MigrationExecution } from './execute-migration.ts'
import { executeUnit, unitInWords } from './execute-unit.ts'
import type { PlannedMigration } from './plan-migration.ts'
import { lookAt } from './reality.ts'
import { asStepOf } from './step-failure.ts'
import { tookEffect } from './took-effect.ts'
import { type BatchedUnit, runsOutsideTransaction, type Unit } from './unit.ts'
import { withLockRetries } from './with-lock-retries.ts'
import { writeRecord } from './write-record.ts'

/**
 * Carries out a migration whose units commit one by one, each together with its journal row, so that a run that was killed goes on from exactly there.
 * Returns false when another process had done it already.
 */
export async function executeStepwise(planned: PlannedMigration, execution: MigrationExecution): Promise<boolean> {
  if (await isSettled(planned, execution)) return false
  const { recorder } = execution
  const { migration, direction, units } = planned
  const started = performance.now()
  const journal = await recorder.readJournal(keyOfMigration(migration))
  refuseHalfWay(planned, journal)
  for (const [position, unit] of units.entries()) {
    if (journal !== undefined && position < journal.position) continue
    const entry = { migration, direction, step: unitInWords(unit) }
    const finish = (): Promise<void> => recorder.writeJournal({ ...entry, position: position + 1, underWay: false })
    const wasUnderWay = journal?.underWay === true && position === journal.position
    if (wasUnderWay && (await tookEffect(unit, planned, execution))) {
      await finish()
      continue
    }
    if (unit.kind === 'batched') {
      // A batch that was begun comes to its end, and its notes with it.
      const { writeJournal } = createJournal(execution.uninterrupted)
      const begin = (): Promise<void> => writeJournal({ ...entry, position, underWay: true })
      const end = (): Promise<void> => writeJournal({ ...entry, position: position + 1, underWay: false })
      const place = { migration, direction, position, isBegun: wasUnderWay }
      await executeBatches(unit, place, { planned, execution, begin, finish: end })
      continue
    }
    await execution.dependents.before([{ ...planned, units: [unit] }])
    if (runsOutsideTransaction(unit)) {
      await recorder.writeJournal({ ...entry, position, underWay: true })
      await asStepOf(unit, planned, () => executeOutside(unit, planned, execution))
      await finish()
      continue
    }
    await inTransaction(planned, [unit], execution, async (foreignKeys) => {
      await executeInTransaction(unit, planned, execution, foreignKeys)
      await finish()
    })
  }
  await inTransaction(planned, [], execution, async () => {
    await writeRecord(planned, execution, performance.now() - started)
    await recorder.clearJournal(keyOfMigration(migration))
  })
  return true
}

function refuseHalfWay({ migration, direction }: PlannedMigration, journal: JournalEntry | undefined): void {
  if (journal === undefined || journal.direction === direction) return
  fail('execution.halfWay', {
    migration: keyOfMigration(migration),
    direction: journal.direction,
    wanted: direction,
    position: journal.position,
  })
}

async function executeOutside(
  unit: Exclude<Unit, BatchedUnit>,
  planned: PlannedMigration,
  execution: MigrationExecution,
): Promise<void> {
  const { session, patience } = execution
  switch (unit.kind) {
    case 'sql':
      return executeUnit(unit, execution, 'enforced')
    case 'code':
      return withLockRetries(() => executeUnit(unit, execution, 'enforced'), patience)
    case 'schema': {
      if (!execution.asked.has(unit)) await checkUnit(unit, session, planned)
      await session.outsideTransaction(() => executeUnit(unit, execution, 'enforced'))
      const { isDone, invalidIndexes } = await lookAt(unit, session)
      if (isDone || invalidIndexes.length === 0) return
      fail('execution.indexInvalid', {
        migration: keyOfMigration(planned.migration),
        step: unitInWords(unit),
        indexes: invalidIndexes,
      })
    }
  }
}
