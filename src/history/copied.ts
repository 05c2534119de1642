import type { AppliedKeys } from './consistency.ts'
import { childrenOf, type Graph } from './graph.ts'
import { keyOfMigration, type Migration, type MigrationKey } from './migration.ts'
import { doSame, isTelling } from './same-work.ts'

/** Two files of an app that do the same after the same migrations: one was made by copying the other. */
export interface CopiedMigration {
  readonly original: MigrationKey
  readonly copy: MigrationKey
}

/**
 * The files in force that are copies of others under another name. Both cannot be carried out: the second would make what is there. Operations that come
 * again later on, after something else, are no copy; nor are two that say nothing of what they do.
 */
export function copiedMigrations(graph: Graph, applied: AppliedKeys = new Set()): readonly CopiedMigration[] {
  return [...graph.apps.values()].flatMap((keys) => {
    const migrations = keys.flatMap((key) => graph.migrations.get(key) ?? [])
    return [...Map.groupBy(migrations, placeOf).values()].flatMap((own) =>
      own.flatMap((migration, position) =>
        own.slice(position + 1).flatMap((other) => {
          const isCopy = areAlike(migration, other) && !bothApplied(migration, other, applied)
          return isCopy ? [inTurn(graph, keyOfMigration(migration), keyOfMigration(other), applied)] : []
        }),
      ),
    )
  })
}

/** After what a migration comes: few come after the same. */
function placeOf({ definition: { dependencies = [] } }: Migration): string {
  return dependencies
    .map((reference) => reference.join('.'))
    .sort()
    .join(' ')
}

function areAlike({ definition: one }: Migration, { definition: other }: Migration): boolean {
  return (
    one.operations.length === other.operations.length &&
    isTelling(one.operations) &&
    doSame(one.operations, other.operations)
  )
}

function bothApplied(one: Migration, other: Migration, applied: AppliedKeys): boolean {
  return applied.has(keyOfMigration(one)) && applied.has(keyOfMigration(other))
}

/** What is applied, or what others build on, is the original. */
function inTurn(graph: Graph, first: MigrationKey, second: MigrationKey, applied: AppliedKeys): CopiedMigration {
  const weight = (key: MigrationKey): number => (applied.has(key) ? 2 : 0) + (childrenOf(graph, key).length > 0 ? 1 : 0)
  return weight(second) > weight(first) ? { original: second, copy: first } : { original: first, copy: second }
}
