import { fail, hasCode } from '../../errors/error.ts'
import { halfWayIn, withBegun } from '../../execution/decide.ts'
import { asFilesHaveIt } from '../../history/as-files-have-it.ts'
import { effectivelyApplied, type Graph, graphFor } from '../../history/graph.ts'
import { migrationsFolder } from '../../history/loader.ts'
import type { MigrationKey } from '../../history/migration.ts'
import { missingMigrations } from '../../history/missing.ts'
import type { Recorder } from '../../history/recorder.ts'
import { replay } from '../../history/replay.ts'
import { describe } from '../../operations/definitions.ts'
import { speakingAgainst } from '../../project/ignored-drift.ts'
import { loadModels } from '../../project/load-models.ts'
import { placementIn } from '../../project/placement-in.ts'
import type { Project } from '../../project/project.ts'
import { differencesOfApps, type Judge } from '../../reality/differences-of-apps.ts'
import type { Session } from '../../schema/dialect.ts'
import type { ProjectState } from '../../state/project-state.ts'
import { type TablesOfApps, tablesOfApps } from '../../state/tables-of-apps.ts'
import { detectChanges } from '../detect-changes.ts'
import { dialectsOf } from '../dialects-of.ts'
import { type FreshStart, freshStart } from './fresh-start.ts'
import { type GitFacts, gitFacts } from './git-facts.ts'
import { type LostObject, type LostStep, lostObjects, lostSteps } from './lost-steps.ts'

export interface ExamineOptions {
  readonly project: Project
  readonly database: string
  readonly apps: readonly string[]
  readonly keepSql: boolean
  readonly session: Session
  readonly recorder: Recorder
  readonly files: Graph
  readonly now: Date
}

/** All that is known before a history is begun anew, once it is proven that it may be. */
export interface Examined {
  readonly fresh: FreshStart
  /** The rows that go. */
  readonly rows: readonly MigrationKey[]
  /** The files that go, or get another text; absolute. */
  readonly files: readonly string[]
  readonly git: GitFacts
  readonly lostSteps: readonly LostStep[]
  readonly lostObjects: readonly LostObject[]
}

/**
 * Proves that the history of some apps may be begun anew: all of it is applied to this database, the models are what it led to, and so is the database.
 * Reads only.
 *
 * @throws resets.*
 */
export async function examine(options: ExamineOptions): Promise<Examined> {
  const { project, apps, keepSql, session, files, now } = options
  const own = new Set(apps)
  const loaded = files.loaded.filter(({ app }) => own.has(app))
  const { graph, applied, rows } = await wholeHistory(options, own)
  if (loaded.length === 0) fail('resets.nothingToReset', { apps })
  await refuseOtherModels(project, apps, graph)
  const texts = loaded.flatMap(({ file }) => file ?? [])
  const folders = apps.map((app) => migrationsFolder(project.apps.get(app) ?? ''))
  const git = await gitFacts(project.root, { files: texts, folders })
  const { state: models } = await loadModels(project)
  const here = { dialect: session.dialect, placement: placementIn(project, options.database) }
  const fresh = freshStart({
    here,
    graph,
    models,
    apps,
    commit: git.commit,
    keepSql,
    dialects: await dialectsOf(project),
    now,
  })
  await refuseOtherDatabase(options, own, replay(graph, applied))
  return {
    fresh,
    rows,
    files: texts,
    git,
    lostSteps: lostSteps(graph, own),
    lostObjects: await lostObjects(session, own),
  }
}

/** The history as this database has it, all of it applied. */
async function wholeHistory({ recorder, files }: ExamineOptions, own: ReadonlySet<string>) {
  const halfWay = await halfWayIn(recorder)
  const found = await recorder.applied()
  const { recorded, adoptions, stuck } = asFilesHaveIt(files, found, halfWay)
  const [first] = stuck
  if (first !== undefined) {
    const { baseline, applied, open } = first
    fail('resets.halfWay', { baseline: baseline.members[0] ?? '', applied, open, commit: baseline.commit })
  }
  const known = withBegun(recorded, halfWay)
  const graph = graphFor(files, known)
  const counting = effectivelyApplied(graph, known)
  const open = graph.order.filter((key) => isOf(key, own) && (!counting.has(key) || halfWay.has(key)))
  const pending = adoptions.flatMap(({ baseline }) => (own.has(baseline.app) ? baseline.members : []))
  if (open.length + pending.length > 0) fail('resets.notApplied', { open: [...pending, ...open] })
  const missing = (await missingMigrations(graph, recorded, recorder)).filter(({ key }) => isOf(key, own))
  if (missing.length > 0) fail('resets.noFiles', { missing: missing.map(({ key }) => key) })
  return {
    graph,
    applied: graph.order.filter((key) => counting.has(key) && !halfWay.has(key)),
    rows: [...found.keys()].filter((key) => isOf(key, own)),
  }
}

/** What `makemigrations` would still find is in no history yet. */
async function refuseOtherModels(project: Project, apps: readonly string[], graph: Graph): Promise<void> {
  const operations = await changesIn(project, apps, graph)
  if (operations.length > 0) fail('resets.modelsDiffer', { apps, operations })
}

async function changesIn(project: Project, apps: readonly string[], graph: Graph) {
  const wanted = { project, apps, graph, name: undefined, now: new Date(), answers: undefined, questioner: undefined }
  try {
    const { migrations } = await detectChanges(wanted)
    return migrations
      .filter(({ app }) => apps.includes(app))
      .flatMap(({ app, definition }) =>
        definition.operations.map((operation) => ({ app, description: describe(operation) })),
      )
  } catch (error) {
    if (!hasCode(error, 'detection.unanswered')) throw error
    return error.details.questions.map((question) => {
      const key = question.key
      return { app: key.slice(0, key.indexOf('.')), description: `${key.slice(0, key.lastIndexOf(':'))} is another` }
    })
  }
}

/** Names, one by one, what the database has otherwise. */
async function refuseOtherDatabase(
  { project, database, apps, session }: ExamineOptions,
  own: ReadonlySet<string>,
  state: ProjectState,
): Promise<void> {
  const placement = placementIn(project, database)
  refuseElsewhere(apps, database, tablesOfApps(state, own, session.dialect, placement), [
    ...tablesOfApps(state, own, session.dialect, undefined).tables,
  ])
  const judge: Judge = (all) => speakingAgainst(all, project)
  const discrepancies = await differencesOfApps({ session, state, apps: own, placement, judge })
  if (discrepancies.length > 0) fail('resets.databaseDiffers', { apps, discrepancies })
}

/** A database that has none of the tables proves nothing. */
function refuseElsewhere(
  apps: readonly string[],
  database: string,
  here: TablesOfApps,
  tables: readonly string[],
): void {
  if (here.tables.size === 0 && tables.length > 0) fail('resets.livesElsewhere', { apps, database, tables })
}

function isOf(key: MigrationKey, apps: ReadonlySet<string>): boolean {
  return apps.has(key.slice(0, key.indexOf('.')))
}
