import { ask, nobody, type Questioner } from '../autodetector/ask.ts'
import { detectMigrations } from '../autodetector/detect-migrations.ts'
import type { Notice } from '../autodetector/detection.ts'
import { mentionsIn } from '../autodetector/mentions.ts'
import { nextFreeNumber, numberedName } from '../autodetector/name-migration.ts'
import type { Answers } from '../autodetector/parse-answers.ts'
import { databaseKind, dialectFor } from '../dialects/index.ts'
import { fail } from '../errors/error.ts'
import { namesOf } from '../history/baselines.ts'
import { conflicts, type Graph, leavesOf } from '../history/graph.ts'
import type { Migration } from '../history/migration.ts'
import { replay } from '../history/replay.ts'
import { defined } from '../lib/defined.ts'
import { loadModels } from '../project/load-models.ts'
import { placementIn } from '../project/placement-in.ts'
import { chosenDatabase, type Project } from '../project/project.ts'
import { stateIn } from '../state/placement.ts'
import { project as projectState } from '../state/project.ts'
import type { ProjectState } from '../state/project-state.ts'
import type { ResolvedModels } from '../state/resolve-models.ts'
import { loadGraph } from './load-graph.ts'

/** Migrations that are not written yet, in an order in which they can be applied. */
export interface Changes {
  readonly migrations: readonly Migration[]
  /** What is left to do in the models. */
  readonly notices: readonly Notice[]
}

export interface DetectChangesOptions {
  readonly project: Project
  /** The database of the config to whose kind the models must be fit; `default`, if there is one, where none is named. */
  readonly database?: string | undefined
  /** Absent: all. */
  readonly apps: readonly string[] | undefined
  readonly name: string | undefined
  readonly now: Date
}

/** What is in the models and not in the migrations. */
export async function detectChanges(
  options: DetectChangesOptions & {
    readonly answers: Answers | undefined
    readonly questioner: Questioner | undefined
    /** The migrations, where they are loaded already. */
    readonly graph?: Graph
    /** The models, where they are known already. */
    readonly models?: ResolvedModels
  },
): Promise<Changes> {
  const { project, apps, name, now, answers, questioner } = options
  const [graph, { state, hints }] = await Promise.all([
    options.graph ?? loadGraph(project),
    options.models ?? loadModels(project),
  ])
  await refuseUnfit(state, project, options.database)
  const known = {
    from: replay(graph, graph.order),
    to: state,
    hints: new Map([...hints.models, ...hints.fields]),
    leaves: lastMigrations(graph, apps),
    taken: namesTaken(graph),
    mentions: mentionsIn(graph.migrations.values()),
    optional: questioner !== undefined,
    now,
    ...defined({ name, apps }),
  }
  return ask({
    detect: (given) => detectMigrations({ ...known, answers: given }),
    questioner: questioner ?? nobody,
    ...defined({ answers }),
  })
}

/**
 * Models that a database cannot have which is to have them are refused before anything is asked or written: the named one, else any. None of them is
 * opened.
 */
async function refuseUnfit(state: ProjectState, project: Project, name: string | undefined): Promise<void> {
  for (const database of name === undefined ? project.databases.keys() : [name]) {
    const dialect = await dialectFor(databaseKind(chosenDatabase(project, database)))
    projectState(stateIn(state, placementIn(project, database)), dialect)
  }
}

/** A migration without operations for each app, to be filled by hand. */
export async function emptyMigrations({ project, apps, name, now }: DetectChangesOptions): Promise<Changes> {
  if (apps === undefined) return fail('cli.emptyNeedsApp', {})
  const graph = await loadGraph(project)
  const leaves = lastMigrations(graph, apps)
  const taken = namesTaken(graph)
  const migrations = apps.map((app): Migration => {
    const leaf = leaves.get(app)
    return {
      app,
      name: numberedName(
        nextFreeNumber(leaf, taken.get(app)),
        name ?? `custom_${now.toISOString().slice(0, 10).replaceAll('-', '')}`,
      ),
      definition: { ...(leaf === undefined ? {} : { dependencies: [[app, leaf]] }), operations: [] },
    }
  })
  return { migrations, notices: [] }
}

/** The names that histories which were begun anew have taken, by app. */
function namesTaken({ baselines }: Graph): ReadonlyMap<string, readonly string[]> {
  return new Map([...baselines].map(([app, baseline]) => [app, namesOf(baseline)]))
}

/** The last migration of each app. Fails where a named app has several; without names, where any has. */
function lastMigrations(graph: Graph, apps: readonly string[] | undefined): ReadonlyMap<string, string> {
  const open = conflicts(graph).filter(({ app }) => apps === undefined || apps.includes(app))
  if (open.length > 0) fail('migrations.severalLeaves', { conflicts: open })
  return new Map(
    [...graph.apps.keys()].flatMap((app) => {
      const leaf = leavesOf(graph, app).at(-1)
      const migration = leaf === undefined ? undefined : graph.migrations.get(leaf)
      return migration === undefined ? [] : [[app, migration.name] as const]
    }),
  )
}
