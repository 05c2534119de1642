import { fail } from '../errors/error.ts'
import { topologicalOrder } from '../lib/topological-order.ts'
import type { Migration, MigrationKey } from './migration.ts'
import { keyOfMigration, migrationKey } from './migration.ts'

/** Which migrations stand for which others, as the files say it; what a database has applied plays no part. */
export interface Replacements {
  /** What each squash replaces directly, in the order of its file; a squash that another one replaces comes before that one. */
  readonly squashes: ReadonlyMap<MigrationKey, readonly MigrationKey[]>
  /** The squash that names a migration in its `replaces`. The migration's file may be gone. */
  readonly replacedBy: ReadonlyMap<MigrationKey, MigrationKey>
}

/**
 * Reads `replaces` of all migrations. Each migration has at most one squash in its place, so squashes of squashes are a tree.
 *
 * @throws replaces.itself, replaces.otherApp, replaces.twice, replaces.cycle
 */
export function replacementsOf(migrations: ReadonlyMap<MigrationKey, Migration>): Replacements {
  const declared = new Map<MigrationKey, readonly MigrationKey[]>()
  const replacedBy = new Map<MigrationKey, MigrationKey>()
  for (const migration of migrations.values()) {
    const { replaces = [] } = migration.definition
    if (replaces.length === 0) continue
    const squash = keyOfMigration(migration)
    const keys = replaces.map((reference) => replacedKey(migration, reference))
    for (const replaced of keys) {
      const other = replacedBy.get(replaced)
      if (other !== undefined) fail('replaces.twice', { squash, other, replaced })
      replacedBy.set(replaced, squash)
    }
    declared.set(squash, keys)
  }
  refuseCycle(declared, replacedBy)
  const order = topologicalOrder([...declared.keys()], String, (key) => declared.get(key as MigrationKey) ?? [])
  return { squashes: new Map(order.map((key) => [key, declared.get(key) ?? []])), replacedBy }
}

/** All that a migration replaces, through the squashes among them too; nothing for one that is no squash. */
export function replacedThrough(
  { squashes }: Pick<Replacements, 'squashes'>,
  key: MigrationKey,
): readonly MigrationKey[] {
  const found = [...(squashes.get(key) ?? [])]
  for (const replaced of found) found.push(...(squashes.get(replaced) ?? []))
  return found
}

/** The squashes that stand for a migration, the nearest first. */
export function squashesOver(
  { replacedBy }: Pick<Replacements, 'replacedBy'>,
  key: MigrationKey,
): readonly MigrationKey[] {
  const found: MigrationKey[] = []
  for (let squash = replacedBy.get(key); squash !== undefined; squash = replacedBy.get(squash)) found.push(squash)
  return found
}

function replacedKey(by: Migration, [app, name]: readonly [string, string]): MigrationKey {
  const key = migrationKey(app, name)
  const squash = keyOfMigration(by)
  if (key === squash) return fail('replaces.itself', { squash })
  return app === by.app ? key : fail('replaces.otherApp', { squash, replaced: key })
}

/** Each squash is replaced by one other at most, so whoever follows them upwards and comes back to where they were is in a circle. */
function refuseCycle(
  squashes: ReadonlyMap<MigrationKey, unknown>,
  replacedBy: ReadonlyMap<MigrationKey, MigrationKey>,
): void {
  const sound = new Set<MigrationKey>()
  for (const start of squashes.keys()) {
    const path = new Set<MigrationKey>()
    let key: MigrationKey | undefined = start
    while (key !== undefined && !sound.has(key)) {
      if (path.has(key)) {
        const walked = [...path]
        fail('replaces.cycle', { squashes: walked.slice(walked.indexOf(key)).toReversed() })
      }
      path.add(key)
      key = replacedBy.get(key)
    }
    for (const known of path) sound.add(known)
  }
}
