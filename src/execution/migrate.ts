import type { Graph } from '../history/graph.ts'
import { keyOfMigration, type Migration, type MigrationKey } from '../history/migration.ts'
import { type PlannedMigration as ChosenMigration, planMigrations } from '../history/plan.ts'
import { createRecorder, type Recorder } from '../history/recorder.ts'
import type { Target } from '../history/resolve-target.ts'
import type { Session } from '../schema/dialect.ts'
import { checkPlan } from './check-data.ts'
import { checkedRecord } from './checked-record.ts'
import { executeMigration, type Interrupted, writeRecord } from './execute-migration.ts'
import { planAll } from './plan-all.ts'
import type { Direction, PlannedMigration } from './plan-migration.ts'
import type { Unit } from './unit.ts'

/** What happens while migrations are applied, for progress. */
export type MigrateEvent =
  /** The target is found, and record and files agree: work begins. */
  | { readonly kind: 'ready' }
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
 * Throws `execution.*` when the plan can't be carried out, before anything is touched; what fails on the way is undone.
 */
export async function migrate(options: MigrateOptions): Promise<MigrateResult> {
  const { session, graph, target, onEvent } = options
  const recorder = createRecorder(session)
  const open = planMigrations(graph, await checkedRecord(recorder, graph), target)
  onEvent?.({ kind: 'ready' })
  if (open.length === 0) return { applied: [] }

  const lock = await session.lock({
    timeout: options.lockTimeout ?? 600_000,
    onWait: (holder) => onEvent?.({ kind: 'lockWait', holder }),
  })
  try {
    const applied = await checkedRecord(recorder, graph)
    const steps = planMigrations(graph, applied, target)
    return {
      applied: await (options.fake ? recordAll(steps, recorder, options) : carryOut(steps, applied, recorder, options)),
    }
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
  const { session, graph } = options
  const plan = planAll(graph, applied, steps, session.dialect)
  // Where nothing was ever applied there are no rows of ours to ask about.
  const asked = applied.size === 0 ? new Set<Unit>() : await checkPlan(plan, session)
  await recorder.ensure()
  return oneByOne(plan, options, (planned) => executeMigration(planned, executionOf(planned, recorder, asked, options)))
}

/** Writes the record alone. What has no way back can be recorded as unapplied all the same, so nothing is planned. */
async function recordAll(
  steps: readonly ChosenMigration[],
  recorder: Recorder,
  options: MigrateOptions,
): Promise<MigrateResult['applied']> {
  await recorder.ensure()
  return oneByOne(steps, options, async (step) => {
    await writeRecord(step, recorder, 0)
    return true
  })
}

/** Does one migration after the other and tells of each; what another process was faster with is left out of the answer. */
async function oneByOne<Step extends ChosenMigration>(
  steps: readonly Step[],
  { fake = false, onEvent }: MigrateOptions,
  work: (step: Step) => Promise<boolean>,
): Promise<MigrateResult['applied']> {
  const finished: MigrateResult['applied'][number][] = []
  for (const step of steps) {
    const { migration, direction } = step
    const started = performance.now()
    onEvent?.({ kind: 'start', migration, direction, fake })
    const done = await work(step)
    const milliseconds = performance.now() - started
    onEvent?.({ kind: 'done', migration, direction, fake, milliseconds })
    if (done) finished.push({ migration, direction, fake, milliseconds })
  }
  return finished
}

function executionOf(planned: PlannedMigration, recorder: Recorder, asked: ReadonlySet<Unit>, options: MigrateOptions) {
  const { session, interrupted, codeTimeout = 60_000, onEvent } = options
  const { migration } = planned
  return {
    session,
    recorder,
    asked,
    migration: keyOfMigration(migration),
    codeTimeout,
    log: (message: string) => onEvent?.({ kind: 'log', migration, message }),
    ...(interrupted === undefined ? {} : { interrupted }),
  }
}
