import { fail } from '../errors/error.ts'
import { keyOfMigration } from '../history/migration.ts'
import type { Session } from '../schema/dialect.ts'
import type { PlannedMigration } from './plan-migration.ts'
import { lookAt } from './reality.ts'
import type { Unit } from './unit.ts'
import { unitInWords } from './unit-in-words.ts'

/** What a person said of a statement whose outcome cannot be seen: it took effect, or it is to be run again. */
export type Interrupted = 'done' | 'again'

/** Whether a unit that was under way when its process died took effect. Code outside a transaction bears being run again. */
export async function tookEffect(
  unit: Unit,
  { migration }: Pick<PlannedMigration, 'migration'>,
  { session, interrupted }: { readonly session: Session; readonly interrupted?: Interrupted },
): Promise<boolean> {
  switch (unit.kind) {
    case 'schema':
      return (await lookAt(unit, session)).isDone
    case 'code':
    // Each batch is committed together with the place where it ends.
    case 'batched':
      return false
    case 'sql':
      if (unit.done !== undefined) return (await session.query({ parts: [unit.done] })).length > 0
      if (interrupted !== undefined) return interrupted === 'done'
      return fail('execution.unknownOutcome', { migration: keyOfMigration(migration), step: unitInWords(unit) })
  }
}
