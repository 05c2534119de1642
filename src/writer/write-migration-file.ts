import { join } from 'node:path'
import type { Migration } from '../history/migration.ts'
import { replaceFiles } from './replace-files.ts'
import { type WriteOptions, writeMigration } from './write-migration.ts'

/** The name of the file that holds a migration. */
export function migrationFileName({ name }: Pick<Migration, 'name'>): string {
  return `${name}.ts`
}

/**
 * Writes a migration into a folder, which is made if need be, and returns the file's path. The file appears whole or not at all; one that exists already
 * is left as it is.
 *
 * @throws migrations.fileExists, migrations.codeNotWritable
 */
export async function writeMigrationFile(
  folder: string,
  migration: Migration,
  options?: WriteOptions,
): Promise<string> {
  const file = join(folder, migrationFileName(migration))
  await replaceFiles([{ file, text: writeMigration(migration, options) }])
  return file
}
