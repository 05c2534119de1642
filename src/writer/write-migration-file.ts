import { mkdir, rename, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { fail } from '../errors/error.ts'
import type { Migration } from '../history/migration.ts'
import { displayPath } from '../lib/display-path.ts'
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
  await writeNewFile(file, writeMigration(migration, options))
  return file
}

/**
 * Writes a file that must not exist yet. The name is claimed by an empty file, which only one of several processes can make, and the finished text is
 * renamed over it.
 */
async function writeNewFile(file: string, text: string): Promise<void> {
  await mkdir(dirname(file), { recursive: true })
  const draft = `${file}.${process.pid}.draft`
  try {
    await writeFile(draft, text)
    await claim(file)
    await rename(draft, file)
  } finally {
    await rm(draft, { force: true })
  }
}

async function claim(file: string): Promise<void> {
  try {
    await writeFile(file, '', { flag: 'wx' })
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') {
      fail('migrations.fileExists', { file: displayPath(file) }, { cause: error })
    }
    throw error
  }
}
