import { forwardsPlan, type Graph, parentsOf } from '../history/graph.ts'
import { keyOfMigration, type Migration, type MigrationKey, migrationKey } from '../history/migration.ts'
import { createRecorder, type Recorded } from '../history/recorder.ts'
import { defined } from '../lib/defined.ts'
import { chosenApps } from '../project/project.ts'
import { loadGraph } from './load-graph.ts'
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
  readonly applied: boolean
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
}

/** The migrations on file and which of them the database has recorded. Imports no models and changes nothing. */
export async function showMigrations(options: ShowMigrationsOptions = {}): Promise<ShowMigrationsResult> {
  const project = await projectOf(options)
  const labels = chosenApps(project, options.apps)
  const graph = await loadGraph(project)
  const session = await openDatabase(project, options.database, { forReading: true })
  try {
    const applied = await createRecorder(session).applied()
    const shown = graph.order.flatMap((key): readonly ShownMigration[] => {
      const migration = graph.migrations.get(key)
      return migration === undefined ? [] : [show(migration, graph, applied.get(key))]
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
