import { fail, GodwitError, hasCode } from '../errors/error.ts'
import { keyOfMigration } from '../history/migration.ts'
import type { Recorder } from '../history/recorder.ts'
import { checkUnit } from './check-data.ts'
import { type ExecutionContext, executeUnit, unitInWords } from './execute-unit.ts'
import { foreignKeysDuring } from './foreign-keys.ts'
import type { PlannedMigration } from './plan-migration.ts'
import { runsOutsideTransaction, type Unit } from './unit.ts'

/** What a person said of a statement whose outcome cannot be seen: it took effect, or it is to be run again. */
export type Interrupted = 'done' | 'again'

export interface MigrationExecution extends ExecutionContext {
  readonly recorder: Recorder
  /** Units that the data was asked about before the plan began, so that it need not be asked again. */
  readonly asked: ReadonlySet<Unit>
  readonly interrupted?: Interrupted
}

/**
 * Carries a planned migration out and records it. Atomic: everything and the record in one transaction. Otherwise each unit commits by itself
 * together with its journal row, so that a run that was killed goes on from exactly there. Returns false when another process had done it already.
 */
export async function executeMigration(planned: PlannedMigration, execution: MigrationExecution): Promise<boolean> {
  return planned.migration.definition.atomic === false
    ? executeStepwise(planned, execution)
    : executeAtomically(planned, execution)
}

async function executeAtomically(planned: PlannedMigration, execution: MigrationExecution): Promise<boolean> {
  const { session } = execution
  const foreignKeys = foreignKeysDuring(planned.units, session)
  return session.transaction(
    async () => {
      if (await isSettled(planned, execution)) return false
      const started = performance.now()
      for (const unit of planned.units) {
        await inContext(planned, unit, async () => {
          if (!execution.asked.has(unit)) await checkUnit(unit, session, planned)
          await executeUnit(unit, execution, foreignKeys)
        })
      }
      await writeRecord(planned, execution.recorder, performance.now() - started)
      return true
    },
    { suspendForeignKeys: foreignKeys === 'suspended' },
  )
}

async function executeStepwise(planned: PlannedMigration, execution: MigrationExecution): Promise<boolean> {
  if (await isSettled(planned, execution)) return false
  const { session, recorder } = execution
  const { migration, direction, units } = planned
  const started = performance.now()
  const journal = await recorder.readJournal(keyOfMigration(migration))
  if (journal !== undefined && journal.direction !== direction) {
    fail('execution.halfWay', {
      migration: keyOfMigration(migration),
      direction: journal.direction,
      wanted: direction,
      position: journal.position,
    })
  }
  for (const [position, unit] of units.entries()) {
    const entry = { migration, direction, step: unitInWords(unit) }
    const finished = { ...entry, position: position + 1, underWay: false }
    if (journal !== undefined && position < journal.position) continue
    const underWay = journal?.underWay === true && position === journal.position
    if (underWay && (await tookEffect(unit, planned, execution))) {
      await recorder.writeJournal(finished)
      continue
    }
    if (runsOutsideTransaction(unit)) {
      await recorder.writeJournal({ ...entry, position, underWay: true })
      await inContext(planned, unit, () => executeUnit(unit, execution, 'enforced'))
      await recorder.writeJournal(finished)
      continue
    }
    const foreignKeys = foreignKeysDuring([unit], session)
    await session.transaction(
      async () => {
        await inContext(planned, unit, async () => {
          if (!execution.asked.has(unit)) await checkUnit(unit, session, planned)
          await executeUnit(unit, execution, foreignKeys)
        })
        await recorder.writeJournal(finished)
      },
      { suspendForeignKeys: foreignKeys === 'suspended' },
    )
  }
  await session.transaction(async () => {
    await writeRecord(planned, recorder, performance.now() - started)
    await recorder.clearJournal(keyOfMigration(migration))
  })
  return true
}

/** The record is read again where it can no longer change: another process may have been faster. */
async function isSettled(
  { migration, direction }: PlannedMigration,
  { recorder }: MigrationExecution,
): Promise<boolean> {
  return (await recorder.isApplied(keyOfMigration(migration))) === (direction === 'forwards')
}

/** Notes in the record that a migration is applied, or no longer is. */
export async function writeRecord(
  { migration, direction }: Pick<PlannedMigration, 'migration' | 'direction'>,
  recorder: Recorder,
  milliseconds: number,
): Promise<void> {
  if (direction === 'forwards') {
    await recorder.record(migration, { milliseconds })
  } else await recorder.unrecord(keyOfMigration(migration))
}

/** Whether a unit that was under way when its process died took effect. Code outside a transaction bears being run again. */
async function tookEffect(unit: Unit, planned: PlannedMigration, execution: MigrationExecution): Promise<boolean> {
  if (unit.kind !== 'sql') return false
  if (unit.done !== undefined) return (await execution.session.query({ parts: [unit.done] })).length > 0
  if (execution.interrupted !== undefined) return execution.interrupted === 'done'
  return fail('execution.unknownOutcome', { migration: keyOfMigration(planned.migration), step: unitInWords(unit) })
}

/** Says which migration and which step a failure of the database belongs to. */
async function inContext(planned: PlannedMigration, unit: Unit, work: () => Promise<void>): Promise<void> {
  try {
    await work()
  } catch (error) {
    if (error instanceof GodwitError && error.code.startsWith('execution.')) throw error
    const { app, name } = planned.migration
    if (hasCode(error, 'database.tableExists') && planned.direction === 'forwards') {
      fail('execution.tableExists', { app, migration: name, table: error.details.table }, { cause: error })
    }
    const known = error instanceof GodwitError
    fail(
      'execution.stepFailed',
      {
        migration: keyOfMigration(planned.migration),
        direction: planned.direction,
        step: unitInWords(unit),
        reason: error instanceof Error ? error.message : String(error),
        fix: known ? error.fix : 'Mend what the message says and run migrate again.',
      },
      { cause: error },
    )
  }
}
