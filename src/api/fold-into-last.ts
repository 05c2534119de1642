import { nextNumber, numberedName, suggestName } from '../autodetector/name-migration.ts'
import { fail, GodwitError } from '../errors/error.ts'
import type { Graph } from '../history/graph.ts'
import { keyOfMigration, type Migration, type MigrationKey } from '../history/migration.ts'
import { nameFragment } from '../operations/definitions.ts'
import type { Project } from '../project/project.ts'
import { type FoldedChanges, foldChanges } from '../rewriting/fold-changes.ts'
import { dialectsOf } from './dialects-of.ts'
import { recordedIn } from './recorded-in.ts'
import { refuseImporters } from './repoint.ts'

export interface FoldIntoLastOptions {
  readonly project: Project
  readonly graph: Graph
  readonly changes: readonly Migration[]
  /** The only database of the config that is asked what it has applied; all of them if not given. */
  readonly database: string | undefined
  readonly name: string | undefined
  readonly now: Date
}

/** Folds changes into the last migrations of their apps, none of which a database may have applied. Opens the databases. */
export async function foldIntoLast(options: FoldIntoLastOptions): Promise<FoldedChanges> {
  const { project, graph, changes, database, name, now } = options
  const result = foldChanges({
    graph,
    changes,
    dialects: await dialectsOf(project),
    nameFor: (former, updated) => updatedName(former, updated, { name, now }),
    nameAfter: (previous, next) => numberedName(nextNumber(previous), next.replace(/^\d+_/, '')),
  })
  const keys = result.folded.map(({ former }) => keyOfMigration(former))
  const databases = database === undefined ? [...project.databases.keys()] : [database]
  for (const asked of keys.length === 0 ? [] : databases) await refuseApplied(project, asked, keys)
  const gone = result.folded.filter(({ former, updated }) => former.name !== updated?.name).map(({ former }) => former)
  const others = graph.loaded.filter((migration) => !gone.includes(migration))
  await refuseImporters(
    others,
    gone.flatMap(({ file }) => file ?? []),
  )
  return result
}

async function refuseApplied(project: Project, database: string, keys: readonly MigrationKey[]): Promise<void> {
  const [migration = ''] = keys
  const recorded = await recordedIn(project, database).catch((error: unknown) => {
    if (!(error instanceof GodwitError)) throw error
    return fail('update.notLookedAt', { migration, database, problem: error.message }, { cause: error })
  })
  const applied = keys.find((key) => recorded.has(key))
  if (applied !== undefined) fail('update.applied', { migration: applied, database })
}

/** The number stays. What a person called the migration stays too; a name that says what it does says what it does now. */
function updatedName(
  { name: former, definition }: Migration,
  updated: Migration,
  { name, now }: { readonly name: string | undefined; readonly now: Date },
): string {
  const [, number, rest = ''] = /^(\d+)_?(.*)$/.exec(former) ?? []
  if (number === undefined) return name ?? former
  if (name !== undefined) return `${number}_${name}`
  const fragments = definition.operations.flatMap((operation) => nameFragment(operation) ?? [])
  const wasSuggested = /^auto_\d{8}_\d{4}$/.test(rest) || fragments.some((fragment) => rest.includes(fragment))
  if (!wasSuggested) return former
  return `${number}_${suggestName(
    updated.definition.operations.map((operation) => ({ operation })),
    now,
  )}`
}
