import { databaseKind, databaseKinds, dialectFor } from '../dialects/index.ts'
import { fail } from '../errors/error.ts'
import { type Direction, planMigration } from '../execution/plan-migration.ts'
import { type SqlBlock, sqlOf } from '../execution/sql-of.ts'
import { graphFor } from '../history/graph.ts'
import { keyOfMigration } from '../history/migration.ts'
import { stateBefore } from '../history/replay.ts'
import { findMigration } from '../history/resolve-target.ts'
import { placementIn } from '../project/placement-in.ts'
import { chosenDatabase, type Project } from '../project/project.ts'
import type { Dialect } from '../schema/dialect.ts'
import { loadGraph } from './load-graph.ts'
import { type ProjectChoice, projectOf } from './project-of.ts'

export interface SqlMigrateOptions extends ProjectChoice {
  readonly app: string
  /** A name, or the beginning of one. */
  readonly migration: string
  /** The SQL that unapplies it. */
  readonly backwards?: boolean | undefined
  /** A kind of database; that of `database` if not given. */
  readonly dialect?: string | undefined
  /** By its name in the config; `default` if not given. It is not opened. */
  readonly database?: string | undefined
}

export interface SqlMigrateResult {
  readonly app: string
  readonly name: string
  readonly direction: Direction
  readonly dialect: string
  /** The database commits DDL by itself, so that there is no transaction around it: a run that is stopped has to be finished from where it stopped. */
  readonly withoutTransaction?: true
  /** The version of the server that the statements are for, where no server was asked and they depend on it. */
  readonly version?: string
  /** One for each transaction: a single one, unless the migration is not atomic. */
  readonly blocks: readonly SqlBlock[]
}

/** The SQL of one migration. Needs no database and imports no models. */
export async function sqlMigrate(options: SqlMigrateOptions): Promise<SqlMigrateResult> {
  const project = await projectOf(options)
  const dialect = await chosenDialect(project, options)
  const files = await loadGraph(project)
  const migration = findMigration(files, options.app, options.migration, project.apps.keys())
  // Without a database, so a migration that a squash replaces is as good as the squash.
  const graph = graphFor(files, new Set(), keyOfMigration(migration))
  const direction = options.backwards === true ? 'backwards' : 'forwards'
  const planned = planMigration({
    migration,
    before: stateBefore(graph, keyOfMigration(migration)),
    direction,
    dialect,
    placement: placementIn(project, options.database),
  })
  return {
    app: migration.app,
    name: migration.name,
    direction,
    dialect: dialect.name,
    ...(!dialect.capabilities.transactionalDdl && { withoutTransaction: true as const, version: dialect.version }),
    blocks: sqlOf(planned, dialect),
  }
}

/** The dialect that was named, else that of the database. */
async function chosenDialect(project: Project, { dialect, database }: SqlMigrateOptions): Promise<Dialect> {
  const address = chosenDatabase(project, database)
  if (dialect === undefined) return dialectFor(databaseKind(address))
  if (!databaseKinds.includes(dialect)) fail('database.unknownKind', { kind: dialect, known: databaseKinds })
  return dialectFor(dialect)
}
