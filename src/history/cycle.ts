import { fail } from '../errors/error.ts'
import type { Edges } from './edges.ts'
import type { InForce } from './in-force.ts'
import type { Migration, MigrationKey, MigrationReference } from './migration.ts'
import { migrationKey } from './migration.ts'

/**
 * Stops at migrations that wait for each other. In a topological order the only way for a parent to come after its child is a circle through both,
 * so looking at each edge once is enough.
 *
 * @throws migrations.cycle
 */
export function refuseCycle(order: readonly MigrationKey[], parents: Edges['parents'], known: InForce): void {
  const position = new Map(order.map((key, index) => [key, index]))
  for (const [child, waitsFor] of parents) {
    for (const parent of waitsFor) {
      if ((position.get(parent) ?? 0) < (position.get(child) ?? 0)) continue
      const cycle = [child, ...pathBetween(parent, child, parents)]
      const edges = cycle.slice(1).map((next, index) => describeEdge(cycle[index] ?? next, next, known))
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

/** An edge in the words of the file that makes it, which may name a migration that a squash replaces. */
function describeEdge(child: MigrationKey, parent: MigrationKey, known: InForce): string {
  const saidByParent = nameFor(child, known.migrations.get(parent)?.definition.runBefore, known.beginnings)
  if (saidByParent !== undefined) return `${parent} runs before ${saidByParent}`
  return `${child} depends on ${nameFor(parent, known.migrations.get(child)?.definition.dependencies, known.standIns) ?? parent}`
}

/** The name by which a list of references means a migration, with the migration behind it where that is another. */
function nameFor(
  key: MigrationKey,
  references: Migration['definition']['dependencies'] = [],
  standIns: InForce['standIns'],
): string | undefined {
  const keys = references.map((reference: MigrationReference) => migrationKey(...reference))
  if (keys.includes(key)) return key
  const other = keys.find((named) => standIns.get(named)?.includes(key))
  return other === undefined ? undefined : `${other} (now ${key})`
}
