import { type AcceptedEdit, provenEdits } from '../execution/accept-edited.ts'
import { proveAdoptions } from '../execution/adopt-baselines.ts'
import { adoptionsHeld } from '../execution/adoptions-held.ts'
import { unitsOnTablesAsTheyAre } from '../execution/as-they-are.ts'
import { type Decision, decide } from '../execution/decide.ts'
import { takenAlongBy } from '../execution/dependents-guard.ts'
import { type InitialOptions, initialOnesHeld } from '../execution/fake-initial.ts'
import { unseenSteps } from '../execution/fake-initial-steps.ts'
import { type Standings, standingsOf } from '../execution/half-way.ts'
import { livesIn } from '../execution/lives-in.ts'
import { refuseLostRecord } from '../execution/lost-record.ts'
import { operationsInWords } from '../execution/operations-in-words.ts'
import { planAll } from '../execution/plan-all.ts'
import type { Direction, PlannedMigration } from '../execution/plan-migration.ts'
import { proveRenamedApps } from '../execution/prove-renamed-apps.ts'
import type { RenameConsent } from '../execution/renames.ts'
import { standIn } from '../execution/stop-report.ts'
import type { Interrupted } from '../execution/took-effect.ts'
import { fittingRecord, type Loss, missingPlan, stepsOfMissing } from '../execution/unapply-missing.ts'
import type { HistoryFinding } from '../history/finding.ts'
import { plainFindings } from '../history/findings.ts'
import { keyOfMigration, type MigrationKey, migrationKey } from '../history/migration.ts'
import { missingMigrations } from '../history/missing.ts'
import type { PlannedMigration as ChosenMigration } from '../history/plan.ts'
import { createRecorder } from '../history/recorder.ts'
import { isReversible } from '../operations/definitions.ts'
import { speakingAgainst } from '../project/ignored-drift.ts'
import { placementIn } from '../project/placement-in.ts'
import type { Judge } from '../reality/differences-of-apps.ts'
import type { Dependent, Dialect, Session } from '../schema/dialect.ts'
import type { Placement } from '../state/placement.ts'
import { keysNamed } from './accept-named.ts'
import { type AdoptedBaseline, showAdoption } from './adopted-baseline.ts'
import { type HalfWayProgress, halfWayProgress } from './half-way-progress.ts'
import { loadGraph } from './load-graph.ts'
import type { MigrateTarget } from './migrate.ts'
import { type ShownMissing, showMissing } from './missing.ts'
import { openDatabase } from './open-database.ts'
import { projectOf } from './project-of.ts'
import { type ShownRename, shownRenames } from './shown-renames.ts'
import { targetOf } from './target-of.ts'

export interface PlanMigrateOptions extends MigrateTarget {
  /** For a `migrate` that writes the record alone. */
  readonly fake?: boolean | undefined
  /** For a `migrate` that records initial migrations whose tables are there. */
  readonly fakeInitial?: boolean | undefined
  /** For a `migrate` that first unapplies what has no file here. */
  readonly unapplyMissing?: boolean | undefined
  /** For a `migrate` that only brings back what is half-way. */
  readonly rollback?: boolean | undefined
  /** For a `migrate` that records edits of these. */
  readonly acceptEdited?: readonly string[] | undefined
  /** Asked what something recorded is called by now; nobody asks back, so an answer is known beforehand. */
  readonly onRenamed?: RenameConsent | undefined
  /** What became of an interrupted statement whose outcome cannot be seen. */
  readonly interrupted?: Interrupted | undefined
}

/** A migration that an earlier run has left half-way, and what is left to do of it. */
export interface PlannedRest extends HalfWayProgress {
  /** In words: the statements, or steps, that are still to come. */
  readonly left: readonly string[]
}

export interface PlannedOperation {
  readonly description: string
  /** It is to be undone and cannot be, so that `migrate` would refuse the whole plan. */
  readonly irreversible?: true
  /** What it changes lives in another database of the config, so that there is nothing to do for it here. */
  readonly elsewhere?: true
}

export interface PlannedSummary {
  readonly app: string
  readonly name: string
  readonly direction: Direction
  /** In the order in which they are carried out: backwards the last one comes first. */
  readonly operations: readonly PlannedOperation[]
  /** It would be recorded and not carried out: the database holds all that it makes. */
  readonly held?: true
  /** With `held`: the steps, in words, of which nothing shows whether they were carried out. */
  readonly unseen?: readonly string[]
  /** Where an earlier run has left it half-way. */
  readonly halfWay?: PlannedRest
  /** What no migration made and the database would drop or break along with it, or refuse it for. Absent: nothing, as far as can be seen. */
  readonly dependents?: readonly Dependent[]
}

export interface PlanMigrateResult {
  /** Fresh beginnings whose rows would take the place of those of the histories that they stand for: the database is what they make. */
  readonly adopted: readonly AdoptedBaseline[]
  readonly planned: readonly PlannedSummary[]
  /** What the database has recorded, has no file here, and would be left alone. */
  readonly missing: readonly ShownMissing[]
  /** The data that would go with what is unapplied for want of a file. */
  readonly losses: readonly Loss[]
  /** Migrations whose edits would be recorded, as the database agrees with them. */
  readonly accepted: readonly AcceptedEdit[]
  /** What the record would call by another name. */
  readonly renamed: readonly ShownRename[]
  /** What else is odd about the history, and stops nothing. */
  readonly findings: readonly HistoryFinding[]
}

/**
 * What `migrate` would do, decided from the files, the record and, for what depends on the tables, the database: nothing is changed. Throws what
 * `migrate` would throw before its first step, but for what only a look at the data can tell and for steps without a way back, which are marked.
 */
export async function planMigrate(options: PlanMigrateOptions = {}): Promise<PlanMigrateResult> {
  const project = await projectOf(options)
  const files = await loadGraph(project)
  const target = targetOf(options, files, project)
  const placement = placementIn(project, options.database)
  const session = await openDatabase(project, options.database, { forReading: true })
  try {
    const { fake = false, unapplyMissing = false, rollback = false, interrupted } = options
    const judge: Judge = (discrepancies) => speakingAgainst(discrepancies, project)
    const { onRenamed, acceptEdited = [] } = options
    const { accepted, recorder } = await provenEdits(
      keysNamed(acceptEdited, { graph: files, project }),
      createRecorder(session),
      { session, graph: files, placement, judge },
    )
    const decision = await decide(recorder, { graph: files, target, fake, rollback, unapplyMissing, onRenamed })
    await proveRenamedApps(decision, { session, placement, judge })
    const { graph, recorded, applied, halfWay, steps: wanted } = decision
    await proveAdoptions(decision, { session, recorder, placement, judge })
    const missing = await missingMigrations(graph, recorded, recorder)
    const lost = unapplyMissing ? stepsOfMissing(missing, { fake, placement }) : []
    const steps = [...lost, ...wanted]
    // What has no way back can only be recorded as unapplied.
    const planned = steps.map((step) => {
      const isHalfWay = halfWay.has(keyOfMigration(step.migration))
      return summarise(step, fake || isHalfWay, placement)
    })
    const isRefused = planned.some(({ operations }) => operations.some(({ irreversible }) => irreversible))
    const whole =
      fake || isRefused
        ? []
        : fittingRecord(lost, () => planAll(graph, applied, steps, session.dialect, placement, halfWay))
    if (options.fakeInitial !== true) {
      await refuseLostRecord(whole, { graph, applied, missing, halfWay, session, placement })
    }
    const heldAs = await heldIn(options.fakeInitial, decision, whole, { session, placement, agreed: judge })
    const plan = whole.filter(({ migration }) => !heldAs.has(keyOfMigration(migration)))
    const standings = await standingsOf(plan, halfWay, { session, placement, interrupted })
    const dependents = await dependentsOf(plan, session, standings)
    const { losses } = await missingPlan(plan.slice(0, lost.length), session)
    return {
      adopted: decision.adoptions.map(showAdoption),
      planned: planned.map((summary) => {
        const key = migrationKey(summary.app, summary.name)
        const rest = restOf(plan, key, standings, session.dialect)
        return { ...summary, ...heldAs.get(key), ...(rest !== undefined && { halfWay: rest }), ...dependents.get(key) }
      }),
      missing: unapplyMissing ? [] : await showMissing(missing, project),
      losses,
      accepted,
      renamed: shownRenames(decision.renames.migrations),
      findings: plainFindings(graph, recorded),
    }
  } finally {
    await session.close()
  }
}

/** The initial migrations, and those that adopt, that would only be recorded, and what of them nobody can see. */
async function heldIn(
  isAsked: boolean | undefined,
  decision: Decision,
  plan: readonly PlannedMigration[],
  options: InitialOptions,
): Promise<ReadonlyMap<MigrationKey, Pick<PlannedSummary, 'held' | 'unseen'>>> {
  const adoptions = await adoptionsHeld(decision, options)
  const held = isAsked === true ? adoptions.union(await initialOnesHeld(decision, options)) : adoptions
  const unseen = await unseenSteps(plan, held, options.session)
  return new Map(
    [...held].map((key) => {
      const steps = unseen.find(({ migration }) => migration === key)?.steps
      return [key, { held: true, ...(steps !== undefined && { unseen: steps }) }]
    }),
  )
}

/** How far a half-way migration of the plan is, and what is left to do of it. */
function restOf(
  plan: readonly PlannedMigration[],
  key: MigrationKey,
  standings: Standings,
  dialect: Dialect,
): PlannedRest | undefined {
  const planned = plan.find(({ migration }) => keyOfMigration(migration) === key)
  const standing = standings.get(key)
  if (planned === undefined || standing === undefined) return undefined
  return { ...halfWayProgress(standing.entry), left: standIn(planned, standing.entry, dialect).left }
}

/** What each migration would take along, where its tables are still as it will find them. */
async function dependentsOf(plan: readonly PlannedMigration[], session: Session, standings: Standings) {
  const found = new Map<MigrationKey, { readonly dependents: readonly Dependent[] }>()
  for (const { unit, planned } of unitsOnTablesAsTheyAre(plan, standings)) {
    const key = keyOfMigration(planned.migration)
    const taken = await takenAlongBy(unit, planned, session, plan[0]?.from)
    const dependents = taken.map(({ migration: _, direction: __, ...dependent }): Dependent => dependent)
    const earlier = found.get(key)?.dependents ?? []
    if (dependents.length > 0) found.set(key, { dependents: [...earlier, ...dependents] })
  }
  return found
}

function summarise({ migration, direction }: ChosenMigration, fake: boolean, placement: Placement): PlannedSummary {
  const { app, name, definition } = migration
  const backwards = direction === 'backwards'
  const ordered = backwards ? definition.operations.toReversed() : definition.operations
  const here = ordered.map((operation) => livesIn(operation, { app, migration: name }, placement))
  const stuck = ordered.map((operation, position) => backwards && !fake && here[position] && !isReversible(operation))
  const operations = operationsInWords(definition.operations, direction).map((description, position) => ({
    description,
    ...(stuck[position] === true && { irreversible: true as const }),
    ...(here[position] === false && { elsewhere: true as const }),
  }))
  return { app, name, direction, operations }
}
