import type { Ledger } from '../history/ledger.ts'
import { keyOfMigration } from '../history/migration.ts'
import type { Recorder } from '../history/recorder.ts'
import type { Session } from '../schema/dialect.ts'
import { checkUnit } from './check-data.ts'
import type { DependentsGuard } from './dependents-guard.ts'
import { type ExecutionContext, executeUnit } from './execute-unit.ts'
import { foreignKeysDuring } from './foreign-keys.ts'
import type { ObjectMemory } from './object-memory.ts'
import type { PlannedMigration } from './plan-migration.ts'
import type { Standing } from './standing.ts'
import { asCommitOf, asStepOf } from './step-failure.ts'
import type { Unit } from './unit.ts'
import { type LockPatience, withLockRetries } from './with-lock-retries.ts'
import { writeRecord } from './write-record.ts'

export interface MigrationExecution extends ExecutionContext {
  readonly recorder: Recorder
  /** Which rows come and go with those of the migration. */
  readonly ledger: Ledger
  /** Units that the data was asked about before the plan began, so that it need not be asked again. */
  readonly asked: ReadonlySet<Unit>
  readonly dependents: DependentsGuard
  readonly patience: LockPatience
  /** The same session, which a request to stop leaves alone: for what is to come to its end. */
  readonly uninterrupted: Session
  /** Notes what SQL and code make. */
  readonly memory: ObjectMemory
  /** Where an earlier run has left it half-way. */
  readonly standing?: Standing
  /** A statement that the server cannot carry out in the way that was planned may be carried out in any. */
  readonly allowTableCopy: boolean
}

/** Carries out a migration that is one transaction with its record. Returns false when another process had done it already. */
export async function executeAtomically(planned: PlannedMigration, execution: MigrationExecution): Promise<boolean> {
  await execution.dependents.before([planned])
  return inTransaction(planned, planned.units, execution, async (foreignKeys) => {
    if (await isSettled(planned, execution)) return false
    const started = performance.now()
    for (const unit of planned.units) await executeInTransaction(unit, planned, execution, foreignKeys)
    await writeRecord(planned, execution, performance.now() - started)
    return true
  })
}

/** Runs a body that does some units' work in one transaction, and again where it had to wait too long for a lock. */
export async function inTransaction<Result>(
  planned: PlannedMigration,
  units: readonly Unit[],
  { session, patience }: MigrationExecution,
  body: (foreignKeys: 'suspended' | 'enforced') => Promise<Result>,
): Promise<Result> {
  const foreignKeys = foreignKeysDuring(units, session)
  const options = { suspendForeignKeys: foreignKeys === 'suspended' }
  const once = (): Promise<Result> => session.transaction(() => body(foreignKeys), options)
  return asCommitOf(planned, () => withLockRetries(once, patience))
}

/** Does one unit's work inside the transaction that is open, once nothing is known to stand in its way. */
export async function executeInTransaction(
  unit: Unit,
  planned: PlannedMigration,
  execution: MigrationExecution,
  foreignKeys: 'suspended' | 'enforced',
): Promise<void> {
  await asStepOf(unit, planned, async () => {
    if (!execution.asked.has(unit)) await checkUnit(unit, execution.session, planned)
    await execution.dependents.inTransaction(unit, planned)
    await execution.memory.within(unit, planned, () => executeUnit(unit, execution, foreignKeys))
  })
}

/** The record is read again where it can no longer change: another process may have been faster. */
export async function isSettled(
  { migration, direction }: PlannedMigration,
  { recorder }: MigrationExecution,
): Promise<boolean> {
  return (await recorder.isApplied(keyOfMigration(migration))) === (direction === 'forwards')
}
