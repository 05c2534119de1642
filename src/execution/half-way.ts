import { fail } from '../errors/error.ts'
import type { Graph } from '../history/graph.ts'
import type { JournalEntry } from '../history/journal.ts'
import { keyOfMigration, type MigrationKey } from '../history/migration.ts'
import type { Session } from '../schema/dialect.ts'
import type { Placement } from '../state/placement.ts'
import type { PlannedMigration } from './plan-migration.ts'
import { type Standing, standingOf } from './standing.ts'
import type { Interrupted } from './took-effect.ts'

/** Which migrations an earlier run has left half-way. */
export type HalfWay = ReadonlyMap<MigrationKey, JournalEntry>

/** Where the work of each begins. */
export type Standings = ReadonlyMap<MigrationKey, Standing>

/** Where the half-way ones of a plan stand. Reads the database and changes nothing. */
export async function standingsOf(
  plan: readonly PlannedMigration[],
  halfWay: HalfWay,
  options: {
    readonly session: Session
    readonly placement?: Placement | undefined
    readonly interrupted?: Interrupted | undefined
  },
): Promise<Standings> {
  const found = new Map<MigrationKey, Standing>()
  for (const planned of plan) {
    const key = keyOfMigration(planned.migration)
    const entry = halfWay.get(key)
    if (entry !== undefined) found.set(key, await standingOf(planned, entry, options))
  }
  return found
}

/**
 * Refuses to build on tables that are in between and that no file here describes.
 *
 * @throws execution.halfWayMissing
 */
export function refuseHalfWayMissing(halfWay: HalfWay, { loaded }: Graph): void {
  const known = new Set(loaded.map(keyOfMigration))
  const migrations = [...halfWay.keys()].filter((key) => !known.has(key))
  if (migrations.length > 0) fail('execution.halfWayMissing', { migrations })
}
