import { fail } from '../errors/error.ts'
import { type AppliedKeys, checkConsistency } from '../history/consistency.ts'
import { editedMigrations } from '../history/edited.ts'
import { conflicts, effectivelyApplied, type Graph, graphFor } from '../history/graph.ts'
import { keyOfMigration, type MigrationKey } from '../history/migration.ts'
import { type PlannedMigration, planMigrations } from '../history/plan.ts'
import type { Recorded, Recorder } from '../history/recorder.ts'
import type { Target } from '../history/resolve-target.ts'
import { type SettledRecord, settle } from '../history/settle.ts'

/** What files and record say together of one database at one moment. */
export interface Decision {
  /** The files as they count for this database and this target: squashes or what they replace. */
  readonly graph: Graph
  /** Every row of the record. */
  readonly recorded: ReadonlyMap<MigrationKey, Recorded>
  /** The migrations of the graph that count as applied. */
  readonly applied: ReadonlySet<MigrationKey>
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
  options: { readonly graph: Graph; readonly target?: Target | undefined; readonly fake?: boolean | undefined },
): Promise<Decision> {
  const { target, fake = false } = options
  const recorded = await recorder.applied()
  const known = await recordWithBegun(recorder, options.graph, recorded)
  const graph = graphFor(options.graph, known, target?.kind === 'migration' ? target.key : undefined)
  const conflict = conflicts(graph)
  if (conflict.length > 0) fail('migrations.severalLeaves', { conflicts: conflict })
  refuseBegunSquash(graph, known, target)
  const applied = effectivelyApplied(graph, known)
  const steps = planMigrations(graph, applied, target)
  checkConsistency(graph, fake ? after(steps, applied) : applied)
  await refuseEdited(recorder, graph, recorded)
  return { graph, recorded, applied, steps, settled: settle(graph.replacements, known) }
}

/** The record with what is half-way. Only where there are squashes does that matter: one over a migration that was begun cannot be used. */
export async function recordWithBegun(
  recorder: Recorder,
  { replacements }: Graph,
  recorded: ReadonlyMap<MigrationKey, Recorded>,
): Promise<AppliedKeys> {
  if (replacements.squashes.size === 0 || !(await recorder.exists())) return recorded
  const begun = await recorder.halfWay()
  return { has: (key) => recorded.has(key), isBegun: (key) => begun.has(key) && !recorded.has(key) }
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
