import { fail } from '../errors/error.ts'
import type { Edges } from './edges.ts'
import type { Migration, MigrationKey } from './migration.ts'

/**
 * Stops at migrations that wait for each other. In a topological order the only way for a parent to come after its child is a circle through both,
 * so looking at each edge once is enough.
 *
 * @throws migrations.cycle
 */
export function refuseCycle(
  order: readonly MigrationKey[],
  parents: Edges['parents'],
  migrations: ReadonlyMap<MigrationKey, Migration>,
): void {
  const position = new Map(order.map((key, index) => [key, index]))
  for (const [child, waitsFor] of parents) {
    for (const parent of waitsFor) {
      if ((position.get(parent) ?? 0) < (position.get(child) ?? 0)) continue
      const cycle = [child, ...pathBetween(parent, child, parents)]
      const edges = cycle.slice(1).map((next, index) => describeEdge(cycle[index] ?? next, next, migrations))
      fail('migrations.cycle', { edges })
    }
  }
}

/** The shortest way from one migration to another along what they wait for, both ends included. */
function pathBetween(from: MigrationKey, to: MigrationKey, parents: Edges['parents']): readonly MigrationKey[] {
  const cameFrom = new Map<MigrationKey, MigrationKey | undefined>([[from, undefined]])
  for (const [key] of cameFrom) {
    if (key === to) break
    for (const next of parents.get(key) ?? []) if (!cameFrom.has(next)) cameFrom.set(next, key)
  }
  const path: MigrationKey[] = []
  for (let key: MigrationKey | undefined = to; key !== undefined; key = cameFrom.get(key)) path.unshift(key)
  return path
}

/** An edge in the words of the file that makes it. */
function describeEdge(
  child: MigrationKey,
  parent: MigrationKey,
  migrations: ReadonlyMap<MigrationKey, Migration>,
): string {
  const { runBefore = [] } = migrations.get(parent)?.definition ?? {}
  const saidByParent = runBefore.some(([app, name]) => `${app}.${name}` === child)
  return saidByParent ? `${parent} runs before ${child}` : `${child} depends on ${parent}`
}
