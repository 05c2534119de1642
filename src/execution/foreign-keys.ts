import type { Dialect, PlanInput } from '../schema/dialect.ts'
import type { Unit } from './unit.ts'

/**
 * Whether foreign keys are switched off around a transaction that holds these units. Where code or SQL of the user's shares the transaction they stay
 * on, because it may count on cascades; the plan is then one that is safe all the same.
 */
export function foreignKeysDuring(
  units: readonly Unit[],
  { dialect, canSuspendForeignKeys }: { readonly dialect: Dialect; readonly canSuspendForeignKeys: boolean },
): PlanInput['foreignKeys'] {
  const wanted =
    canSuspendForeignKeys &&
    units.every((unit) => unit.kind === 'schema') &&
    units.some((unit) => unit.kind === 'schema' && dialect.aroundSuspended?.isWantedFor(unit.changes) === true)
  return wanted ? 'suspended' : 'enforced'
}
