import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Questioner } from '../autodetector/ask.ts'
import type { Notice } from '../autodetector/detection.ts'
import type { Answers } from '../autodetector/parse-answers.ts'
import { fail } from '../errors/error.ts'
import { migrationsFolder } from '../history/loader.ts'
import type { Migration } from '../history/migration.ts'
import { invariant } from '../lib/invariant.ts'
import { version } from '../lib/version.ts'
import { describe, symbolOf } from '../operations/definitions.ts'
import type { OperationSymbol } from '../operations/operation-definition.ts'
import { chosenApps, type Project } from '../project/project.ts'
import { type WriteOptions, writeMigration } from '../writer/write-migration.ts'
import { migrationFileName, writeMigrationFile } from '../writer/write-migration-file.ts'
import { detectChanges, emptyMigrations } from './detect-changes.ts'
import { type ProjectChoice, projectOf } from './project-of.ts'

export interface MakeMigrationsOptions extends ProjectChoice {
  /** Only these apps, and what they depend on; all if none is named. */
  readonly apps?: readonly string[] | undefined
  /** A database of the config, whose kind must be able to have the models; `default` if not given. It is not opened. */
  readonly database?: string | undefined
  /** Answers to questions, by key. */
  readonly answers?: Answers | undefined
  /** Answers what is still open; without one, open questions are an error. */
  readonly questioner?: Questioner | undefined
  /** Writes nothing. */
  readonly dryRun?: boolean | undefined
  /** An empty migration for each named app. */
  readonly empty?: boolean | undefined
  /** What follows the number in the names. */
  readonly name?: string | undefined
  /** `false`: no comment that says when and by which version a file was written. */
  readonly header?: boolean | undefined
  /** The moment of writing; now if not given. */
  readonly now?: Date | undefined
}

export interface MadeMigration {
  readonly app: string
  readonly name: string
  /** Absolute. */
  readonly file: string
  readonly operations: readonly { readonly symbol: OperationSymbol; readonly description: string }[]
  /** The text of the file. */
  readonly source: string
}

export interface MakeMigrationsResult {
  /** In an order in which they can be applied. */
  readonly migrations: readonly MadeMigration[]
  /** `false` after a dry run, and when there was nothing to write. */
  readonly written: boolean
  /** What is left to do in the models. */
  readonly notices: readonly Notice[]
}

/**
 * Compares the models with the migrations and writes what is between them as new migrations: all of them, or none. Opens no database.
 *
 * @example
 * const { migrations } = await makeMigrations({ cwd: '/srv/shop', dryRun: true })
 */
export async function makeMigrations(options: MakeMigrationsOptions = {}): Promise<MakeMigrationsResult> {
  const project = await projectOf(options)
  const { name, now = new Date(), answers, questioner, database } = options
  if (name !== undefined && !/^[a-z]\w*$/i.test(name)) fail('cli.nameNotUsable', { name })
  const apps = options.apps === undefined || options.apps.length === 0 ? undefined : chosenApps(project, options.apps)
  const wanted = { project, apps, name, now, database }
  const { migrations, notices } =
    options.empty === true ? await emptyMigrations(wanted) : await detectChanges({ ...wanted, answers, questioner })
  const header =
    options.header === false ? false : `Written by Godwit ${version()} on ${now.toISOString().slice(0, 10)}`
  const made = migrations.map((migration) => present(migration, project, { header }))
  const written = options.dryRun !== true && made.length > 0
  if (written) await writeAll(migrations, project, { header })
  return { migrations: made, written, notices }
}

function present(migration: Migration, project: Project, options: WriteOptions): MadeMigration {
  const { app, name, definition } = migration
  return {
    app,
    name,
    file: join(folderOf(app, project), migrationFileName(migration)),
    operations: definition.operations.map((operation) => ({
      symbol: symbolOf(operation),
      description: describe(operation),
    })),
    source: writeMigration(migration, options),
  }
}

/** Writes every file, or takes back those that it wrote: half of the migrations would be taken for all of them by the next run. */
async function writeAll(migrations: readonly Migration[], project: Project, options: WriteOptions): Promise<void> {
  const written: string[] = []
  try {
    for (const migration of migrations) {
      written.push(await writeMigrationFile(folderOf(migration.app, project), migration, options))
    }
  } catch (error) {
    await Promise.all(written.map((file) => rm(file, { force: true })))
    throw error
  }
}

function folderOf(app: string, project: Project): string {
  const folder = project.apps.get(app)
  invariant(folder !== undefined, `the app ${app} is in the config`)
  return migrationsFolder(folder)
}
