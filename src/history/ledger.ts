import type { Graph } from './graph.ts'
import { keyOfMigration, type Migration, type MigrationKey } from './migration.ts'
import type { Recorded } from './recorder.ts'

/** Which rows come and go together: a squash is recorded exactly where all that it replaces is. */
export interface Ledger {
  /** What counts as applied when a migration is: what it replaces, as far down as squashes go. */
  comingWith(key: MigrationKey): readonly MigrationKey[]
  /** What no longer counts as applied when a migration does not: what it replaces, and every squash that stands for it. */
  goingWith(key: MigrationKey): readonly MigrationKey[]
  /** A migration's file, in force or not; absent where it is gone. */
  fileOf(key: MigrationKey): Migration | undefined
}

/** The ledger of a database: what the files say of squashes, and what the record remembers of those whose files are elsewhere. */
export function ledgerOf({ replacements, loaded }: Graph, recorded: ReadonlyMap<MigrationKey, Recorded>): Ledger {
  const replaced = new Map<MigrationKey, Set<MigrationKey>>()
  const replacedBy = new Map<MigrationKey, Set<MigrationKey>>()
  const remembered = [...recorded].map(([key, { replaces }]) => [key, replaces] as const)
  for (const [squash, keys] of [...replacements.squashes, ...remembered]) {
    for (const key of keys) {
      add(replaced, squash, key)
      add(replacedBy, key, squash)
    }
  }
  const files = new Map(loaded.map((migration) => [keyOfMigration(migration), migration]))
  return {
    fileOf: (key) => files.get(key),
    comingWith: (key) => reached(key, replaced),
    goingWith: (key) => [...reached(key, replaced), ...reached(key, replacedBy)],
  }
}

/** What can be reached from a key, without the key itself. */
function reached(
  from: MigrationKey,
  steps: ReadonlyMap<MigrationKey, ReadonlySet<MigrationKey>>,
): readonly MigrationKey[] {
  const found = new Set([from])
  for (const key of found) for (const next of steps.get(key) ?? []) found.add(next)
  found.delete(from)
  return [...found]
}

function add(map: Map<MigrationKey, Set<MigrationKey>>, key: MigrationKey, value: MigrationKey): void {
  const known = map.get(key)
  if (known === undefined) map.set(key, new Set([value]))
  else known.add(value)
}
