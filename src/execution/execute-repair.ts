import { fail } from '../errors/error.ts'
import { canonicalJson } from '../lib/canonical-json.ts'
import type { Session } from '../schema/dialect.ts'
import type { Step } from '../schema/step.ts'
import type { PlannedRepair } from './plan-repair.ts'
import { type LockPatience, withLockRetries } from './with-lock-retries.ts'

export interface RepairOptions {
  readonly session: Session
  readonly patience: LockPatience
  /** A statement that the server cannot carry out in the way that was planned may be carried out in any. */
  readonly allowTableCopy: boolean
}

/**
 * Carries out a repair: in one transaction where statements can be in one, elsewhere one by one. Nothing is noted on the way: whoever is stopped compares again,
 * and what is left is another repair.
 */
export async function executeRepair(
  { steps, foreignKeys }: PlannedRepair,
  { session, patience, allowTableCopy }: RepairOptions,
): Promise<void> {
  const remembered = new Map<string, string>()
  const one = async (step: Step): Promise<void> => {
    switch (step.kind) {
      case 'statement':
        return void (await session.query(allowTableCopy ? (step.relaxed ?? step.sql) : step.sql))
      case 'remember':
        return void remembered.set(step.key, canonicalJson(await session.query(step.query)))
      case 'compare':
        if (remembered.get(step.key) !== canonicalJson(await session.query(step.query))) {
          fail('repair.wouldHarmRows', { subject: step.subject })
        }
    }
  }
  const all = async (): Promise<void> => {
    for (const step of steps) await one(step)
  }
  if (session.dialect.capabilities.transactionalDdl) {
    const options = { suspendForeignKeys: foreignKeys === 'suspended' }
    return withLockRetries(() => session.transaction(all, options), patience)
  }
  for (const step of steps) await withLockRetries(() => one(step), patience)
}
