import { keyOfMigration, type MigrationKey } from '../../history/migration.ts'
import type { Project } from '../../project/project.ts'
import { presentMigration } from '../made-migration.ts'
import type { Beginning } from './beginning.ts'
import type { Existing } from './existing.ts'

/** A file of an adopted app. */
export interface AdoptedFile {
  /** Absolute. */
  readonly file: string
  /** It was there before. */
  readonly isThere: boolean
  /** The text, where it is new. */
  readonly source?: string
}

export interface AdoptedFiles {
  readonly models: AdoptedFile & {
    /** The tables, and what their models are called. */
    readonly tables: readonly { readonly table: string; readonly model: string }[]
  }
  /** The initial migrations of the app, in their order. */
  readonly migrations: readonly (AdoptedFile & { readonly migration: MigrationKey })[]
}

/** The files that an adopted app has: what is there, and what is to be written. */
export function adoptedFiles(
  { file, place, read }: Existing,
  { migrations, unwritten }: Beginning,
  project: Project,
  header: string | false,
): AdoptedFiles {
  const tables = read.models.map(({ table, model }) => ({ table: table.name, model: model.name }))
  const isThere = place === 'models'
  return {
    models: { file, isThere, tables, ...(isThere ? {} : { source: read.source }) },
    migrations: migrations.map((one) => {
      const migration = keyOfMigration(one)
      const made = presentMigration(one, project, { header })
      return unwritten.includes(one)
        ? { migration, file: made.file, isThere: false, source: made.source }
        : { migration, file: one.file ?? made.file, isThere: true }
    }),
  }
}
