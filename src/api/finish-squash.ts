import { readFile } from 'node:fs/promises'
import { fail } from '../errors/error.ts'
import { buildGraph, type Graph } from '../history/graph.ts'
import { keyOfMigration, type Migration, type MigrationKey } from '../history/migration.ts'
import { replacedThrough } from '../history/replacements.ts'
import { replay } from '../history/replay.ts'
import { findMigration } from '../history/resolve-target.ts'
import type { Project } from '../project/project.ts'
import { type CarriedOperation, carryCode } from '../rewriting/carried-code.ts'
import { withoutProperty } from '../rewriting/edit-references.ts'
import { readMigrationSource } from '../rewriting/migration-source.ts'
import { differencesOfOutcome } from '../rewriting/same-outcome.ts'
import { replaceFiles } from '../writer/replace-files.ts'
import { writeMigration } from '../writer/write-migration.ts'
import { dialectsOf } from './dialects-of.ts'
import { loadGraph } from './load-graph.ts'
import { type ProjectChoice, projectOf } from './project-of.ts'
import { proveTexts, type TextToProve } from './prove-texts.ts'
import { type RecordedIn, recordedEverywhere } from './recorded-everywhere.ts'
import {
  importsAny,
  type NewPlaces,
  refersTo,
  refuseImporters,
  repointed,
  repointedText,
  withNewReferences,
} from './repoint.ts'

export interface FinishSquashOptions extends ProjectChoice {
  readonly app: string
  /** A squash, by its name or the beginning of it; every squash of the app if not given. */
  readonly migration?: string | undefined
  /** Changes nothing. */
  readonly dryRun?: boolean | undefined
  /** Asked once everything is known and proved, before anything is changed. */
  readonly confirm?: ((proposal: FinishProposal) => Promise<boolean>) | undefined
}

export interface FinishedSquash {
  readonly name: string
  /** Absolute, as are those of `removed`. */
  readonly file: string
  readonly removed: readonly string[]
  /** Code that was imported from them and now stands in the file. */
  readonly code: readonly CarriedOperation[]
}

export interface FinishProposal {
  readonly app: string
  readonly squashes: readonly FinishedSquash[]
  /** Migrations that referred to one whose file goes, and now refer to the squash. */
  readonly repointed: readonly { readonly migration: MigrationKey; readonly file: string }[]
}

export interface FinishSquashResult extends FinishProposal {
  /** `false` after a dry run, and where `confirm` said no. */
  readonly written: boolean
}

/**
 * Makes a squash a migration like any other, once every database of the config is past it: its originals' files go, with its `replaces`, and what referred to
 * them refers to it. All files are changed, or none.
 *
 * @example
 * const { squashes } = await finishSquash({ app: 'billing' })
 *
 * @throws squash.notPast, squash.databaseNotAsked, squash.nothingToFinish, squash.notASquash, squash.importedElsewhere, squash.codeNotCarried
 */
export async function finishSquash(options: FinishSquashOptions): Promise<FinishSquashResult> {
  const project = await projectOf(options)
  const graph = await loadGraph(project)
  const squashes = squashesToFinish(graph, options, project)
  refuseWhoIsNotPast(graph, squashes, await recordedEverywhere(project))
  const changes = await changesFor(graph, squashes)
  await proveWhole(graph, changes.migrations, project)
  const { texts, removed, ...proposal } = changes
  const { dryRun, confirm, app } = options
  const shown = { app, squashes: proposal.squashes, repointed: proposal.repointed }
  const wanted = dryRun !== true && (confirm === undefined || (await confirm(shown)))
  if (wanted) {
    await proveTexts(texts)
    await replaceFiles(texts, [...removed, ...texts.map(({ file }) => file)])
  }
  return { ...shown, written: wanted }
}

/** The squashes of an app that no other squash replaces, or the named one among them. */
function squashesToFinish(
  graph: Graph,
  { app, migration }: FinishSquashOptions,
  project: Project,
): readonly Migration[] {
  const { squashes, replacedBy } = graph.replacements
  const isOutermost = (key: MigrationKey): boolean => squashes.has(key) && !replacedBy.has(key)
  if (migration !== undefined) {
    const found = findMigration(graph, app, migration, project.apps.keys())
    const key = keyOfMigration(found)
    const over = replacedBy.get(key)
    if (over !== undefined) fail('squash.alreadyReplaced', { migration: key, squash: over })
    return isOutermost(key) ? [found] : fail('squash.notASquash', { migration: key })
  }
  // Fails for an app that is not known.
  if (!graph.apps.has(app)) findMigration(graph, app, '', project.apps.keys())
  const found = graph.loaded.filter((one) => one.app === app && isOutermost(keyOfMigration(one)))
  return found.length > 0 ? found : fail('squash.nothingToFinish', { app })
}

/** A database that has recorded nothing of it will run the squash as any migration. */
function refuseWhoIsNotPast(graph: Graph, squashes: readonly Migration[], databases: readonly RecordedIn[]): void {
  for (const squash of squashes.map(keyOfMigration)) {
    for (const { database, applied, halfWay } of databases) {
      if (applied.has(squash)) continue
      const originals = replacedThrough(graph.replacements, squash)
      const recorded = [squash, ...originals].filter((key) => applied.has(key) || halfWay.has(key))
      if (recorded.length > 0) fail('squash.notPast', { squash, database, recorded })
    }
  }
}

interface Changes extends Omit<FinishProposal, 'app'> {
  readonly texts: readonly TextToProve[]
  /** Files that go. */
  readonly removed: readonly string[]
  /** The whole history, as it will be. */
  readonly migrations: readonly Migration[]
}

async function changesFor(graph: Graph, squashes: readonly Migration[]): Promise<Changes> {
  const byKey = new Map(graph.loaded.map((migration) => [keyOfMigration(migration), migration]))
  const originals = new Map(
    squashes.map((squash) => {
      const keys = replacedThrough(graph.replacements, keyOfMigration(squash))
      return [squash, keys] as const
    }),
  )
  const places: NewPlaces = new Map(
    [...originals].flatMap(([{ app, name }, keys]) => keys.map((key) => [key, [app, name]] as const)),
  )
  const gone = [...places.keys()].flatMap((key) => byKey.get(key) ?? [])
  const removed = gone.flatMap(({ file }) => file ?? [])
  const others = graph.loaded.filter((one) => !gone.includes(one) && !squashes.includes(one))
  await refuseImporters(others, removed)
  const referring = others.filter((migration) => refersTo(migration, places))
  const finished = await Promise.all(squashes.map((squash) => finishedText(squash, gone, removed, places)))
  const repointedTexts = await Promise.all(referring.map((migration) => repointedText(migration, places)))
  return {
    squashes: finished.map(({ code, file }, index) => {
      const squash = squashes[index]
      const keys = squash === undefined ? [] : (originals.get(squash) ?? [])
      const files = keys.flatMap((key) => byKey.get(key)?.file ?? [])
      return { name: squash?.name ?? '', file, removed: files, code }
    }),
    repointed: referring.map((migration) => ({ migration: keyOfMigration(migration), file: migration.file ?? '' })),
    texts: [...finished, ...repointedTexts],
    removed,
    migrations: [
      ...others.map((migration) => (referring.includes(migration) ? repointed(migration, places) : migration)),
      ...finished.map(({ migration }) => migration),
    ],
  }
}

/** The squash as a migration of its own: without `replaces`, and without what it imports from files that go. */
async function finishedText(
  squash: Migration,
  gone: readonly Migration[],
  removed: readonly string[],
  places: NewPlaces,
): Promise<TextToProve & { readonly code: readonly CarriedOperation[] }> {
  const { file } = squash
  const key = keyOfMigration(squash)
  if (file === undefined)
    return fail('squash.notReadable', { migration: key, file: squash.name, problem: 'It has no file.' })
  const { replaces: _, ...definition } = repointed(squash, places).definition
  const migration = { ...squash, definition }
  const edited = withoutProperty(await readFile(file, 'utf8'), 'replaces')
  if (edited !== undefined && !importsAny(edited, file, removed)) {
    return { file, text: withNewReferences(edited, places), migration, code: [] }
  }
  const source = await readMigrationSource(squash)
  const { options, carried } = await carryCode(migration, [squash, ...gone], {
    without: [file, ...removed],
    into: squash,
  })
  const text = writeMigration(migration, {
    ...options,
    ...(source?.parts !== undefined && { head: source.parts.head }),
  })
  const inlined = carried.filter(({ from }) => from !== key)
  return { file, text, migration, code: inlined }
}

/** Refuses a history that would lead elsewhere, or be none. */
async function proveWhole(graph: Graph, migrations: readonly Migration[], project: Project): Promise<void> {
  const after = buildGraph(migrations, { labels: project.apps.keys() })
  const differences = differencesOfOutcome(
    replay(graph, graph.order),
    replay(after, after.order),
    await dialectsOf(project),
  )
  if (differences.length > 0) fail('squash.differs', { squash: 'The history without the originals', differences })
}
