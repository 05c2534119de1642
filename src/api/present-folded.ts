import { fail } from '../errors/error.ts'
import { keyOfMigration, type Migration } from '../history/migration.ts'
import { displayPath } from '../lib/display-path.ts'
import type { Project } from '../project/project.ts'
import { lostComments, readMigrationSource, rewritingOptions } from '../rewriting/migration-source.ts'
import { findUnwritable } from '../writer/operation.ts'
import { type MadeMigration, presentMigration } from './made-migration.ts'

export interface PresentedFold {
  readonly migration: MadeMigration
  /** Comments of the former file that are not in its text. */
  readonly lostComments: readonly string[]
}

/**
 * A migration that takes the place of another, with the text of what stays as it was: code, comments, declarations of the file, its line ends.
 *
 * @throws update.notRewritable where something of the former file would be lost
 */
export async function presentFolded(former: Migration, updated: Migration, project: Project): Promise<PresentedFold> {
  const source = await readMigrationSource(former)
  const options = source && rewritingOptions(source, updated.definition)
  if (
    source === undefined ||
    options === undefined ||
    findUnwritable(updated.definition.operations, options) !== undefined
  ) {
    const migration = keyOfMigration(former)
    return fail('update.notRewritable', { migration, file: displayPath(former.file ?? former.name) })
  }
  const made = presentMigration(updated, project, options)
  const text = made.source.replaceAll('\n', source.lineEnd)
  return { migration: { ...made, source: text }, lostComments: lostComments(source, text) }
}
