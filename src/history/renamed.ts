import type { Graph } from './graph.ts'
import { parentsOf } from './graph.ts'
import {
  keyOfMigration,
  type Migration,
  type MigrationKey,
  type MigrationReference,
  migrationKey,
  splitMigrationKey,
} from './migration.ts'
import { type MissingMigration, missingMigrations } from './missing.ts'
import type { Recorded, Recorder } from './recorder.ts'
import { dependOnSame, doAsRecorded, isTelling } from './same-work.ts'

/** A migration that is recorded under a name that has no file, while a file that is not recorded does the same. */
export interface RenamedMigration {
  readonly from: MigrationKey
  /** The files that it may have become, the likeliest first; there is one at least. */
  readonly candidates: readonly MigrationKey[]
  /** What the first of them waits for and is not applied, even if all likely renames are: it was moved behind something else, and not only renamed. */
  readonly behind: readonly MigrationKey[]
}

/** The record with another name for some of its rows. */
export type Renames = ReadonlyMap<MigrationKey, MigrationKey>

/**
 * The recorded migrations whose file seems to have another name now: the operations are the same, in the same app. A guess, for a person to confirm. Where
 * the operations do not say what they do (code, or none), code and dependencies must be the same as well.
 */
export async function renamedMigrations(
  graph: Graph,
  applied: ReadonlyMap<MigrationKey, Recorded>,
  recorder: Pick<Recorder, 'contents'>,
): Promise<readonly RenamedMigration[]> {
  const open = graph.loaded.filter(
    (migration) => !applied.has(keyOfMigration(migration)) && migration.definition.replaces === undefined,
  )
  if (open.length === 0 || applied.size === 0) return []
  const missing = await missingMigrations(graph, applied, recorder)
  const likely = new Map<MigrationKey, MigrationKey>()
  const found = missing.flatMap((lost) => {
    const recorded = applied.get(lost.key)
    const taken = new Set(likely.values())
    const free = open.filter((migration) => !taken.has(keyOfMigration(migration)))
    const candidates = recorded === undefined ? [] : candidatesFor(lost, recorded, free, likely)
    const [first] = candidates
    if (first === undefined) return []
    likely.set(lost.key, first)
    return [{ from: lost.key, candidates }]
  })
  const then = new Set([...applied.keys()].map((key) => likely.get(key) ?? key))
  return found.map(({ from, candidates }) => ({
    from,
    candidates,
    behind: candidates.slice(0, 1).flatMap((key) => parentsOf(graph, key).filter((parent) => !then.has(parent))),
  }))
}

function candidatesFor(
  { key, migration: lost }: MissingMigration,
  recorded: Recorded,
  open: readonly Migration[],
  renames: Renames,
): readonly MigrationKey[] {
  const [app, name] = splitMigrationKey(key)
  const dependencies = (lost?.definition.dependencies ?? []).map((reference) => renamedReference(reference, renames))
  return open
    .filter((file) => file.app === app && doAsRecorded(file.definition.operations, recorded))
    .map((file) => {
      const isInPlace = dependOnSame(dependencies, file.definition.dependencies ?? [])
      const isNamesake = withoutNumber(file.name) === withoutNumber(name)
      return { file, isInPlace, weight: (isInPlace ? 2 : 0) + (isNamesake ? 1 : 0) }
    })
    .filter(({ file, isInPlace }) => isInPlace || isTelling(file.definition.operations))
    .toSorted((a, b) => b.weight - a.weight)
    .map(({ file }) => keyOfMigration(file))
}

/** A reference to a migration by the name that it has after renames. */
export function renamedReference(reference: MigrationReference, renames: Renames): MigrationReference {
  const now = renames.get(migrationKey(...reference))
  return now === undefined ? reference : splitMigrationKey(now)
}

function withoutNumber(name: string): string {
  return name.replace(/^\d+_?/, '')
}
