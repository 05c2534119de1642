import { join } from 'node:path'
import { migrationsFolder } from '../history/loader.ts'
import type { Migration } from '../history/migration.ts'
import { invariant } from '../lib/invariant.ts'
import { version } from '../lib/version.ts'
import { describe, symbolOf } from '../operations/definitions.ts'
import type { OperationSymbol } from '../operations/operation-definition.ts'
import type { Project } from '../project/project.ts'
import { migrationFileName } from '../writer/migration-file-name.ts'
import { type WriteOptions, writeMigration } from '../writer/write-migration.ts'

/** A migration that was written, or would be. */
export interface MadeMigration {
  readonly app: string
  readonly name: string
  /** Absolute. */
  readonly file: string
  readonly operations: readonly { readonly symbol: OperationSymbol; readonly description: string }[]
  /** The text of the file. */
  readonly source: string
}

/** A migration that is about to be written into its app's folder, with the text of its file. */
export function presentMigration(migration: Migration, project: Project, options: WriteOptions): MadeMigration {
  const { app, name } = migration
  return {
    app,
    name,
    file: join(migrationsFolderOf(app, project), migrationFileName(migration)),
    operations: operationsInWords(migration),
    source: writeMigration(migration, options),
  }
}

/** What a migration does, a line for each operation. */
export function operationsInWords({ definition }: Pick<Migration, 'definition'>): MadeMigration['operations'] {
  return definition.operations.map((operation) => ({
    symbol: symbolOf(operation),
    description: describe(operation),
  }))
}

/** Where the migrations of an app of the project are. */
function migrationsFolderOf(app: string, project: Project): string {
  const folder = project.apps.get(app)
  invariant(folder !== undefined, `the app ${app} is in the config`)
  return migrationsFolder(folder)
}

/** The comment at the head of a file: when and by which version it was written. */
export function headerOf(wanted: boolean | undefined, now: Date): string | false {
  return wanted !== false && `Written by Godwit ${version()} on ${now.toISOString().slice(0, 10)}`
}
