import { fail } from '../errors/error.ts'
import { createJournal, type JournalEntry } from '../history/journal.ts'
import { keyOfMigration } from '../history/migration.ts'
import { createResumePoints } from '../history/resume-point.ts'
import { digestsOf } from './begun-units.ts'
import { checkUnit } from './check-data.ts'
import { countSteps } from './count-steps.ts'
import { executeBatches } from './execute-batches.ts'
import { executeInTransaction, inTransaction, isSettled, type MigrationExecution } from './execute-migration.ts'
import { executeScript } from './execute-script.ts'
import { executeStatements } from './execute-statements.ts'
import { executeUnit } from './execute-unit.ts'
import { tellingWhatStands } from './interruption.ts'
import { withUnitDone } from './journal-entries.ts'
import type { PlannedMigration } from './plan-migration.ts'
import { lookAt } from './reality.ts'
import { scriptOf } from './script.ts'
import { isWithin } from './standing.ts'
import { asStepOf } from './step-failure.ts'
import { leavingNotes, reportingWhereItStopped } from './stop-report.ts'
import { type BatchedUnit, runsOutsideTransaction, type Unit } from './unit.ts'
import { unitInWords } from './unit-in-words.ts'
import { withLockRetries } from './with-lock-retries.ts'
import { writeRecord } from './write-record.ts'

/**
 * Carries out a migration whose steps commit one by one, each noted in its journal, so that a run that was killed goes on from exactly there, or back.
 * Returns false when another process had done it already.
 */
export async function executeStepwise(planned: PlannedMigration, execution: MigrationExecution): Promise<boolean> {
  return tellingWhatStands(planned, execution, () => stepByStep(planned, execution))
}

async function stepByStep(planned: PlannedMigration, execution: MigrationExecution): Promise<boolean> {
  const { recorder, standing } = execution
  if (standing === undefined && (await isSettled(planned, execution))) return false
  const { migration, direction, units } = planned
  const started = performance.now()
  let entry = standing?.entry ?? begin(planned, execution)
  if (standing?.isNew === true) {
    const points = createResumePoints(execution.session)
    if (await points.exists(keyOfMigration(migration))) await points.clear(keyOfMigration(migration))
    await recorder.writeJournal({ ...entry, migration })
  }
  if (standing !== undefined) await execution.memory.complete(planned, entry)
  let isRecorded = false
  const complete = async (): Promise<void> => {
    // What is brought back to where it began is in the record as it began.
    const isAsItBegan = standing !== undefined && (await isSettled(planned, execution))
    if (!isAsItBegan) await writeRecord(planned, execution, performance.now() - started)
    await recorder.clearJournal(keyOfMigration(migration))
    isRecorded = true
  }
  for (const [position, unit] of units.entries()) {
    if (position < entry.position) continue
    const isLast = position === units.length - 1
    entry = await executeOne(unit, { ...entry, direction, position }, planned, {
      ...execution,
      ...(isLast && { complete }),
    })
  }
  if (!isRecorded) await inTransaction(planned, [], execution, complete)
  return true
}

/** The execution of one unit. */
interface UnitExecution extends MigrationExecution {
  /** For the last one: what records that the migration is done, in the transaction of the unit, where it has one. */
  readonly complete?: () => Promise<void>
}

function begin({ direction, units }: PlannedMigration, { session }: MigrationExecution): JournalEntry {
  const total = units.reduce((sum, unit) => sum + countSteps(unit, session.dialect), 0)
  return { direction, position: 0, step: '', underWay: false, progress: { done: 0, total }, begun: [] }
}

/** Does one unit's work, from where the entry stands in it, and returns the entry with the unit finished. */
async function executeOne(
  unit: Unit,
  journalled: JournalEntry,
  planned: PlannedMigration,
  execution: UnitExecution,
): Promise<JournalEntry> {
  const { recorder, session, complete, memory } = execution
  const { migration, units } = planned
  const { position } = journalled
  const wasBegun = isWithin(journalled)
  const begun = wasBegun ? journalled.begun : digestsOf(units.slice(0, position + 1))
  const entry: JournalEntry = { ...journalled, step: unitInWords(unit), ...(begun !== undefined && { begun }) }
  const done = withUnitDone(entry)
  const finish = (): Promise<void> => recorder.writeJournal({ ...done, migration })
  if (unit.kind === 'batched') {
    // A batch that was begun comes to its end, and its notes with it.
    const { writeJournal } = createJournal(execution.uninterrupted)
    const start = (): Promise<void> => writeJournal({ ...entry, underWay: true, migration })
    const note = await memory.before(unit, planned, position)
    const end = async (): Promise<void> => {
      await note?.()
      await writeJournal({ ...done, migration })
    }
    const place = { migration, direction: entry.direction, position, isBegun: entry.underWay }
    await reportingWhereItStopped(planned, entry, session, () =>
      executeBatches(unit, place, { planned, execution, begin: start, finish: end }),
    )
    return done
  }
  await reportingWhereItStopped(planned, entry, session, async () => {
    if (!wasBegun) await execution.dependents.before([{ ...planned, units: [unit] }])
    if (!wasBegun && !session.dialect.capabilities.transactionalDdl && !execution.asked.has(unit)) {
      await asStepOf(unit, planned, () => checkUnit(unit, session, planned))
    }
  })
  const script = unit.kind === 'sql' ? scriptOf(unit, session.dialect) : undefined
  if (unit.kind === 'sql' && script !== undefined) {
    return executeScript({ unit, script, entry, complete }, planned, execution)
  }
  if (unit.kind === 'schema' && !session.dialect.capabilities.transactionalDdl) {
    return executeStatements({ unit, entry, isLast: complete !== undefined }, planned, execution)
  }
  await reportingWhereItStopped(planned, entry, session, async () => {
    if (runsOutsideTransaction(unit)) {
      const note = await memory.before(unit, planned, position)
      await recorder.writeJournal({ ...entry, underWay: true, migration })
      const carryOut = (): Promise<void> => asStepOf(unit, planned, () => executeOutside(unit, planned, execution))
      await (isOneStatement(unit) ? leavingNotes(planned, entry, execution, carryOut) : carryOut())
      if (note !== undefined) await session.transaction(note)
      await finish()
      return
    }
    await inTransaction(planned, [unit], execution, async (foreignKeys) => {
      await executeInTransaction(unit, planned, execution, foreignKeys)
      await (complete ?? finish)()
    })
  })
  return done
}

/** One statement of the user's that was refused has left nothing; of several nobody knows how many were carried out. */
function isOneStatement(unit: Unit): boolean {
  if (unit.kind !== 'sql' || unit.statements.length > 1) return false
  return unit.statements.every(({ sql }) => !sql.trim().replace(/;$/, '').includes(';'))
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
