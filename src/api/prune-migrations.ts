import { prunableRows, prune } from '../execution/prune.ts'
import { createRecorder } from '../history/recorder.ts'
import { chosenApps } from '../project/project.ts'
import { loadGraph } from './load-graph.ts'
import { openDatabase } from './open-database.ts'
import { type ProjectChoice, projectOf } from './project-of.ts'

export interface PruneMigrationsOptions extends ProjectChoice {
  /** The app whose rows are pruned. */
  readonly app: string
  /** By its name in the config; `default` if not given. */
  readonly database?: string | undefined
  /** Removes nothing. */
  readonly plan?: boolean | undefined
  /** How long to wait for another process that migrates, in milliseconds; ten minutes if not given. */
  readonly wait?: number | undefined
}

export interface PruneMigrationsResult {
  readonly pruned: readonly {
    readonly app: string
    readonly name: string
    /** ISO text. */
    readonly appliedAt: string
  }[]
  /** False where it was only to be planned. */
  readonly done: boolean
}

/**
 * Removes from a database's record what an app has no file of any more, such as the migrations that a finished squash stood for. The tables stay as
 * they are: what another branch has made there is forgotten, and not taken back.
 */
export async function pruneMigrations(options: PruneMigrationsOptions): Promise<PruneMigrationsResult> {
  const { app, database, plan = false, wait = 600_000 } = options
  const project = await projectOf(options)
  const graph = await loadGraph(project)
  const session = await openDatabase(project, database, plan ? { forReading: true } : {})
  try {
    const recorder = createRecorder(session)
    // An app that left the config is known by its rows.
    if (![...(await recorder.applied()).values()].some((row) => row.app === app)) chosenApps(project, [app])
    const rows = await (plan ? prunableRows(app, graph, recorder) : prune(app, graph, { recorder, session, wait }))
    return { pruned: rows.map(({ recorded: { name, appliedAt } }) => ({ app, name, appliedAt })), done: !plan }
  } finally {
    await session.close()
  }
}
