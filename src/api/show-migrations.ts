import { halfWayIn, withBegun } from '../execution/decide.ts'
import { asFilesHaveIt, type StuckHistory } from '../history/as-files-have-it.ts'
import type { HistoryFinding } from '../history/finding.ts'
import { historyFindings } from '../history/findings.ts'
import { effectivelyApplied, forwardsPlan, type Graph, graphFor, parentsOf } from '../history/graph.ts'
import type { JournalEntry } from '../history/journal.ts'
import { keyOfMigration, type Migration, type MigrationKey, migrationKey } from '../history/migration.ts'
import { missingMigrations } from '../history/missing.ts'
import { createRecorder, type Recorded } from '../history/recorder.ts'
import { defined } from '../lib/defined.ts'
import { chosenApps } from '../project/project.ts'
import { type HalfWayProgress, halfWayProgress } from './half-way-progress.ts'
import { loadGraph } from './load-graph.ts'
import { type ShownMissing, showMissing } from './missing.ts'
import { openDatabase } from './open-database.ts'
import { type ProjectChoice, projectOf } from './project-of.ts'

export interface ShowMigrationsOptions extends ProjectChoice {
  /** Only these apps; all if none is named. */
  readonly apps?: readonly string[] | undefined
  /** By its name in the config; `default` if not given. */
  readonly database?: string | undefined
}

export interface ShownMigration {
  readonly app: string
  readonly name: string
  /** A squash also counts as applied where all that it replaces is. */
  readonly applied: boolean
  /** An earlier run has left it half-way: the next `migrate` finishes it, or `--rollback` brings it back. */
  readonly halfWay?: HalfWayProgress
  /** A squash that counts as applied and has no record of its own yet: the next `migrate` writes it. */
  readonly unrecorded?: true
  /** How many migrations it began anew, if `resetmigrations` wrote it. */
  readonly resets?: number
  /** With `resets`: the database has the rows of what it began anew. The next `migrate` compares the tables with it, and swaps them for its own. */
  readonly adoptable?: true
  /** With `resets`: the database has applied a part of what it began anew, and `migrate` refuses. */
  readonly stuck?: { readonly applied: readonly MigrationKey[]; readonly open: readonly MigrationKey[] }
  /** How many migrations it replaces, if it is a squash. */
  readonly squashed?: number
  /** ISO text. */
  readonly appliedAt?: string
  /** How long it took. */
  readonly milliseconds?: number
  /** `app.name`, sorted. */
  readonly dependencies: readonly MigrationKey[]
}

export interface ShownApp {
  readonly app: string
  readonly migrations: readonly ShownMigration[]
}

export interface ShowMigrationsResult {
  readonly apps: readonly ShownApp[]
  /** The migrations of these apps and all that they depend on, in the order in which they are applied. */
  readonly plan: readonly ShownMigration[]
  /** What the database has recorded, of whichever app, and has no file here. */
  readonly missing: readonly ShownMissing[]
  /** What is odd about the history: what was edited or renamed after it was applied, apps that the config does not have, and such. */
  readonly findings: readonly HistoryFinding[]
}

/** The migrations on file and which of them the database has recorded. Imports no models and changes nothing. */
export async function showMigrations(options: ShowMigrationsOptions = {}): Promise<ShowMigrationsResult> {
  const project = await projectOf(options)
  const labels = chosenApps(project, options.apps)
  const files = await loadGraph(project)
  const session = await openDatabase(project, options.database, { forReading: true })
  try {
    const recorder = createRecorder(session)
    const halfWay = await halfWayIn(recorder)
    const { recorded: all, adoptions, stuck } = asFilesHaveIt(files, await recorder.applied(), halfWay)
    const recorded = withoutStuck(all, stuck)
    const standing = new Map<MigrationKey, Partial<ShownMigration>>([
      ...adoptions.flatMap(({ baseline }) => baseline.members.map((key) => [key, { adoptable: true }] as const)),
      ...stuck.flatMap(({ baseline, applied: done, open }) =>
        baseline.members.map((key) => [key, { stuck: { applied: done, open } }] as const),
      ),
    ])
    const known = withBegun(recorded, halfWay)
    const graph = graphFor(files, known)
    const applied = effectivelyApplied(graph, known)
    const shown = graph.order.flatMap((key): readonly ShownMigration[] => {
      const migration = graph.migrations.get(key)
      return migration === undefined
        ? []
        : [
            {
              ...show(migration, graph, recorded.get(key)),
              ...squashFacts(migration, applied.has(key), recorded.has(key)),
              ...resetFacts(migration, standing),
              ...halfWayFacts(halfWay.get(key)),
            },
          ]
    })
    const needed = new Set(
      forwardsPlan(
        graph,
        labels.flatMap((app) => graph.apps.get(app) ?? []),
      ),
    )
    const byApp = Map.groupBy(shown, (migration) => migration.app)
    return {
      apps: labels.map((app) => ({ app, migrations: byApp.get(app) ?? [] })),
      plan: shown.filter(({ app, name }) => needed.has(migrationKey(app, name))),
      missing: await showMissing(await missingMigrations(graph, recorded, recorder), project),
      findings: (await historyFindings({ graph, recorded, recorder })).filter(({ kind }) => kind !== 'missing'),
    }
  } finally {
    await session.close()
  }
}

function show(migration: Migration, graph: Graph, recorded: Recorded | undefined): ShownMigration {
  return {
    app: migration.app,
    name: migration.name,
    applied: recorded !== undefined,
    ...defined({ appliedAt: recorded?.appliedAt, milliseconds: recorded?.milliseconds }),
    dependencies: parentsOf(graph, keyOfMigration(migration)),
  }
}

function halfWayFacts(entry: JournalEntry | undefined): Pick<ShownMigration, 'halfWay'> {
  return entry === undefined ? {} : { halfWay: halfWayProgress(entry) }
}

/** The rows but for those of a history of which neither files nor baseline can tell. */
function withoutStuck(
  recorded: ReadonlyMap<MigrationKey, Recorded>,
  stuck: readonly StuckHistory[],
): ReadonlyMap<MigrationKey, Recorded> {
  const theirs = new Set(stuck.flatMap(({ applied }) => applied))
  return theirs.size === 0 ? recorded : new Map([...recorded].filter(([key]) => !theirs.has(key)))
}

function resetFacts(
  migration: Migration,
  standing: ReadonlyMap<MigrationKey, Partial<ShownMigration>>,
): Partial<ShownMigration> {
  const { resets } = migration.definition
  return resets === undefined ? {} : { resets: resets.migrations.length, ...standing.get(keyOfMigration(migration)) }
}

function squashFacts(
  { definition: { replaces = [] } }: Migration,
  isApplied: boolean,
  isRecorded: boolean,
): Pick<ShownMigration, 'applied' | 'unrecorded' | 'squashed'> {
  return {
    applied: isApplied,
    ...(isApplied && !isRecorded && { unrecorded: true }),
    ...(replaces.length > 0 && { squashed: replaces.length }),
  }
}
