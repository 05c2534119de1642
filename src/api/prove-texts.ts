import { rm, writeFile } from 'node:fs/promises'
import { dirname, extname, join } from 'node:path'
import { fail } from '../errors/error.ts'
import { problemOf } from '../history/define-migration.ts'
import { importUserFile } from '../history/import-user-file.ts'
import type { Migration, MigrationDefinition } from '../history/migration.ts'
import { keyOfMigration } from '../history/migration.ts'
import { displayPath } from '../lib/display-path.ts'
import { structuralEqual } from '../lib/structural-equal.ts'
import { canonicalOperations } from '../operations/canonical.ts'

/** A file that is about to be written, and the migration that it is to hold. */
export interface TextToProve {
  /** Absolute. */
  readonly file: string
  readonly text: string
  readonly migration: Migration
}

/**
 * Loads each text as Node will, from a draft beside its place that is gone afterwards, and compares what comes out with the migration.
 *
 * @throws squash.notReadable, or what is given in its place
 */
export async function proveTexts(
  texts: readonly TextToProve[],
  code: 'squash.notReadable' | 'optimize.notReadable' = 'squash.notReadable',
): Promise<void> {
  for (const text of texts) await proveText(text, code)
}

let drafts = 0

async function proveText(
  { file, text, migration }: TextToProve,
  code: 'squash.notReadable' | 'optimize.notReadable',
): Promise<void> {
  // Files whose name begins so are no migrations.
  drafts += 1
  const draft = join(dirname(file), `_draft_${process.pid}_${drafts}${extname(file)}`)
  const refuse = (problem: string): never =>
    fail(code, { migration: keyOfMigration(migration), file: displayPath(file), problem })
  try {
    await writeFile(draft, text, { flag: 'wx' })
    const { default: loaded } = await importUserFile(draft, 'a migration').catch((error: Error) => {
      return refuse(error.message.replaceAll(displayPath(draft), displayPath(file)))
    })
    const problem = problemOf(loaded)
    if (problem !== undefined) return refuse(`The migration ${problem.problem}.`)
    // What has no problem is a definition.
    if (!isEqual(loaded as MigrationDefinition, migration.definition)) refuse('It says something else.')
  } finally {
    await rm(draft, { force: true })
  }
}

function isEqual(a: MigrationDefinition, b: MigrationDefinition): boolean {
  return structuralEqual(comparable(a), comparable(b))
}

function comparable({ operations, ...rest }: MigrationDefinition): unknown {
  return { ...rest, operations: canonicalOperations(operations) }
}
