import { fail } from '../errors/error.ts'
import type { Adoption } from '../history/as-files-have-it.ts'
import type { Graph } from '../history/graph.ts'
import { keyOfMigration, type Migration, type MigrationKey } from '../history/migration.ts'
import type { Recorded, Recorder } from '../history/recorder.ts'
import type { Judge } from '../reality/differences-of-apps.ts'
import type { Session } from '../schema/dialect.ts'
import type { Placement } from '../state/placement.ts'

/** What `migrate` knows of a database that is to adopt baselines. */
export interface AdoptionWork {
  readonly graph: Graph
  readonly adoptions: readonly Adoption[]
  /** The record as the files have it: as if the baselines were adopted. */
  readonly recorded: ReadonlyMap<MigrationKey, Recorded>
}

export interface AdoptionOptions {
  readonly session: Session
  readonly recorder: Recorder
  readonly placement?: Placement | undefined
  readonly judge?: Judge | undefined
  /** Called before each row that goes or comes, and before all of it is committed. */
  readonly onStep?: ((step: string) => void) | undefined
}

/**
 * Compares the tables of apps that began anew with what the baselines, and what else is applied, make of them.
 *
 * @throws resets.differs, with every difference
 */
export async function proveAdoptions(
  { graph, adoptions, recorded }: AdoptionWork,
  { session, recorder, placement, judge }: AdoptionOptions,
): Promise<void> {
  if (adoptions.length === 0) return
  const { differencesOfApps } = await import('../reality/differences-of-apps.ts')
  const { rememberedState } = await import('../reality/remembered-state.ts')
  const { state } = await rememberedState(graph, { ...recorder, applied: async () => recorded })
  const apps = new Set(adoptions.map(({ baseline }) => baseline.app))
  const discrepancies = await differencesOfApps({ session, state, apps, placement, judge })
  if (discrepancies.length === 0) return
  const baselines = adoptions.flatMap(({ baseline }) => baseline.members)
  const commit = adoptions.find(({ baseline }) => baseline.commit !== undefined)?.baseline.commit
  fail('resets.differs', { baselines, discrepancies, commit })
}

/**
 * Swaps the rows of histories that were begun anew for those of their baselines, all in one transaction, once the database is proven to be what these
 * make. No table is touched. Whoever calls holds the lock.
 *
 * @throws resets.differs
 */
export async function adoptBaselines(work: AdoptionWork, options: AdoptionOptions): Promise<void> {
  await proveAdoptions(work, options)
  const { session, recorder, onStep = () => {} } = options
  await recorder.ensure()
  await session.transaction(async () => {
    for (const { baseline, rows } of work.adoptions) {
      for (const key of rows) {
        onStep(`forget ${key}`)
        await recorder.unrecord(key)
      }
      for (const migration of membersOf(baseline.members, work.graph)) {
        onStep(`record ${keyOfMigration(migration)}`)
        await recorder.record(migration, { milliseconds: 0 })
      }
    }
    onStep('commit the rows')
  })
}

function membersOf(members: readonly MigrationKey[], { loaded }: Graph): readonly Migration[] {
  return loaded.filter((migration) => members.includes(keyOfMigration(migration)))
}
