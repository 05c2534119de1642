import type { Graph } from '../history/graph.ts'
import { keyOfMigration, type Migration, type MigrationKey } from '../history/migration.ts'
import { type PlannedMigration as ChosenMigration, planMigrations } from '../history/plan.ts'
import { createRecorder, type Recorder } from '../history/recorder.ts'
import type { Target } from '../history/resolve-target.ts'
import { defined } from '../lib/defined.ts'
import type { Session } from '../schema/dialect.ts'
import { checkPlan } from './check-data.ts'
import { checkedRecord } from './checked-record.ts'
import { type Consent, guardDependents, noGuard } from './dependents-guard.ts'
import { executeAtomically, type MigrationExecution, writeRecord } from './execute-migration.ts'
import { executeStepwise } from './execute-stepwise.ts'
import { planAll } from './plan-all.ts'
import type { Direction, PlannedMigration } from './plan-migration.ts'
import type { Interrupted } from './took-effect.ts'
import type { Unit } from './unit.ts'
import type { LockRetry } from './with-lock-retries.ts'

/** What happens while migrations are applied, for progress. */
export type MigrateEvent =
  /** The target is found, and record and files agree: work begins. */
  | { readonly kind: 'ready' }
  | { readonly kind: 'lockWait'; readonly holder: string | undefined }
  | { readonly kind: 'start'; readonly migration: Migration; readonly direction: Direction; readonly fake: boolean }
  | { readonly kind: 'log'; readonly migration: Migration; readonly message: string }
  /** A transaction gave up waiting for a lock, was rolled back, and is tried again after a pause. */
  | ({ readonly kind: 'lockRetry'; readonly migration: Migration } & LockRetry)
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
  /** How long to wait for another process that migrates, in milliseconds. */
  readonly wait?: number
  /** How often a transaction that gave up waiting for a lock is tried again. */
  readonly lockRetries?: number
  /** How long a code step may send nothing to the database, in milliseconds. */
  readonly codeTimeout?: number
  /** What became of an interrupted statement whose outcome cannot be seen. */
  readonly interrupted?: Interrupted
  /** Asked before anything of other hands is dropped or broken along with a change; without it nothing may be. */
  readonly onDependents?: Consent
  /** Ends pauses. */
  readonly signal?: AbortSignal
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
    timeout: options.wait ?? 600_000,
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
  // Where nothing was ever applied there are no rows of ours to ask about, and nothing can stand on our tables.
  const isNew = applied.size === 0
  const asked = isNew ? new Set<Unit>() : await checkPlan(plan, session)
  const dependents = isNew ? noGuard : guardDependents(session, options.onDependents)
  await dependents.before(plan)
  await recorder.ensure()
  const known = { recorder, asked, dependents }
  return oneByOne(plan, options, (planned) => {
    const execution = executionOf(planned, known, options)
    return planned.migration.definition.atomic === false
      ? executeStepwise(planned, execution)
      : executeAtomically(planned, execution)
  })
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

function executionOf(
  { migration }: PlannedMigration,
  known: Pick<MigrationExecution, 'recorder' | 'asked' | 'dependents'>,
  options: MigrateOptions,
): MigrationExecution {
  const { session, interrupted, signal, lockRetries: retries = 20, codeTimeout = 60_000, onEvent } = options
  return {
    ...known,
    session,
    migration: keyOfMigration(migration),
    codeTimeout,
    patience: {
      retries,
      onRetry: (retry) => onEvent?.({ kind: 'lockRetry', migration, ...retry }),
      ...defined({ signal }),
    },
    log: (message: string) => onEvent?.({ kind: 'log', migration, message }),
    ...defined({ interrupted }),
  }
}
