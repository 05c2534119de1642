import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { fail } from '../errors/error.ts'
import { displayPath } from '../lib/display-path.ts'
import { problemOf } from './define-migration.ts'
import { importUserFile } from './import-user-file.ts'
import type { Migration, MigrationDefinition } from './migration.ts'

interface MigrationFile {
  readonly app: string
  readonly name: string
  readonly file: string
}

/** Where an app's migrations are. */
export function migrationsFolder(appFolder: string): string {
  return join(appFolder, 'migrations')
}

/**
 * Reads the migrations of all apps, by app and name: every file in `migrations/` that ends in .ts, .mts, .js or .mjs and whose name begins with none
 * of `_ ~ .`. An app without that folder has none. What they say of each other is the graph's business.
 *
 * @param apps Label → absolute folder.
 * @throws migrations.twoFiles, migrations.noDefinition, migrations.invalidDefinition, and loading.* for a file that cannot be imported
 */
export async function loadMigrations(apps: ReadonlyMap<string, string>): Promise<readonly Migration[]> {
  // Of several broken files the first by name is told about, not the one that happened to fail first.
  return (await readMigrations(apps)).map((read) => {
    if ('error' in read) throw read.error
    return read.migration
  })
}

/** What became of reading one file. */
export type ReadMigration = { readonly migration: Migration } | (MigrationFile & { readonly error: unknown })

/** The same for whoever goes on without the files that cannot be read. */
export async function readMigrations(apps: ReadonlyMap<string, string>): Promise<readonly ReadMigration[]> {
  const listed = (await Promise.all([...apps].sort(byLabel).map(([app, folder]) => listFiles(app, folder)))).flat()
  return Promise.all(
    listed.map(async (file): Promise<ReadMigration> => {
      try {
        return { migration: await loadFile(file) }
      } catch (error) {
        return { ...file, error }
      }
    }),
  )
}

async function listFiles(app: string, appFolder: string): Promise<readonly MigrationFile[]> {
  const folder = migrationsFolder(appFolder)
  const files = (await entriesOf(folder)).flatMap((entry): MigrationFile[] => {
    const [, name] = /^([^_~.].*)\.m?[tj]s$/.exec(entry) ?? []
    return name === undefined || name.endsWith('.d') ? [] : [{ app, name, file: join(folder, entry) }]
  })
  for (const [name, same] of Map.groupBy(files, (file) => file.name)) {
    if (same.length > 1) fail('migrations.twoFiles', { app, name, files: same.map(({ file }) => displayPath(file)) })
  }
  return files
}

/** The names of the files in a folder, sorted; none when there is no such folder. */
async function entriesOf(folder: string): Promise<readonly string[]> {
  try {
    const entries = await readdir(folder, { withFileTypes: true })
    const names = entries.filter((entry) => !entry.isDirectory()).map((entry) => entry.name)
    return names.sort()
  } catch (error) {
    if (error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR')) return []
    throw error
  }
}

async function loadFile({ app, name, file }: MigrationFile): Promise<Migration> {
  const { default: definition, ...exports } = await importUserFile(file, `a migration of ${app}`)
  if (definition === undefined) fail('migrations.noDefinition', { file: displayPath(file) })
  requireDefinition(definition, file)
  return { app, name, definition, file, ...(Object.keys(exports).length === 0 ? {} : { exports }) }
}

/** A file may export plain data, or be made by another copy of Godwit, so what counts is the shape. */
function requireDefinition(definition: unknown, file: string): asserts definition is MigrationDefinition {
  const problem = problemOf(definition)
  if (problem !== undefined) fail('migrations.invalidDefinition', { file: displayPath(file), ...problem })
}

function byLabel([a]: readonly [string, string], [b]: readonly [string, string]): number {
  return a < b ? -1 : a > b ? 1 : 0
}
