import { fail } from '../errors/error.ts'
import { displayPath } from '../lib/display-path.ts'
import { keyOfMigration, type Migration, type MigrationKey, migrationKey, splitMigrationKey } from './migration.ts'

/** The fresh beginning of an app's history: one migration, or several where apps wait for each other. */
export interface Baseline {
  readonly app: string
  /** The migrations that are it, by name. */
  readonly members: readonly MigrationKey[]
  /** The migrations that it began anew, in their order. One of its own is called like one of them more often than not. */
  readonly gone: readonly MigrationKey[]
  /** Those of them that are squashes, with what each stands for. */
  readonly squashes: ReadonlyMap<MigrationKey, readonly MigrationKey[]>
  /** The last commit that holds their files, where there is one. */
  readonly commit?: string
}

/** The baselines of a project, by app: an app has one at most. */
export type Baselines = ReadonlyMap<string, Baseline>

/**
 * Reads `resets` of all migrations.
 *
 * @throws resets.twice, resets.fileOfGone
 */
export function baselinesOf(files: ReadonlyMap<MigrationKey, Migration>): Baselines {
  const begun = [...files.values()].filter(({ definition }) => definition.resets !== undefined)
  const found = new Map<string, Baseline>()
  for (const [app, members] of Map.groupBy(begun, (migration) => migration.app)) {
    const [first, ...others] = members
    if (first === undefined) continue
    const { migrations = [], squashes = {}, commit } = first.definition.resets ?? {}
    const keyOf = (name: string): MigrationKey => migrationKey(app, name)
    for (const other of others) {
      if (!sameNames(other.definition.resets?.migrations, migrations))
        fail('resets.twice', { app, baselines: [keyOfMigration(first), keyOfMigration(other)] })
    }
    found.set(app, {
      app,
      members: members.map(keyOfMigration),
      gone: migrations.map(keyOf),
      squashes: new Map(Object.entries(squashes).map(([name, replaced]) => [keyOf(name), replaced.map(keyOf)])),
      ...(commit !== undefined && { commit }),
    })
  }
  for (const baseline of found.values()) refuseFilesOfGone(baseline, files)
  return found
}

/** Whether two lists hold the same names: then they stand for the same history. */
export function sameNames(a: readonly string[] | undefined, b: readonly string[] | undefined): boolean {
  return a !== undefined && b !== undefined && new Set(a).symmetricDifference(new Set(b)).size === 0
}

/** The names of the migrations that a baseline began anew. */
export function namesOf({ gone }: Baseline): readonly string[] {
  return gone.map((key) => splitMigrationKey(key)[1])
}

/** Two histories of one app in one folder are neither. */
function refuseFilesOfGone({ members, gone, commit }: Baseline, files: ReadonlyMap<MigrationKey, Migration>): void {
  const there = gone.filter((key) => files.has(key) && !members.includes(key))
  if (there.length === 0) return
  const paths = there.flatMap((key) => files.get(key)?.file ?? []).map((file) => displayPath(file))
  fail('resets.fileOfGone', { baseline: members[0] ?? '', files: paths.length > 0 ? paths : there, commit })
}
