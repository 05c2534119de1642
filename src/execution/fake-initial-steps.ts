import { fail } from '../errors/error.ts'
import { keyOfMigration, type MigrationKey } from '../history/migration.ts'
import type { Session } from '../schema/dialect.ts'
import type { PlannedMigration } from './plan-migration.ts'
import type { Unit } from './unit.ts'
import { unitInWords } from './unit-in-words.ts'

/** A migration whose tables are there, with steps of which no table tells whether they were carried out. */
export interface UnseenSteps {
  readonly migration: MigrationKey
  /** In words. */
  readonly steps: readonly string[]
}

/** Whether somebody knows that steps nobody can see were carried out, or need not be. */
export type UnseenConsent = (unseen: readonly UnseenSteps[]) => Promise<boolean>

/**
 * SQL and code of migrations that are to be recorded and not carried out, as far as nothing shows that they took effect: a runSql whose `done`
 * query answers did.
 */
export async function unseenSteps(
  plan: readonly PlannedMigration[],
  held: ReadonlySet<MigrationKey>,
  session: Session,
): Promise<readonly UnseenSteps[]> {
  const found: UnseenSteps[] = []
  for (const { migration, units } of plan) {
    const key = keyOfMigration(migration)
    if (!held.has(key)) continue
    const steps: string[] = []
    for (const unit of units) if (!(await isSeen(unit, session))) steps.push(unitInWords(unit))
    if (steps.length > 0) found.push({ migration: key, steps })
  }
  return found
}

/**
 * Steps that nobody can see are passed over only where somebody says so.
 *
 * @throws adopting.stepsUnseen
 */
export async function agreeToUnseen(unseen: readonly UnseenSteps[], consent: UnseenConsent | undefined): Promise<void> {
  if (unseen.length === 0 || (await consent?.(unseen)) === true) return
  fail('adopting.stepsUnseen', { unseen })
}

/** What a unit does to tables was compared. */
async function isSeen(unit: Unit, session: Session): Promise<boolean> {
  if (unit.kind === 'schema') return true
  return unit.kind === 'sql' && unit.done !== undefined && (await session.query({ parts: [unit.done] })).length > 0
}
