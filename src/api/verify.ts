import { type DatabaseAddress, databaseKind, openScratch } from '../dialects/index.ts'
import { fail, GodwitError, hasCode } from '../errors/error.ts'
import { conflicts, type Graph } from '../history/graph.ts'
import { splitMigrationKey } from '../history/migration.ts'
import { describe } from '../operations/definitions.ts'
import { placementIn } from '../project/placement-in.ts'
import { chosenApps, chosenDatabase, type Project } from '../project/project.ts'
import type { Session } from '../schema/dialect.ts'
import type { Finding, FindingKind, Severity } from '../verification/finding.ts'
import { type VerifyEvent, verify } from '../verification/verify.ts'
import { detectChanges } from './detect-changes.ts'
import { interruptible } from './interruptible.ts'
import { loadGraph } from './load-graph.ts'
import { type ProjectChoice, projectOf } from './project-of.ts'

export type { Finding, FindingKind, Severity, VerifyEvent }

export interface VerifyMigrationsOptions extends ProjectChoice {
  /** Only the migrations of this app; what they need is applied and not looked at. */
  readonly app?: string | undefined
  /** By its name in the config; `default` if not given. The scratch database is one of its kind. */
  readonly database?: string | undefined
  /** Where the scratch database is made instead: `sqlite::memory:`, `pglite:`, or any database of a server beside which one may be made. */
  readonly url?: string | undefined
  /** Another seed makes other rows; 1 if not given. */
  readonly seed?: number | undefined
  /** How many rows each table gets; 8 if not given. */
  readonly rows?: number | undefined
  /** Code steps do nothing: for code that needs what no scratch database has. */
  readonly skipCode?: boolean | undefined
  /** Warnings are errors. */
  readonly strict?: boolean | undefined
  /** How long a `runCode` may send nothing to the database, in milliseconds; a minute if not given. */
  readonly codeTimeout?: number | undefined
  /** Once aborted, nothing more is sent, the scratch database goes, and the signal's reason is thrown. */
  readonly signal?: AbortSignal | undefined
  readonly onEvent?: ((event: VerifyEvent) => void) | undefined
}

export interface VerifyMigrationsResult {
  /** The scratch database, in words: it is gone. */
  readonly database: string
  readonly seed: number
  readonly rows: number
  readonly migrations: readonly { readonly app: string; readonly name: string; readonly milliseconds: number }[]
  readonly findings: readonly Finding[]
  /** No finding is an error. */
  readonly isVerified: boolean
}

/**
 * Tries every migration on a scratch database that is gone afterwards: over generated rows forwards, backwards and forwards again, SQL and code twice,
 * and compares what comes of it with what the operations say. Throws only where nothing could be tried; what is found is returned.
 *
 * @example
 * const { findings, isVerified } = await verifyMigrations({ cwd: '/srv/shop', url: 'pglite:' })
 */
export async function verifyMigrations(options: VerifyMigrationsOptions = {}): Promise<VerifyMigrationsResult> {
  const { app, seed = 1, rows = 8, skipCode, codeTimeout = 60_000, signal, onEvent } = options
  const project = await projectOf(options)
  if (app !== undefined) chosenApps(project, [app])
  const graph = await loadGraph(project)
  const several = conflicts(graph)
  if (several.length > 0) fail('migrations.severalLeaves', { conflicts: several })
  const address = options.url ?? chosenDatabase(project, options.database)
  const { database, migrations, findings } = await verify({
    graph,
    open: async () => {
      const session = await openedScratch(address, project)
      return signal === undefined ? session : interruptible(session, signal)
    },
    placement: placementIn(project, options.database),
    app,
    seed,
    rows,
    skipCode,
    codeTimeout,
    signal,
    onEvent,
  })
  const all = [...findings, ...(await missingInMigrations(project, graph, options))].map((finding) =>
    options.strict === true && finding.severity === 'warning' ? { ...finding, severity: 'error' as const } : finding,
  )
  return {
    database,
    seed,
    rows,
    migrations: migrations.map(({ key, milliseconds }) => {
      const [label, name] = splitMigrationKey(key)
      return { app: label, name, milliseconds: Math.round(milliseconds) }
    }),
    findings: all,
    isVerified: all.every(({ severity }) => severity !== 'error'),
  }
}

async function openedScratch(address: DatabaseAddress, { root }: Project): Promise<Session> {
  try {
    return await openScratch(address, root)
  } catch (error) {
    if (!hasCode(error, 'database.notPermitted')) throw error
    return fail(
      'database.scratchRefused',
      { database: databaseKind(address), reason: error.message.replace(/ The statement was .*$/s, '') },
      { cause: error },
    )
  }
}

/** What the models have and all migrations together do not. */
async function missingInMigrations(
  project: Project,
  graph: Graph,
  { app, database }: VerifyMigrationsOptions,
): Promise<readonly Finding[]> {
  const found = (text: string, severity: Severity = 'warning'): readonly Finding[] => [
    { kind: 'modelsDiffer', severity, text },
  ]
  try {
    const { migrations } = await detectChanges({
      project,
      graph,
      database,
      apps: app === undefined ? undefined : [app],
      name: undefined,
      now: new Date(),
      answers: undefined,
      questioner: undefined,
    })
    const operations = migrations.flatMap(({ app: label, definition }) =>
      definition.operations.map((operation) => `${label}: ${describe(operation)}`),
    )
    if (operations.length === 0) return []
    const shown = operations.slice(0, 10)
    const more = operations.length > shown.length ? `; and ${operations.length - shown.length} more` : ''
    return found(
      `the models are not what all migrations come to (${shown.join('; ')}${more}): makemigrations writes what is missing`,
    )
  } catch (error) {
    if (!(error instanceof GodwitError)) throw error
    // What was found on the way is worth more than that it ends here.
    return error.code.startsWith('detection.')
      ? found('the models are not what all migrations come to: makemigrations has questions')
      : found(
          `the models cannot be compared with what all migrations come to: ${error.message.replace(/\.$/, '')}`,
          'error',
        )
  }
}
