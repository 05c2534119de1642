import { fail, GodwitError } from '../errors/error.ts'
import type { Graph } from '../history/graph.ts'
import { keyOfMigration, type Migration, type MigrationKey, splitMigrationKey } from '../history/migration.ts'
import { findMigration } from '../history/resolve-target.ts'
import { displayPath } from '../lib/display-path.ts'
import type { Project } from '../project/project.ts'
import { chosenDatabase } from '../project/project.ts'
import { lostComments, readMigrationSource, rewritingOptions } from '../rewriting/migration-source.ts'
import { shortened } from '../rewriting/shortened.ts'
import { replaceFiles } from '../writer/replace-files.ts'
import { writeMigration } from '../writer/write-migration.ts'
import { dialectsOf } from './dialects-of.ts'
import { loadGraph } from './load-graph.ts'
import { type MadeMigration, operationsInWords } from './made-migration.ts'
import { type ProjectChoice, projectOf } from './project-of.ts'
import { proveTexts } from './prove-texts.ts'
import { recordedIn } from './recorded-in.ts'

export interface OptimizeMigrationOptions extends ProjectChoice {
  readonly app: string
  /** By its name or the beginning of it. */
  readonly migration: string
  /** The only database of the config that is asked whether it has applied the migration; all of them if not given. */
  readonly database?: string | undefined
  /** Writes nothing and asks no database. */
  readonly dryRun?: boolean | undefined
}

export interface OptimizeMigrationResult {
  readonly app: string
  readonly name: string
  readonly operationsBefore: number
  /** The migration as it is now, or would be; absent where there is nothing to gain. */
  readonly optimized?: MadeMigration
  /** Comments of operations that were merged, which are in the file no more. */
  readonly lostComments: readonly string[]
  /** Databases that could not be asked whether they have applied it. */
  readonly notAsked: readonly { readonly database: string; readonly reason: string }[]
  /** `false` after a dry run, and where there is nothing to gain. */
  readonly written: boolean
}

/**
 * Writes a migration's file anew with fewer operations that lead to the same tables on every kind of database in the config, which is proved first. What
 * is kept, is kept as it is written: code, comments, the file's own declarations. The file is replaced as a whole, or not at all.
 *
 * @example
 * const { optimized } = await optimizeMigration({ cwd: '/srv/shop', app: 'billing', migration: '0004' })
 *
 * @throws optimize.*, and what finding the migration throws
 */
export async function optimizeMigration(options: OptimizeMigrationOptions): Promise<OptimizeMigrationResult> {
  const project = await projectOf(options)
  const { app, database, dryRun = false } = options
  if (database !== undefined) chosenDatabase(project, database)
  const graph = await loadGraph(project)
  const migration = findMigration(graph, app, options.migration, project.apps.keys())
  refuseReplaced(graph, migration)
  const { name, definition } = migration
  const facts = { app, name, operationsBefore: definition.operations.length }
  const result = shortened(graph, migration, await dialectsOf(project))
  if (result === undefined) return { ...facts, lostComments: [], notAsked: [], written: false }
  const { text, lost } = await textOf(migration, result)
  const file = migration.file ?? ''
  const made = { app, name, file, operations: operationsInWords(result), source: text }
  const outcome = { ...facts, optimized: made, lostComments: lost }
  if (dryRun) return { ...outcome, notAsked: [], written: false }
  const notAsked = await refuseApplied(project, database, migration)
  await proveTexts([{ file, text, migration: result }], 'optimize.notReadable')
  await replaceFiles([{ file, text }], [file])
  return { ...outcome, notAsked, written: true }
}

function refuseReplaced(graph: Graph, migration: Migration): void {
  const key = keyOfMigration(migration)
  const [squash] = graph.standIns.get(key) ?? []
  if (squash === undefined) return
  fail('optimize.replaced', { migration: key, squash, arguments: splitMigrationKey(squash).join(' ') })
}

async function textOf(
  migration: Migration,
  result: Migration,
): Promise<{ readonly text: string; readonly lost: readonly string[] }> {
  const source = await readMigrationSource(migration)
  const options = source && rewritingOptions(source, result.definition)
  if (source === undefined || options === undefined)
    return fail('optimize.notRewritable', { file: displayPath(migration.file ?? '') })
  const text = writeMigration(result, options)
  return { text: text.replaceAll('\n', source.lineEnd), lost: lostComments(source, text) }
}

/** Refuses what a database has applied; which ones could not be asked is answered, as nothing else depends on them. */
async function refuseApplied(
  project: Project,
  database: string | undefined,
  migration: Migration,
): Promise<OptimizeMigrationResult['notAsked']> {
  const notAsked: { readonly database: string; readonly reason: string }[] = []
  for (const name of database === undefined ? project.databases.keys() : [database]) {
    const recorded = await recordedOrReason(project, name)
    if ('reason' in recorded) notAsked.push({ database: name, reason: recorded.reason })
    else if (recorded.keys.has(keyOfMigration(migration))) {
      const key = keyOfMigration(migration)
      fail('optimize.applied', { migration: key, database: name, start: `${migration.app} ${migration.name}` })
    }
  }
  return notAsked
}

async function recordedOrReason(
  project: Project,
  database: string,
): Promise<{ readonly keys: ReadonlySet<MigrationKey> } | { readonly reason: string }> {
  try {
    return { keys: await recordedIn(project, database) }
  } catch (error) {
    if (error instanceof GodwitError) return { reason: error.message }
    throw error
  }
}
