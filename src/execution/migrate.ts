import { fail } from '../errors/error.ts'
import { checkConsistency } from '../history/consistency.ts'
import { editedMigrations } from '../history/edited.ts'
import { conflicts, fullOrder, type Graph } from '../history/graph.ts'
import { keyOfMigration, type Migration, type MigrationKey } from '../history/migration.ts'
import { type PlannedMigration as ChosenMigration, planMigrations } from '../history/plan.ts'
import { createRecorder, type Recorded, type Recorder } from '../history/recorder.ts'
import { applyMigration } from '../history/replay.ts'
import type { Target } from '../history/resolve-target.ts'
import type { Session } from '../schema/dialect.ts'
import { emptyState, type ProjectState } from '../state/project-state.ts'
import { checkPlan } from './check-data.ts'
import { executeMigration, type Interrupted, writeRecord } from './execute-migration.ts'
import { type Direction, type PlannedMigration, planMigration } from './plan-migration.ts'

/** What happens while migrations are applied, for progress. */
export type MigrateEvent =
  | { readonly kind: 'lockWait'; readonly holder: string | undefined }
  | { readonly kind: 'start'; readonly migration: Migration; readonly direction: Direction; readonly fake: boolean }
  | { readonly kind: 'log'; readonly migration: Migration; readonly message: string }
  | {
      readonly kind: 'done'
      readonly migration: Migration
      readonly direction: Direction
      readonly fake: boolean
      readonly milliseconds: number
    }

export interface MigrateOptions {
  readonly session: Session
  readonly graph: Graph
  /** Absent: every migration of every app. */
  readonly target?: Target
  /** Writes the record and touches nothing else. */
  readonly fake?: boolean
  /** How long to wait for another process, in milliseconds. */
  readonly lockTimeout?: number
  /** How long a code step may send nothing to the database, in milliseconds. */
  readonly codeTimeout?: number
  /** What became of an interrupted statement whose outcome cannot be seen. */
  readonly interrupted?: Interrupted
  readonly onEvent?: (event: MigrateEvent) => void
}

export interface MigrateResult {
  readonly applied: readonly {
    readonly migration: Migration
    readonly direction: Direction
    readonly fake: boolean
    readonly milliseconds: number
  }[]
}

/**
 * Brings a database to a target: decides with the record as it is once the lock is held, proves the whole plan possible (nothing irreversible, no
 * data in the way) and only then starts.
 *
 * Throws `execution.*` when the plan can't be carried out; nothing is then half-done.
 */
export async function migrate(options: MigrateOptions): Promise<MigrateResult> {
  const { session, graph, target } = options
  const conflict = conflicts(graph)
  if (conflict.length > 0) fail('execution.conflict', { apps: conflict })
  const recorder = createRecorder(session)
  if (planMigrations(graph, keysOf(await checkedRecord(recorder, graph)), target).length === 0) return { applied: [] }

  const lock = await session.lock({
    timeout: options.lockTimeout ?? 600_000,
    onWait: (holder) => options.onEvent?.({ kind: 'lockWait', holder }),
  })
  try {
    await recorder.ensure()
    const applied = await checkedRecord(recorder, graph)
    const steps = planMigrations(graph, keysOf(applied), target)
    return { applied: await carryOut(steps, keysOf(applied), recorder, options) }
  } finally {
    await lock.release()
  }
}

async function carryOut(
  steps: readonly ChosenMigration[],
  applied: ReadonlySet<MigrationKey>,
  recorder: Recorder,
  options: MigrateOptions,
): Promise<MigrateResult['applied']> {
  const { session, fake = false, onEvent } = options
  const plan = planAll(options.graph, applied, steps, session)
  if (!fake && applied.size > 0) await checkPlan(plan, session)

  const finished: MigrateResult['applied'][number][] = []
  for (const planned of plan) {
    const { migration, direction } = planned
    const started = performance.now()
    onEvent?.({ kind: 'start', migration, direction, fake })
    const done = await (fake
      ? recordOnly(planned, recorder)
      : executeMigration(planned, executionOf(planned, recorder, options)))
    const milliseconds = performance.now() - started
    onEvent?.({ kind: 'done', migration, direction, fake, milliseconds })
    if (done) finished.push({ migration, direction, fake, milliseconds })
  }
  return finished
}

function executionOf(planned: PlannedMigration, recorder: Recorder, options: MigrateOptions) {
  const { session, interrupted, codeTimeout = 60_000, onEvent } = options
  const { migration } = planned
  return {
    session,
    recorder,
    migration: keyOfMigration(migration),
    codeTimeout,
    log: (message: string) => onEvent?.({ kind: 'log', migration, message }),
    ...(interrupted === undefined ? {} : { interrupted }),
  }
}

async function recordOnly(planned: PlannedMigration, recorder: Recorder): Promise<boolean> {
  await writeRecord(planned, recorder, 0)
  return true
}

/**
 * Every step of the plan with the State that it builds on. Forwards each builds on all that is applied by then; backwards the States are those of
 * a replay in which what is to be unapplied comes last, in the opposite order.
 */
function planAll(
  graph: Graph,
  applied: ReadonlySet<MigrationKey>,
  steps: readonly ChosenMigration[],
  session: Session,
): readonly PlannedMigration[] {
  const { dialect } = session
  const unapplied = steps.filter((step) => step.direction === 'backwards').map((step) => step.migration)
  const leaving = new Set(unapplied.map(keyOfMigration))
  let state = fullOrder(graph)
    .flatMap((key) => (applied.has(key) && !leaving.has(key) ? (graph.migrations.get(key) ?? []) : []))
    .reduce<ProjectState>((before, migration) => applyMigration(before, migration), emptyState)

  if (unapplied.length > 0) {
    const plans = unapplied.toReversed().map((migration) => {
      const planned = planMigration({ migration, before: state, direction: 'backwards', dialect })
      state = planned.after
      return planned
    })
    return plans.toReversed()
  }
  return steps.map(({ migration }) => {
    const planned = planMigration({ migration, before: state, direction: 'forwards', dialect })
    state = planned.after
    return planned
  })
}

async function checkedRecord(recorder: Recorder, graph: Graph): Promise<ReadonlyMap<MigrationKey, Recorded>> {
  const applied = await recorder.applied()
  checkConsistency(graph, keysOf(applied))
  const edited = await editedMigrations(graph, applied, recorder)
  if (edited.length > 0) {
    fail('execution.edited', { migrations: edited.map(({ key, differences }) => ({ migration: key, differences })) })
  }
  return applied
}

function keysOf(applied: ReadonlyMap<MigrationKey, Recorded>): ReadonlySet<MigrationKey> {
  return new Set(applied.keys())
}
