import type { Adoption } from '../history/as-files-have-it.ts'
import type { MigrationKey } from '../history/migration.ts'
import { type MissingMigration, missingMigrations } from '../history/missing.ts'
import type { PlannedMigration as ChosenMigration } from '../history/plan.ts'
import type { Recorder } from '../history/recorder.ts'
import { adoptBaselines } from './adopt-baselines.ts'
import { type Decision, decide } from './decide.ts'
import type { MigrateOptions } from './migrate.ts'
import { proveRenamedApps } from './prove-renamed-apps.ts'
import { renameInRecord } from './renames.ts'
import { stepsOfMissing } from './unapply-missing.ts'

/** What there is to do, as the record has it at one moment. */
export interface Work extends Decision {
  readonly missing: readonly MissingMigration[]
  /** What unapplies those of the missing ones that are to be unapplied: it comes first. */
  readonly lost: readonly ChosenMigration[]
}

/** What there is to do now. */
export async function workNow(
  recorder: Recorder,
  { graph, target, onMissing, fake, placement, rollback, onRenamed }: MigrateOptions,
): Promise<Work> {
  const unapplyMissing = onMissing !== undefined
  const decision = await decide(recorder, { graph, target, fake, rollback, unapplyMissing, onRenamed })
  const missing = await missingMigrations(decision.graph, decision.recorded, recorder)
  return { ...decision, missing, lost: onMissing === undefined ? [] : stepsOfMissing(missing, { fake, placement }) }
}

/** What there is to do once the record calls everything as the files do. */
export async function renameFirst(
  work: Work,
  recorder: Recorder,
  options: MigrateOptions,
): Promise<{ readonly work: Work; readonly renames: ReadonlyMap<MigrationKey, MigrationKey> }> {
  const { migrations: renames } = work.renames
  if (renames.size === 0) return { work, renames }
  const { session, placement, judge } = options
  await proveRenamedApps(work, { session, placement, judge })
  await recorder.ensure()
  await renameInRecord(work.renames, work.graph, { recorder, session })
  return { work: await workNow(recorder, options), renames }
}

/** What there is to do once every baseline is adopted of whose history the database has all. */
export async function adoptFirst(
  work: Work,
  recorder: Recorder,
  options: MigrateOptions,
): Promise<{ readonly work: Work; readonly adopted: readonly Adoption[] }> {
  const { adoptions } = work
  if (adoptions.length === 0) return { work, adopted: [] }
  const { session, placement, judge, onEvent } = options
  await adoptBaselines(work, { session, recorder, placement, judge })
  for (const adoption of adoptions) onEvent?.({ kind: 'adopted', adoption })
  return { work: await workNow(recorder, options), adopted: adoptions }
}
