import { openDatabase as openAddress } from '../dialects/index.ts'
import { fail } from '../errors/error.ts'
import { historyFindings } from '../history/findings.ts'
import type { Graph } from '../history/graph.ts'
import { keyOfMigration, type MigrationKey } from '../history/migration.ts'
import type { Project } from '../project/project.ts'
import type { Session } from '../schema/dialect.ts'
import { type AnyKysely, kyselyRecord } from './check/kysely-record.ts'
import { type RecordReader, readRecord } from './check/read-record.ts'
import { loadGraph } from './load-graph.ts'
import { openDatabase } from './open-database.ts'
import { type ProjectChoice, projectOf } from './project-of.ts'

/** Which database is to be looked at. */
export interface DatabaseStatusOptions extends ProjectChoice {
  /** By its name in the config, or a URL (`postgres://…`); `default` if not given. It is opened for the question, and closed. */
  readonly database?: string | undefined
  /** The application's own Kysely, over which the record is read with two queries; nothing is opened then. */
  readonly kysely?: AnyKysely | undefined
  /** Compares the whole database with its migrations too, which takes longer and needs a connection of its own. */
  readonly drift?: boolean | undefined
}

/** How a database stands to the migrations that the code has. */
export interface DatabaseStatus {
  /** The database in words fit for messages: no password. */
  readonly database: string
  /** On file and not applied: the database is older than the code. */
  readonly notApplied: readonly MigrationKey[]
  /** Applied, or about to be, and not on file: the database is newer than the code. */
  readonly newer: readonly MigrationKey[]
  /** On file and stopped half-way, or just being applied: its tables are in between. */
  readonly halfWay: readonly MigrationKey[]
  /** What else is wrong with the history, a sentence each: edited after it was applied, applied under another name. */
  readonly history: readonly string[]
  /** What is not as the migrations left it, a clause each; empty where that was not asked. */
  readonly drift: readonly string[]
}

/**
 * Says how a database stands to the migrations that the code has. Reads the record, and imports config and migrations but no models; changes nothing.
 *
 * @example
 * const { notApplied } = await databaseStatus({ database: 'default' })
 * console.log(`${notApplied.length} migrations to go`)
 */
export async function databaseStatus(options: DatabaseStatusOptions = {}): Promise<DatabaseStatus> {
  const { database, kysely, drift = false } = options
  if (kysely !== undefined && drift) fail('checking.driftNeedsConnection', {})
  const project = await projectOf(options)
  const graph = await loadGraph(project)
  if (kysely !== undefined) {
    return { database: 'the database', ...(await judged(graph, kyselyRecord(kysely))), drift: [] }
  }
  const session = await openNamed(project, database)
  try {
    const status = { database: session.label, ...(await judged(graph, kyselyRecord(session.kysely))) }
    if (!drift) return { ...status, drift: [] }
    const { findDrift } = await import('./find-drift.ts')
    const name = database !== undefined && project.databases.has(database) ? database : undefined
    const { judged: reality } = await findDrift({ project, database: name, session, graph })
    return { ...status, drift: reality.discrepancies.map(({ text }) => text) }
  } finally {
    await session.close()
  }
}

/** A name of the config is one before it is a URL. */
async function openNamed(project: Project, database: string | undefined): Promise<Session> {
  const isUrl = database !== undefined && !project.databases.has(database) && /^[a-z]+:/i.test(database)
  const options = { forReading: true }
  return isUrl ? openAddress(database, project.root, options) : openDatabase(project, database, options)
}

type Judged = Omit<DatabaseStatus, 'database' | 'drift'>

async function judged(files: Graph, recorder: RecordReader): Promise<Judged> {
  const record = await readRecord(files, recorder)
  const history = await historyFindings({ ...record, recorder })
  const onFile = new Set(files.loaded.map(keyOfMigration))
  const begun = new Set(record.halfWay.keys())
  const missing = history.flatMap(({ kind, migrations }) => (kind === 'missing' ? migrations : []))
  return {
    notApplied: record.notApplied,
    newer: [...new Set([...missing, ...begun.difference(onFile)])],
    halfWay: [...begun.intersection(onFile)],
    history: [
      ...record.refusals.map(({ message }) => message),
      ...history.flatMap(({ severity, text }) => (severity === 'stop' ? [text] : [])),
    ],
  }
}
