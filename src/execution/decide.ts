import { fail } from '../errors/error.ts'
import { type AppliedKeys, checkConsistency } from '../history/consistency.ts'
import { editedMigrations } from '../history/edited.ts'
import { conflicts, effectivelyApplied, type Graph, graphFor } from '../history/graph.ts'
import { keyOfMigration, type MigrationKey } from '../history/migration.ts'
import { type PlannedMigration, planMigrations, planRollback } from '../history/plan.ts'
import type { Recorded, Recorder } from '../history/recorder.ts'
import type { Target } from '../history/resolve-target.ts'
import { type SettledRecord, settle } from '../history/settle.ts'
import { type HalfWay, refuseHalfWayMissing } from './half-way.ts'

/** What files and record say together of one database at one moment. */
export interface Decision {
  /** The files as they count for this database and this target: squashes or what they replace. */
  readonly graph: Graph
  /** Every row of the record. */
  readonly recorded: ReadonlyMap<MigrationKey, Recorded>
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
 * @throws migrations.severalLeaves, migrations.appliedBeforeDependency, execution.edited, replaces.*
 */
export async function decide(
  recorder: Recorder,
  options: {
    readonly graph: Graph
    readonly target?: Target | undefined
    readonly fake?: boolean | undefined
    /** Only to bring back what is half-way; a target names its app. */
    readonly rollback?: boolean | undefined
  },
): Promise<Decision> {
  const { target, fake = false, rollback = false } = options
  const recorded = await recorder.applied()
  const halfWay = await halfWayIn(recorder)
  const known = withBegun(recorded, halfWay)
  const graph = graphFor(options.graph, known, target?.kind === 'migration' ? target.key : undefined)
  const conflict = conflicts(graph)
  if (conflict.length > 0) fail('migrations.severalLeaves', { conflicts: conflict })
  refuseBegunSquash(graph, known, target)
  const applied = effectivelyApplied(graph, known)
  const steps = rollback
    ? planRollback(graph, recorded, halfWay, target)
    : planMigrations(graph, applied, target, halfWay)
  checkConsistency(graph, fake ? after(steps, applied) : applied)
  await refuseEdited(recorder, graph, recorded)
  if (steps.length > 0 || rollback) refuseHalfWayMissing(halfWay, graph)
  const back = new Set(
    steps.flatMap(({ migration, direction }) => (direction === 'forwards' ? [keyOfMigration(migration)] : [])),
  )
  return {
    graph,
    recorded,
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
  fail('execution.edited', { migrations: edited.map(({ key, differences }) => ({ migration: key, differences })) })
}
