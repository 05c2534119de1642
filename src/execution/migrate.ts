import { fail } from '../errors/error.ts'
import type { Adoption } from '../history/as-files-have-it.ts'
import type { HistoryFinding } from '../history/finding.ts'
import { plainFindings } from '../history/findings.ts'
import type { Graph } from '../history/graph.ts'
import { ledgerOf } from '../history/ledger.ts'
import { keyOfMigration, type Migration, type MigrationKey } from '../history/migration.ts'
import type { MissingMigration } from '../history/missing.ts'
import type { PlannedMigration as ChosenMigration } from '../history/plan.ts'
import { createRecorder, type Recorder } from '../history/recorder.ts'
import type { Target } from '../history/resolve-target.ts'
import { defined } from '../lib/defined.ts'
import type { Judge } from '../reality/differences-of-apps.ts'
import type { Session } from '../schema/dialect.ts'
import type { Placement } from '../state/placement.ts'
import { adoptionsHeld } from './adoptions-held.ts'
import type { BatchProgress } from './batch-progress.ts'
import { checkPlan } from './check-data.ts'
import type { Decision } from './decide.ts'
import { type Consent, guardDependents, noGuard } from './dependents-guard.ts'
import { executeAtomically, type MigrationExecution } from './execute-migration.ts'
import { executeStepwise } from './execute-stepwise.ts'
import { initialOnesHeld } from './fake-initial.ts'
import { agreeToUnseen, type UnseenConsent, unseenSteps } from './fake-initial-steps.ts'
import { type Standings, standingsOf } from './half-way.ts'
import { refuseLostRecord } from './lost-record.ts'
import { createObjectMemory } from './object-memory.ts'
import { planAll } from './plan-all.ts'
import type { Direction, PlannedMigration } from './plan-migration.ts'
import type { RenameConsent } from './renames.ts'
import type { Interrupted } from './took-effect.ts'
import { fittingRecord, type MissingConsent, missingPlan } from './unapply-missing.ts'
import type { Unit } from './unit.ts'
import type { LockRetry } from './with-lock-retries.ts'
import { adoptFirst, renameFirst, type Work, workNow } from './work.ts'
import { isOverdue, settleRecord, writeRecord } from './write-record.ts'

/** What happens while migrations are applied, for progress. */
export type MigrateEvent =
  /** These are recorded and have no file here; `unapply`: they are to be unapplied first. */
  | { readonly kind: 'missing'; readonly missing: readonly MissingMigration[]; readonly unapply: boolean }
  /** The target is found, and record and files agree: work begins. */
  | { readonly kind: 'ready' }
  | { readonly kind: 'lockWait'; readonly holder: string | undefined }
  /** The database was proven to be what a fresh beginning of a history makes, and its rows were swapped for those of the whole history. */
  | { readonly kind: 'adopted'; readonly adoption: Adoption }
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
      readonly verified?: true
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
  /** Initial migrations whose tables the database holds already, exactly as they are after them, are recorded and not carried out. */
  readonly fakeInitial?: boolean
  /** Asked before one of those is recorded that has steps of which no table tells whether they were carried out; without it none is. */
  readonly onUnseenSteps?: UnseenConsent
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
  /** Asked what something recorded is called by now, where a file that is not recorded does the same; without it `migrate` refuses to go on. */
  readonly onRenamed?: RenameConsent
  /** The same session, which the signal leaves alone: a batch of a backfill comes to its end. The session itself if not given. */
  readonly uninterrupted?: Session
  /** Ends pauses. */
  readonly signal?: AbortSignal
  /** Leaves out of what the database differs in what somebody has said is no difference. */
  readonly judge?: Judge
  readonly onEvent?: (event: MigrateEvent) => void
}

export interface MigrateResult {
  /** What is recorded, has no file here, and was left alone. */
  readonly missing: readonly MissingMigration[]
  /** Squashes that were recorded without being carried out: all that they replace is applied. */
  readonly squashes: readonly MigrationKey[]
  /** What is odd about the history and stops nothing. */
  readonly findings: readonly HistoryFinding[]
  /** What the record calls by another name now. */
  readonly renames: ReadonlyMap<MigrationKey, MigrationKey>
  /** Baselines that took the place of the histories that they began anew: the rows were swapped, and no table was touched. */
  readonly adopted: readonly Adoption[]
  readonly applied: readonly {
    readonly migration: Migration
    readonly direction: Direction
    readonly fake: boolean
    /** It was recorded because the database was compared with it and holds all of it. */
    readonly verified?: true
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
  const renames = open.renames.migrations.size
  if (open.lost.length + open.steps.length + open.adoptions.length + renames === 0 && !isOverdue(open.settled)) {
    return {
      applied: [],
      missing: open.missing,
      squashes: [],
      adopted: [],
      renames: new Map(),
      findings: findingsOf(open),
    }
  }

  const lock = await session.lock({
    timeout: options.wait ?? 600_000,
    onWait: (holder) => onEvent?.({ kind: 'lockWait', holder }),
  })
  try {
    const { work: renamed, renames } = await renameFirst(await workNow(recorder, options), recorder, options)
    const { work, adopted } = await adoptFirst(renamed, recorder, options)
    const squashes: MigrationKey[] = []
    const settle = async (): Promise<void> =>
      void squashes.push(...(await settleRecord(work.graph, { recorder, session })))
    const applied = await (options.fake
      ? recordAll(work, { recorder, settle }, options)
      : carryOut(work, { recorder, settle }, options))
    await settle()
    return {
      applied,
      missing: onMissing === undefined ? work.missing : [],
      squashes,
      adopted,
      renames,
      findings: findingsOf(work),
    }
  } finally {
    await lock.release()
  }
}

function findingsOf({ graph, recorded }: Decision): MigrateResult['findings'] {
  return plainFindings(graph, recorded)
}

/** The record, and what brings its rows of squashes into line: asked for once nothing is known to stand in the way, and again at the end. */
interface KeptRecord {
  readonly recorder: Recorder
  readonly settle: () => Promise<void>
}

async function carryOut(
  work: Work,
  { recorder, settle }: KeptRecord,
  options: MigrateOptions,
): Promise<MigrateResult['applied']> {
  const { session, placement, interrupted } = options
  const { graph, recorded, applied, lost, steps, halfWay } = work
  await agreeToUnapply(work, options)
  const whole = planAll(graph, applied, [...lost, ...steps], session.dialect, placement, halfWay)
  if (options.fakeInitial !== true) await refuseLostRecord(whole, { ...work, session, placement })
  const held = await heldAlready(work, whole, options)
  const plan = whole.filter(({ migration }) => !held.has(keyOfMigration(migration)))
  const standings = await standingsOf(plan, halfWay, { session, placement, interrupted })
  // Where nothing was ever applied there are no rows of ours to ask about, and nothing can stand on our tables.
  const isNew = recorded.size + held.size === 0
  const asked = isNew ? new Set<Unit>() : await checkPlan(plan, session, standings)
  const dependents = isNew ? noGuard : guardDependents(session, options.onDependents)
  await dependents.before(plan, standings)
  await recorder.ensure()
  await settle()
  const memory = createObjectMemory(options.uninterrupted ?? session)
  const known = { recorder, ledger: ledgerOf(graph, recorded), asked, dependents, standings, memory }
  return oneByOne(whole, { ...options, held }, (planned) => {
    if (held.has(keyOfMigration(planned.migration))) return recordOne(planned, known, session)
    const execution = executionOf(planned, known, options)
    return isStepwise(planned, session) ? executeStepwise(planned, execution) : executeAtomically(planned, execution)
  })
}

/** The initial migrations that are only to be recorded, as the database holds what they make. */
async function heldAlready(
  work: Work,
  plan: readonly PlannedMigration[],
  { fakeInitial = false, session, placement, judge, onUnseenSteps }: MigrateOptions,
): Promise<ReadonlySet<MigrationKey>> {
  const adoptions = await adoptionsHeld(work, { session, placement })
  if (!fakeInitial) return adoptions
  const held = adoptions.union(await initialOnesHeld(work, { session, placement, agreed: judge }))
  await agreeToUnseen(await unseenSteps(plan, held, session), onUnseenSteps)
  return held
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
  return oneByOne([...lost, ...steps], options, (step) => recordOne(step, { recorder, ledger }, session))
}

async function recordOne(
  step: ChosenMigration,
  { recorder, ledger }: Parameters<typeof writeRecord>[1],
  session: Session,
): Promise<boolean> {
  await session.transaction(async () => {
    await writeRecord(step, { recorder, ledger }, 0)
    await recorder.clearJournal(keyOfMigration(step.migration))
  })
  return true
}

/** Does one migration after the other and tells of each; what another process was faster with is left out of the answer. */
async function oneByOne<Step extends ChosenMigration>(
  steps: readonly Step[],
  { fake: isFake = false, held, onEvent }: MigrateOptions & { readonly held?: ReadonlySet<MigrationKey> },
  work: (step: Step) => Promise<boolean>,
): Promise<MigrateResult['applied']> {
  const finished: MigrateResult['applied'][number][] = []
  for (const step of steps) {
    const { migration, direction } = step
    const verified = held?.has(keyOfMigration(migration)) === true && { verified: true as const }
    const fake = isFake || verified !== false
    const started = performance.now()
    onEvent?.({ kind: 'start', migration, direction, fake })
    const done = await work(step)
    const milliseconds = performance.now() - started
    onEvent?.({ kind: 'done', migration, direction, fake, ...verified, milliseconds })
    if (done) finished.push({ migration, direction, fake, ...verified, milliseconds })
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
  }: Pick<MigrationExecution, 'recorder' | 'ledger' | 'asked' | 'dependents' | 'memory'> & {
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
    ...defined({ signal, standing }),
    patience: {
      retries,
      onRetry: (retry) => onEvent?.({ kind: 'lockRetry', migration, ...retry }),
      ...defined({ signal }),
    },
    uninterrupted: options.uninterrupted ?? session,
    onBatch: (progress) => onEvent?.({ kind: 'batch', migration, ...progress }),
    log: (message: string) => onEvent?.({ kind: 'log', migration, message }),
  }
}
