import type { Session } from '../schema/dialect.ts'
import type { Placement } from '../state/placement.ts'
import type { ProjectState } from '../state/project-state.ts'
import { tablesOfApps } from '../state/tables-of-apps.ts'
import { differencesWithin, type Judge } from './differences-within.ts'
import type { Discrepancy } from './discrepancy.ts'

export type { Judge }

export interface AppsToCompare {
  readonly session: Session
  /** What the database should have. */
  readonly state: ProjectState
  readonly apps: ReadonlySet<string>
  readonly placement?: Placement | undefined
  readonly judge?: Judge | undefined
}

/**
 * How the tables of some apps differ from what a State makes of them. What SQL of migrations made on these tables is no difference: the State could not
 * know it.
 */
export async function differencesOfApps(options: AppsToCompare): Promise<readonly Discrepancy[]> {
  const { session, state, apps, placement, judge } = options
  const { tables, objects } = tablesOfApps(state, apps, session.dialect, placement)
  const only = (table: string): boolean => tables.has(table)
  return differencesWithin({ session, state, placement, only, objects, judge })
}
