import { databaseKind, dialectFor } from '../dialects/index.ts'
import { type Direction, planMigration } from '../execution/plan-migration.ts'
import { type SqlSection, sqlOf } from '../execution/sql-of.ts'
import { keyOfMigration } from '../history/migration.ts'
import { stateBefore } from '../history/replay.ts'
import { findMigration } from '../history/resolve-target.ts'
import { chosenDatabase } from '../project/project.ts'
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
  /** Whether all of it runs in one transaction. */
  readonly transaction: boolean
  readonly sections: readonly SqlSection[]
}

/** The SQL of one migration. Needs no database and imports no models. */
export async function sqlMigrate(options: SqlMigrateOptions): Promise<SqlMigrateResult> {
  const project = await projectOf(options)
  const dialect = dialectFor(options.dialect ?? databaseKind(chosenDatabase(project, options.database)))
  const graph = await loadGraph(project)
  const migration = findMigration(graph, options.app, options.migration, project.apps.keys())
  const direction = options.backwards === true ? 'backwards' : 'forwards'
  const planned = planMigration({
    migration,
    before: stateBefore(graph, keyOfMigration(migration)),
    direction,
    dialect,
  })
  return {
    app: migration.app,
    name: migration.name,
    direction,
    dialect: dialect.name,
    transaction: migration.definition.atomic !== false && dialect.capabilities.transactionalDdl,
    sections: sqlOf(planned, dialect),
  }
}
