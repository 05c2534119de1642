import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { fail } from '../../errors/error.ts'
import { migrationsFolder, readMigrations } from '../../history/loader.ts'
import { keyOfMigration, type Migration, type MigrationKey, splitMigrationKey } from '../../history/migration.ts'
import { missingMigrations } from '../../history/missing.ts'
import type { Recorded } from '../../history/recorder.ts'
import { operationsChecksum } from '../../operations/canonical.ts'
import { describe } from '../../operations/definitions.ts'
import type { Operation } from '../../operations/operation.ts'
import { hasCode } from '../../operations/parse-operations.ts'
import { chosenApps, type Project } from '../../project/project.ts'
import type { Schema } from '../../schema/schema.ts'
import { migrationFileName } from '../../writer/migration-file-name.ts'
import { replaceFiles } from '../../writer/replace-files.ts'
import { writeMigration } from '../../writer/write-migration.ts'
import { type ProjectChoice, projectOf } from '../project-of.ts'
import { withDatabase } from './context.ts'
import { inColumnOrder } from './in-column-order.ts'

export interface FilesFromRecordOptions extends ProjectChoice {
  /** All if none is named. */
  readonly apps?: readonly string[] | undefined
  readonly database?: string | undefined
  readonly plan?: boolean | undefined
}

export interface FileFromRecord {
  readonly app: string
  readonly name: string
  /** Absolute. */
  readonly file: string
  readonly source: string
  /** Steps whose code no record holds: what is written in their place throws, as it must never be carried out. */
  readonly withoutCode: readonly string[]
}

export interface FilesFromRecordResult {
  readonly files: readonly FileFromRecord[]
  /** `false` after a plan. */
  readonly written: boolean
}

/**
 * Writes the files of migrations that are applied and have none here, from what the record remembers of them. Each is what was applied: it has the same
 * checksum. Functions are in no record, so a step that throws stands in their place.
 *
 * @throws resets.noRows, resets.notWritable
 */
export async function filesFromRecord(options: FilesFromRecordOptions = {}): Promise<FilesFromRecordResult> {
  const project = await projectOf(options)
  const apps = chosenApps(project, options.apps)
  const { database = 'default', plan = false } = options
  const lost = await withDatabase(
    project,
    database,
    async (session, recorder) => {
      const recorded = await recorder.applied()
      const loaded = await filesOf(project)
      const missing = await missingMigrations({ loaded }, recorded, recorder)
      const schema = await session.inspect()
      return missing.flatMap(({ key, migration }) => {
        const row = recorded.get(key)
        if (!apps.includes(splitMigrationKey(key)[0]) || row === undefined) return []
        return [{ migration: migration === undefined ? undefined : whole(migration, row, schema), row, key }]
      })
    },
    { forReading: true },
  )
  if (lost.length === 0) fail('resets.noRows', { apps })
  const files = lost.map(({ migration, row, key }) => fileOf(project, migration, row, key))
  if (!plan) await replaceFiles(files.map(({ file, source }) => ({ file, text: source })))
  return { files, written: !plan }
}

/** The files as they are; what links them may be what is lost. */
async function filesOf(project: Project): Promise<readonly Migration[]> {
  return (await readMigrations(project.apps)).map((read) => {
    if ('error' in read) throw read.error
    return read.migration
  })
}

/** With what only columns of the row say, and what only the tables do. */
function whole(migration: Migration, { replaces, resets }: Recorded, schema: Schema): Migration {
  const definition = {
    ...migration.definition,
    operations: inColumnOrder(migration.definition.operations, migration.app, schema),
    ...(replaces.length > 0 && { replaces: replaces.map(splitMigrationKey) }),
    ...(resets !== undefined && { resets: { migrations: resets } }),
  }
  return { ...migration, definition }
}

function fileOf(project: Project, migration: Migration | undefined, row: Recorded, key: MigrationKey): FileFromRecord {
  const [app, name] = splitMigrationKey(key)
  if (migration === undefined || row.checksum === '')
    return fail('resets.notWritable', { migration: key, reason: 'only its name is recorded' })
  const { operations } = migration.definition
  const custom = operations.filter(isCustom).map(describe)
  if (custom.length > 0)
    fail('resets.notWritable', {
      migration: key,
      reason: `no record holds the functions of a custom operation (${custom.join(', ')})`,
    })
  // What is written again must be what was applied, or the next run would take it for an edit.
  if (operationsChecksum(operations) !== row.checksum)
    fail('resets.notWritable', { migration: key, reason: 'it was recorded in an older format' })
  const folder = migrationsFolder(project.apps.get(app) ?? '')
  const file = join(folder, migrationFileName(migration))
  if (existsSync(file)) fail('migrations.fileExists', { file })
  const header = `Written again from the record of a database, where it was applied on ${row.appliedAt.slice(0, 10)}`
  const source = writeMigration(migration, { header, code: () => lostCode(keyOfMigration(migration)) })
  return { app, name, file, source, withoutCode: operations.filter((one) => !hasCode(one)).map(describe) }
}

function isCustom(operation: Operation): boolean {
  return operation.kind === 'custom'
}

/** Loudly wrong on a database that has not applied it, and never reached on one that has. */
function lostCode(key: string): string {
  return `() => {\n  throw new Error('The code of this step of ${key} was lost: the record of a database holds no functions.')\n}`
}
