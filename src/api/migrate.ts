import { hasCode } from '../errors/error.ts'
import type { AcceptedEdit, EditConsent, UnseenEdit } from '../execution/accept-edited.ts'
import type { Consent, TakenAlong } from '../execution/dependents-guard.ts'
import type { UnseenConsent, UnseenSteps } from '../execution/fake-initial-steps.ts'
import { type MigrateResult as Executed, migrate as executeMigrate, type MigrateEvent } from '../execution/migrate.ts'
import type { Direction } from '../execution/plan-migration.ts'
import type { RenameConsent, RenameQuestion } from '../execution/renames.ts'
import type { Interrupted } from '../execution/took-effect.ts'
import type { Loss, MissingConsent, MissingPlan } from '../execution/unapply-missing.ts'
import type { HistoryFinding } from '../history/finding.ts'
import { defined } from '../lib/defined.ts'
import { settingsOf } from '../project/database-settings.ts'
import { speakingAgainst } from '../project/ignored-drift.ts'
import { placementIn } from '../project/placement-in.ts'
import { chosenDatabase } from '../project/project.ts'
import { acceptNamed } from './accept-named.ts'
import { type AdoptedBaseline, showAdoption } from './adopted-baseline.ts'
import { interruptible } from './interruptible.ts'
import { loadGraph } from './load-graph.ts'
import { type ShownMissing, showMissing } from './missing.ts'
import { openDatabase } from './open-database.ts'
import { type ProjectChoice, projectOf } from './project-of.ts'
import { type ShownRename, shownRenames } from './shown-renames.ts'
import { targetOf } from './target-of.ts'

export type {
  AcceptedEdit,
  Consent,
  EditConsent,
  HistoryFinding,
  Interrupted,
  Loss,
  MigrateEvent,
  MissingConsent,
  MissingPlan,
  RenameConsent,
  RenameQuestion,
  ShownRename,
  TakenAlong,
  UnseenConsent,
  UnseenEdit,
  UnseenSteps,
}

/** Which database is to be brought where: without an app, everything to its last migration. */
export interface MigrateTarget extends ProjectChoice {
  /** By its name in the config; `default` if not given. */
  readonly database?: string | undefined
  readonly app?: string | undefined
  /** A name, the beginning of one, or `zero`. */
  readonly migration?: string | undefined
}

export interface MigrateOptions extends MigrateTarget {
  /** Writes the record and leaves the tables alone. */
  readonly fake?: boolean | undefined
  /**
   * An initial migration whose tables are there is recorded and not carried out, if the database holds all that it makes, as it makes it; else nothing
   * is done and `migrate` throws `adopting.initialDiffers`. One of which nothing is there is carried out.
   */
  readonly fakeInitial?: boolean | undefined
  /** Asked before such a migration is recorded that has SQL or code of which nothing shows whether it was carried out; without it none is. */
  readonly onUnseenSteps?: UnseenConsent | undefined
  /** How long to wait for another process that migrates, in milliseconds; ten minutes if not given. */
  readonly wait?: number | undefined
  /** How long one statement may wait for a lock in the database, in milliseconds. Everybody else waits behind it, so it is short. */
  readonly lockTimeout?: number | undefined
  /** How often a transaction that gave up waiting for a lock is tried again; 20 times if not given. */
  readonly lockRetries?: number | undefined
  /** How long one statement may take, in milliseconds; as long as it needs if not given. */
  readonly statementTimeout?: number | undefined
  /** How long a `runCode` may send nothing to the database, in milliseconds; a minute if not given. */
  readonly codeTimeout?: number | undefined
  /** Only brings back what an earlier run has left half-way, to where it began; `app` names the app that it is about, and no migration is named. */
  readonly rollback?: boolean | undefined
  /** A statement that the server cannot carry out in the way that was planned for it may copy its table, and keep writers waiting meanwhile. */
  readonly allowTableCopy?: boolean | undefined
  /** What became of a statement outside a transaction that a killed run left behind, where it cannot be seen. */
  readonly interrupted?: Interrupted | undefined
  /**
   * Asked before anything that no migration made is dropped or broken along with a change, such as an index made by hand over a column that
   * goes. Without it nothing may go, and `migrate` throws `execution.wouldTakeAlong`.
   */
  readonly onDependents?: Consent | undefined
  /**
   * Unapplies first what the database has recorded and has no file here (it stands on another branch, or was deleted), if this agrees to the plan that
   * it is shown; if it does not, `migrate` throws `execution.missingKept`. Absent: that is left alone.
   */
  readonly onMissing?: MissingConsent | undefined
  /**
   * Migrations that were edited after they were applied, by `app.name` or the beginning of a name, and that are to be recorded as their files have them:
   * the database is compared with that first, and where it does not agree, `migrate` throws `history.editNotThere`. Those that were not edited are left
   * alone.
   */
  readonly acceptEdited?: readonly string[] | undefined
  /** Asked before an edit is recorded that no inspection can prove, as one of SQL or code; without it none is. */
  readonly onUnseenEdits?: EditConsent | undefined
  /** Asked what something recorded is called by now, where a file that is not recorded does the same; without it `migrate` throws `history.renamed`. */
  readonly onRenamed?: RenameConsent | undefined
  /**
   * Once aborted, nothing more is sent: the transaction or statement under way is undone, and `migrate` throws the signal's reason. Where a migration is left
   * half-way, it throws `execution.interrupted` or `execution.batchesPaused` instead, which say how far it is; the reason is their cause.
   */
  readonly signal?: AbortSignal | undefined
  readonly onEvent?: ((event: MigrateEvent) => void) | undefined
}

export interface AppliedMigration {
  readonly app: string
  readonly name: string
  readonly direction: Direction
  readonly fake: boolean
  /** It was recorded because the database was compared with it and holds all of it. */
  readonly verified?: true
  readonly milliseconds: number
}

export interface MigrateResult {
  /** What was applied or unapplied, in this order. */
  readonly applied: readonly AppliedMigration[]
  /** What the database has recorded, has no file here, and was left alone. */
  readonly missing: readonly ShownMissing[]
  /** Squashes that were recorded as applied without being carried out, as all that they replace is: `app.name`. */
  readonly squashes: readonly string[]
  /** Fresh beginnings whose rows took the place of those of the histories that they stand for, as the database was proven to be what they make. */
  readonly adopted: readonly AdoptedBaseline[]
  /** Migrations whose edits were recorded, as the database was proven to agree with them. */
  readonly accepted: readonly AcceptedEdit[]
  /** What the record calls by another name now. */
  readonly renamed: readonly ShownRename[]
  /** What is odd about the history and stops nothing. */
  readonly findings: readonly HistoryFinding[]
}

/**
 * Applies (or, towards an earlier target, unapplies) migrations. Throws a `GodwitError` when it cannot be done; migrations that were finished by
 * then stay, the one under way is undone.
 *
 * @example
 * const { applied } = await migrate({ cwd: '/srv/shop' })
 */
export async function migrate(options: MigrateOptions = {}): Promise<MigrateResult> {
  const project = await projectOf(options)
  const graph = await loadGraph(project)
  const target = targetOf(options, graph, project)
  const settings = settingsOf(chosenDatabase(project, options.database))
  const { lockTimeout, statementTimeout, lockRetries = settings.lockRetries, signal } = options
  const session = await openDatabase(project, options.database, { lockTimeout, statementTimeout })
  try {
    const working = signal === undefined ? session : interruptible(session, signal)
    const placement = placementIn(project, options.database)
    const accepted = await acceptNamed(options, { graph, project, placement, session: working })
    const { applied, missing, squashes, adopted, renames, findings } = await executeMigrate({
      session: working,
      graph,
      placement,
      uninterrupted: session,
      judge: (discrepancies) => speakingAgainst(discrepancies, project),
      ...defined({
        target,
        lockRetries,
        signal,
        fake: options.fake,
        fakeInitial: options.fakeInitial,
        onUnseenSteps: options.onUnseenSteps,
        wait: options.wait,
        codeTimeout: options.codeTimeout,
        rollback: options.rollback,
        allowTableCopy: options.allowTableCopy,
        interrupted: options.interrupted,
        onDependents: options.onDependents,
        onMissing: options.onMissing,
        onRenamed: options.onRenamed,
        onEvent: options.onEvent,
      }),
    })
    return {
      applied: applied.map(summarise),
      missing: await showMissing(missing, project),
      squashes,
      adopted: adopted.map(showAdoption),
      accepted,
      renamed: shownRenames(renames),
      findings,
    }
  } catch (error) {
    // What was stopped half-way says how far it has come.
    if (hasCode(error, 'execution.batchesPaused') || hasCode(error, 'execution.interrupted')) throw error
    // The reason comes back wrapped in what it interrupted.
    signal?.throwIfAborted()
    throw error
  } finally {
    await session.close()
  }
}

type Finished = Executed['applied'][number]

function summarise({ migration: { app, name }, direction, fake, verified, milliseconds }: Finished): AppliedMigration {
  return { app, name, direction, fake, ...defined({ verified }), milliseconds: Math.round(milliseconds) }
}
