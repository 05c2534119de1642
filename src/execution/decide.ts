import { fail } from '../errors/error.ts'
import { type Adoption, asFilesHaveIt, type StuckHistory } from '../history/as-files-have-it.ts'
import { type AppliedKeys, checkConsistency } from '../history/consistency.ts'
import { copiedMigrations } from '../history/copied.ts'
import { editedMigrations } from '../history/edited.ts'
import { conflicts, effectivelyApplied, type Graph, graphFor } from '../history/graph.ts'
import { keyOfMigration, type MigrationKey } from '../history/migration.ts'
import { refuseOutOfStep } from '../history/out-of-step.ts'
import { type PlannedMigration, planMigrations, planRollback } from '../history/plan.ts'
import type { Recorded, Recorder } from '../history/recorder.ts'
import type { Target } from '../history/resolve-target.ts'
import { type SettledRecord, settle } from '../history/settle.ts'
import { defined } from '../lib/defined.ts'
import { displayPath } from '../lib/display-path.ts'
import { isInGit } from '../lib/is-in-git.ts'
import { type HalfWay, refuseHalfWayMissing } from './half-way.ts'
import { type AgreedRenames, agreedRenames, asRenamed, noRenames, type RenameConsent } from './renames.ts'

/** What files and record say together of one database at one moment. */
export interface Decision {
  /** The files as they count for this database and this target: squashes or what they replace. */
  readonly graph: Graph
  /** Every row of the record, as the files here have it: of a history that was begun anew the rows of its baseline. */
  readonly recorded: ReadonlyMap<MigrationKey, Recorded>
  /** The baselines that the database has to adopt before anything else is done. */
  readonly adoptions: readonly Adoption[]
  /** What the record has under an earlier name: `recorded` has it under the new one already. */
  readonly renames: AgreedRenames
  /** The migrations of the graph that count as applied, and on which the plan builds. */
  readonly applied: ReadonlySet<MigrationKey>
  /** Those that an earlier run has left half-way. */
  readonly halfWay: HalfWay
  /** What leads to the target. */
  readonly steps: readonly PlannedMigration[]
  /** What the record has to say of squashes, whatever the target. */
  readonly settled: SettledRecord
}

/**
 * Decides what is to be done, once record and files are known to agree: one order, no gaps, and nothing edited since. What is only to be recorded may be
 * what closes a gap.
 *
 * @throws migrations.severalLeaves, migrations.appliedBeforeDependency, execution.edited, replaces.*, resets.*
 */
export async function decide(
  recorder: Recorder,
  options: {
    readonly graph: Graph
    readonly target?: Target | undefined
    readonly fake?: boolean | undefined
    /** Only to bring back what is half-way; a target names its app. */
    readonly rollback?: boolean | undefined
    /** What has no file here is to be unapplied, whatever does the same here. */
    readonly unapplyMissing?: boolean | undefined
    /** Asked about what may have another name by now. */
    readonly onRenamed?: RenameConsent | undefined
  },
): Promise<Decision> {
  const { target, fake = false, rollback = false, unapplyMissing = false } = options
  const halfWay = await halfWayIn(recorder)
  const stored = asFilesHaveIt(options.graph, await recorder.applied(), halfWay)
  refuseStuck(stored.stuck)
  const site = { graph: options.graph, recorded: stored.recorded, recorder }
  const renames = fake || rollback || unapplyMissing ? noRenames : await agreedRenames(site, halfWay, options.onRenamed)
  const seen = asRenamed(recorder, renames)
  const { recorded, adoptions, covered } =
    seen === recorder ? stored : asFilesHaveIt(options.graph, await seen.applied(), halfWay)
  const known = withBegun(recorded, halfWay)
  const graph = graphFor(options.graph, known, target?.kind === 'migration' ? target.key : undefined)
  refuseConflicts(graph, recorded)
  refuseBegunSquash(graph, known, target)
  const applied = effectivelyApplied(graph, known)
  const steps = rollback
    ? planRollback(graph, recorded, halfWay, target)
    : planMigrations(graph, applied, target, halfWay)
  if (!fake) refuseOutOfStep(graph, recorded, applied)
  checkConsistency(graph, fake ? after(steps, applied) : applied)
  await refuseEdited(seen, graph, recorded)
  if (steps.length > 0 || rollback) refuseHalfWayMissing(halfWay, graph)
  refuseCovered(steps, covered)
  const back = new Set(
    steps.flatMap(({ migration, direction }) => (direction === 'forwards' ? [keyOfMigration(migration)] : [])),
  )
  return {
    graph,
    recorded,
    adoptions,
    renames,
    // What is on its way back and to be applied again is no ground to stand on.
    applied: applied.difference(back),
    halfWay,
    steps,
    settled: settle(graph.replacements, known),
  }
}

/** What an earlier run has left half-way; nothing where the database was never migrated. */
export async function halfWayIn(recorder: Recorder): Promise<HalfWay> {
  return (await recorder.exists()) ? recorder.halfWay() : new Map()
}

/** The record with what is half-way: a squash over a migration that was begun cannot be used. */
export function withBegun(recorded: ReadonlyMap<MigrationKey, Recorded>, halfWay: HalfWay): AppliedKeys {
  return { has: (key) => recorded.has(key), isBegun: (key) => halfWay.has(key) && !recorded.has(key) }
}

/** A squash that is half-way has to be finished before what it replaces can be in force. */
function refuseBegunSquash({ aside }: Graph, { isBegun }: AppliedKeys, target: Target | undefined): void {
  const squash = [...aside].find((key) => isBegun?.(key) === true)
  if (squash !== undefined)
    fail('replaces.begun', { squash, target: target?.kind === 'migration' ? target.key : undefined })
}

/** The way on from the middle of a history that was begun anew needs the files that are gone. */
function refuseStuck([first]: readonly StuckHistory[]): void {
  if (first === undefined) return
  const { baseline, applied, open } = first
  fail('resets.halfWay', { baseline: baseline.members[0] ?? '', applied, open, commit: baseline.commit })
}

/** There is no way back into a history of which the database has only what came after it. */
function refuseCovered(steps: readonly PlannedMigration[], covered: ReadonlyMap<MigrationKey, MigrationKey>): void {
  for (const { migration, direction } of steps) {
    const baseline = covered.get(keyOfMigration(migration))
    if (direction === 'backwards' && baseline !== undefined)
      fail('resets.covered', { migration: keyOfMigration(migration), baseline })
  }
}

/** What is applied once the steps are done. */
function after(steps: readonly PlannedMigration[], applied: ReadonlySet<MigrationKey>): ReadonlySet<MigrationKey> {
  const then = new Set(applied)
  for (const { migration, direction } of steps) {
    if (direction === 'forwards') then.add(keyOfMigration(migration))
    else then.delete(keyOfMigration(migration))
  }
  return then
}

async function refuseEdited(
  recorder: Recorder,
  graph: Graph,
  recorded: ReadonlyMap<MigrationKey, Recorded>,
): Promise<void> {
  const edited = await editedMigrations(graph, recorded, recorder)
  if (edited.length === 0) return
  fail('execution.edited', {
    migrations: edited.map(({ key, migration: { file }, differences }) => ({
      migration: key,
      differences,
      ...defined({ file: file === undefined ? undefined : displayPath(file) }),
      ...(file !== undefined && isInGit(file) && { inGit: true as const }),
    })),
  })
}

/** Of a file and its copy neither comes after the other; that is told by what it is. */
function refuseConflicts(graph: Graph, recorded: AppliedKeys): void {
  const found = conflicts(graph)
  if (found.length === 0) return
  const apps = new Set(found.map(({ app }) => app))
  const copies = copiedMigrations(graph, recorded).filter(({ copy }) => apps.has(graph.migrations.get(copy)?.app ?? ''))
  if (copies.length > 0) fail('history.copied', { copies })
  fail('migrations.severalLeaves', { conflicts: found })
}
