import { fail } from '../errors/error.ts'
import { keyOfMigration, type MigrationKey } from '../history/migration.ts'
import { structuralEqual } from '../lib/structural-equal.ts'
import type { Dependent, Session } from '../schema/dialect.ts'
import { project } from '../state/project.ts'
import type { ProjectState } from '../state/project-state.ts'
import { unitsOnTablesAsTheyAre } from './as-they-are.ts'
import type { Standings } from './half-way.ts'
import type { Direction, PlannedMigration } from './plan-migration.ts'
import type { SchemaUnit, Unit } from './unit.ts'

/** An object of other hands, and the migration that would take it along, break it, or be stopped by it. */
export interface TakenAlong extends Dependent {
  readonly migration: MigrationKey
  readonly direction: Direction
}

/** Says whether what is listed may go. `inTransaction`: locks are held meanwhile, so that nobody can be asked who takes his time. */
export type Consent = (
  dependents: readonly TakenAlong[],
  circumstances: { readonly inTransaction: boolean },
) => Promise<boolean>

/** Lets nothing of other hands go along in silence. Each unit is asked about once, as early as its tables are as it will find them. */
export interface DependentsGuard {
  /** Before a plan, or a part of it: asks about the units whose tables no step before them changes. */
  before(plan: readonly PlannedMigration[], standings?: Standings): Promise<void>
  /** Right before a unit, inside its transaction, if it was not asked about before. */
  inTransaction(unit: Unit, planned: PlannedMigration): Promise<void>
}

/** Nothing is asked: in a database that was never migrated nothing can depend on its tables. */
export const noGuard: DependentsGuard = { before: async () => {}, inTransaction: async () => {} }

/** A guard over one run. Without a consent nothing may go. */
export function guardDependents(session: Session, consent: Consent = async () => false): DependentsGuard {
  const asked = new Set<Unit>()
  const ask = async (
    found: readonly TakenAlong[],
    circumstances: { readonly inTransaction: boolean },
  ): Promise<void> => {
    const blocking = found.filter(({ fate }) => fate === 'blocks')
    if (blocking.length > 0) fail('execution.blockedBy', { dependents: blocking })
    if (found.length > 0 && !(await consent(found, circumstances))) {
      fail('execution.wouldTakeAlong', { dependents: found, ...circumstances })
    }
  }
  return {
    async before(plan, standings) {
      const found: TakenAlong[] = []
      for (const { unit, planned } of unitsOnTablesAsTheyAre(plan, standings)) {
        if (asked.has(unit)) continue
        asked.add(unit)
        found.push(...(await takenAlongBy(unit, planned, session, plan[0]?.from)))
      }
      await ask(found, { inTransaction: false })
    },
    async inTransaction(unit, planned) {
      if (unit.kind !== 'schema' || asked.has(unit)) return
      asked.add(unit)
      await ask(await takenAlongBy(unit, planned, session), { inTransaction: true })
    },
  }
}

/** What of other hands a unit would take along, or be stopped by, in the database as it is: as it was at the `start` of the plan. */
export async function takenAlongBy(
  unit: SchemaUnit,
  { migration, direction, from }: Pick<PlannedMigration, 'migration' | 'direction' | 'from'>,
  session: Session,
  start: ProjectState = from,
): Promise<readonly TakenAlong[]> {
  const { changes, before } = unit
  if ((await session.dependents(changes, before)).length === 0) return []
  // Tables that the unit does not touch are no strangers' either. Nearly always nothing is found, and they need not be projected.
  const strangersAt = (state: ProjectState): Promise<readonly Dependent[]> => {
    const all = project(state, session.dialect)
    return session.dependents(changes, { ...all, tables: new Map([...all.tables, ...before.tables]) })
  }
  const found = await strangersAt(from)
  // What is still there and goes with an earlier migration of the plan was no stranger's when the plan began.
  const atStart = start === from || found.length === 0 ? found : await strangersAt(start)
  return found
    .filter((dependent) => atStart.some((other) => structuralEqual(other, dependent)))
    .map((dependent) => ({ ...dependent, migration: keyOfMigration(migration), direction }))
}
