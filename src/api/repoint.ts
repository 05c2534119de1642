import { readFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { fail } from '../errors/error.ts'
import {
  keyOfMigration,
  type Migration,
  type MigrationKey,
  type MigrationReference,
  migrationKey,
} from '../history/migration.ts'
import { displayPath } from '../lib/display-path.ts'
import { withReferences } from '../rewriting/edit-references.ts'
import { withoutEnding } from '../rewriting/text-needs.ts'
import { lexemesOf } from '../writer/lexemes.ts'
import type { TextToProve } from './prove-texts.ts'

/** What a migration that will be gone is to be called by those that refer to it. */
export type NewPlaces = ReadonlyMap<MigrationKey, MigrationReference>

/** Whether a migration refers to one that will be gone. */
export function refersTo({ definition }: Migration, places: NewPlaces): boolean {
  const { dependencies = [], runBefore = [], replaces = [] } = definition
  return [...dependencies, ...runBefore, ...replaces].some((reference) => places.has(migrationKey(...reference)))
}

/** The migration with the new references. */
export function repointed(migration: Migration, places: NewPlaces): Migration {
  const { dependencies, runBefore, replaces } = migration.definition
  const all = (references: readonly MigrationReference[] | undefined) =>
    references?.map((reference) => places.get(migrationKey(...reference)) ?? reference)
  const definition = {
    ...migration.definition,
    ...(dependencies !== undefined && { dependencies: all(dependencies) ?? [] }),
    ...(runBefore !== undefined && { runBefore: all(runBefore) ?? [] }),
    ...(replaces !== undefined && { replaces: all(replaces) ?? [] }),
  }
  return { ...migration, definition }
}

/** The text of a migration's file with the new references; whoever writes it proves it first. */
export async function repointedText(migration: Migration, places: NewPlaces): Promise<TextToProve> {
  const { file } = migration
  if (file === undefined)
    return fail('squash.notReadable', { migration: keyOfMigration(migration), file: '', problem: 'It has no file.' })
  return {
    file,
    text: withNewReferences(await readFile(file, 'utf8'), places),
    migration: repointed(migration, places),
  }
}

/** A text with the new references in it. */
export function withNewReferences(text: string, places: NewPlaces): string {
  return withReferences(text, (reference) => places.get(migrationKey(...reference)))
}

/**
 * Refuses to take files away from which another migration imports something.
 *
 * @throws squash.importedElsewhere
 */
export async function refuseImporters(migrations: readonly Migration[], removed: readonly string[]): Promise<void> {
  for (const { file } of migrations) {
    if (file === undefined || removed.includes(file)) continue
    const imported = importsAny(await readFile(file, 'utf8'), file, removed)
    if (imported !== undefined) fail('squash.importedElsewhere', { file: displayPath(file), imported })
  }
}

/** Which of some files the text of a file imports, if any, for messages. */
export function importsAny(text: string, file: string, others: readonly string[]): string | undefined {
  const paths = new Set(others.map(withoutEnding))
  const found = lexemesOf(text)
    .flatMap(({ kind, text: piece }) =>
      kind === 'string' && /^.\./.test(piece) ? [join(dirname(file), piece.slice(1, -1))] : [],
    )
    .find((path) => paths.has(withoutEnding(path)))
  return found && displayPath(found)
}
