import { fail } from '../errors/error.ts'
import type { Graph } from '../history/graph.ts'
import { ledgerOf } from '../history/ledger.ts'
import { keyOfMigration, type Migration, type MigrationKey } from '../history/migration.ts'
import { type MissingMigration, missingMigrations } from '../history/missing.ts'
import type { PlannedMigration as ChosenMigration } from '../history/plan.ts'
import { createRecorder, type Recorder } from '../history/recorder.ts'
import type { Target } from '../history/resolve-target.ts'
import { defined } from '../lib/defined.ts'
import type { Session } from '../schema/dialect.ts'
import type { Placement } from '../state/placement.ts'
import type { BatchProgress } from './batch-progress.ts'
import { checkPlan } from './check-data.ts'
import { type Decision, decide } from './decide.ts'
import { type Consent, guardDependents, noGuard } from './dependents-guard.ts'
import { executeAtomically, type MigrationExecution } from './execute-migration.ts'
import { executeStepwise } from './execute-stepwise.ts'
import { type Standings, standingsOf } from './half-way.ts'
import { planAll } from './plan-all.ts'
import type { Direction, PlannedMigration } from './plan-migration.ts'
import type { Interrupted } from './took-effect.ts'
import { fittingRecord, type MissingConsent, missingPlan, stepsOfMissing } from './unapply-missing.ts'
import type { Unit } from './unit.ts'
import type { LockRetry } from './with-lock-retries.ts'
import { isOverdue, settleRecord, writeRecord } from './write-record.ts'

/** What happens while migrations are applied, for progress. */
export type MigrateEvent =
  /** These are recorded and have no file here; `unapply`: they are to be unapplied first. */
  | { readonly kind: 'missing'; readonly missing: readonly MissingMigration[]; readonly unapply: boolean }
  /** The target is found, and record and files agree: work begins. */
  | { readonly kind: 'ready' }
  | { readonly kind: 'lockWait'; readonly holder: string | undefined }
  | { readonly kind: 'start'; readonly migration: Migration; readonly direction: Direction; readonly fake: boolean }
  | { readonly kind: 'log'; readonly migration: Migration; readonly message: string }
  /** A batch of a backfill was committed. */
  | ({ readonly kind: 'batch'; readonly migration: Migration } & BatchProgress)
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
  /** What of the project lives in the database; absent: everything. */
  readonly placement?: Placement
  /** Writes the record and touches nothing else. */
  readonly fake?: boolean
  /** How long to wait for another process that migrates, in milliseconds. */
  readonly wait?: number
  /** How often a transaction that gave up waiting for a lock is tried again. */
  readonly lockRetries?: number
  /** How long a code step may send nothing to the database, in milliseconds. */
  readonly codeTimeout?: number
  /** Only brings back what an earlier run has left half-way; a target names the app that it is about. */
  readonly rollback?: boolean
  /** A statement that the server cannot carry out in the way that was planned may copy its table. */
  readonly allowTableCopy?: boolean
  /** What became of an interrupted statement whose outcome cannot be seen. */
  readonly interrupted?: Interrupted
  /** Asked before anything of other hands is dropped or broken along with a change; without it nothing may be. */
  readonly onDependents?: Consent
  /** Unapplies first what is recorded and has no file here, once this agreed; without it that is left alone. */
  readonly onMissing?: MissingConsent
  /** The same session, which the signal leaves alone: a batch of a backfill comes to its end. The session itself if not given. */
  readonly uninterrupted?: Session
  /** Ends pauses. */
  readonly signal?: AbortSignal
  readonly onEvent?: (event: MigrateEvent) => void
}

export interface MigrateResult {
  /** What is recorded, has no file here, and was left alone. */
  readonly missing: readonly MissingMigration[]
  /** Squashes that were recorded without being carried out: all that they replace is applied. */
  readonly squashes: readonly MigrationKey[]
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
  const { session, onMissing, onEvent } = options
  const recorder = createRecorder(session)
  const open = await workNow(recorder, options)
  if (open.missing.length > 0) onEvent?.({ kind: 'missing', missing: open.missing, unapply: onMissing !== undefined })
  onEvent?.({ kind: 'ready' })
  if (open.lost.length + open.steps.length === 0 && !isOverdue(open.settled)) {
    return { applied: [], missing: open.missing, squashes: [] }
  }

  const lock = await session.lock({
    timeout: options.wait ?? 600_000,
    onWait: (holder) => onEvent?.({ kind: 'lockWait', holder }),
  })
  try {
    const work = await workNow(recorder, options)
    const squashes: MigrationKey[] = []
    const settle = async (): Promise<void> =>
      void squashes.push(...(await settleRecord(work.graph, { recorder, session })))
    const applied = await (options.fake
      ? recordAll(work, { recorder, settle }, options)
      : carryOut(work, { recorder, settle }, options))
    await settle()
    return { applied, missing: onMissing === undefined ? work.missing : [], squashes }
  } finally {
    await lock.release()
  }
}

/** What there is to do, as the record has it at one moment. */
interface Work extends Decision {
  readonly missing: readonly MissingMigration[]
  /** What unapplies those of the missing ones that are to be unapplied: it comes first. */
  readonly lost: readonly ChosenMigration[]
}

/** The record, and what brings its rows of squashes into line: asked for once nothing is known to stand in the way, and again at the end. */
interface KeptRecord {
  readonly recorder: Recorder
  readonly settle: () => Promise<void>
}

async function workNow(
  recorder: Recorder,
  { graph, target, onMissing, fake, placement, rollback }: MigrateOptions,
): Promise<Work> {
  const decision = await decide(recorder, { graph, target, fake, rollback })
  const missing = await missingMigrations(decision.graph, decision.recorded, recorder)
  return { ...decision, missing, lost: onMissing === undefined ? [] : stepsOfMissing(missing, { fake, placement }) }
}

async function carryOut(
  work: Work,
  { recorder, settle }: KeptRecord,
  options: MigrateOptions,
): Promise<MigrateResult['applied']> {
  const { session, placement, interrupted } = options
  const { graph, recorded, applied, lost, steps, halfWay } = work
  await agreeToUnapply(work, options)
  const plan = planAll(graph, applied, [...lost, ...steps], session.dialect, placement, halfWay)
  const standings = await standingsOf(plan, halfWay, { session, placement, interrupted })
  // Where nothing was ever applied there are no rows of ours to ask about, and nothing can stand on our tables.
  const isNew = recorded.size === 0
  const asked = isNew ? new Set<Unit>() : await checkPlan(plan, session, standings)
  const dependents = isNew ? noGuard : guardDependents(session, options.onDependents)
  await dependents.before(plan, standings)
  await recorder.ensure()
  await settle()
  const known = { recorder, ledger: ledgerOf(graph, recorded), asked, dependents, standings }
  return oneByOne(plan, options, (planned) => {
    const execution = executionOf(planned, known, options)
    return isStepwise(planned, session) ? executeStepwise(planned, execution) : executeAtomically(planned, execution)
  })
}

/** Nothing goes that is on another branch unless somebody who was told what goes with it agrees. */
async function agreeToUnapply(
  { graph, applied, lost }: Work,
  { session, placement, onMissing }: MigrateOptions,
): Promise<void> {
  if (lost.length === 0 || onMissing === undefined) return
  const planned = await missingPlan(
    fittingRecord(lost, () => planAll(graph, applied, lost, session.dialect, placement)),
    session,
  )
  if (await onMissing(planned)) return
  const { migrations, losses } = planned
  fail('execution.missingKept', { migrations: migrations.map(({ migration }) => migration), losses })
}

/** Writes the record alone. What has no way back can be recorded as unapplied all the same, so nothing is planned. */
async function recordAll(
  { graph, recorded, lost, steps }: Work,
  { recorder, settle }: KeptRecord,
  options: MigrateOptions,
): Promise<MigrateResult['applied']> {
  const { session } = options
  const ledger = ledgerOf(graph, recorded)
  await recorder.ensure()
  await settle()
  return oneByOne([...lost, ...steps], options, async (step) => {
    await session.transaction(async () => {
      await writeRecord(step, { recorder, ledger }, 0)
      await recorder.clearJournal(keyOfMigration(step.migration))
    })
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

/** Whether a migration commits step by step: because it wants to, or because the server commits DDL by itself. */
function isStepwise({ migration }: PlannedMigration, { dialect }: Session): boolean {
  return migration.definition.atomic === false || !dialect.capabilities.transactionalDdl
}

function executionOf(
  { migration }: PlannedMigration,
  {
    standings,
    ...known
  }: Pick<MigrationExecution, 'recorder' | 'ledger' | 'asked' | 'dependents'> & {
    readonly standings: Standings
  },
  options: MigrateOptions,
): MigrationExecution {
  const { session, signal, lockRetries: retries = 20, codeTimeout = 60_000, allowTableCopy = false, onEvent } = options
  const standing = standings.get(keyOfMigration(migration))
  return {
    ...known,
    allowTableCopy,
    session,
    migration: keyOfMigration(migration),
    codeTimeout,
    patience: {
      retries,
      onRetry: (retry) => onEvent?.({ kind: 'lockRetry', migration, ...retry }),
      ...defined({ signal }),
    },
    uninterrupted: options.uninterrupted ?? session,
    onBatch: (progress) => onEvent?.({ kind: 'batch', migration, ...progress }),
    log: (message: string) => onEvent?.({ kind: 'log', migration, message }),
    ...defined({ standing }),
  }
}
