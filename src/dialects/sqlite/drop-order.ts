import { fail } from '../../errors/error.ts'
import type { Table } from '../../schema/schema.ts'
import { referrersByTable, withReferrers } from './referrers.ts'

/**
 * The order in which tables can be dropped while foreign keys are enforced: those that refer before those that they refer to. In a cycle one must go
 * before its referrers; SQLite then prepares what ON DELETE would do to them, near and far, and for that it needs every table that they refer to. So
 * only a table goes whose referrers have all of theirs; where there is none, this throws before anything is done.
 */
export function dropOrder(tables: readonly Table[]): readonly string[] {
  const left = new Map(tables.map((table) => [table.name, table]))
  const referrers = referrersByTable(tables)
  const open = new Map(tables.map((table) => [table.name, new Set(referrersOf(table.name, referrers))]))
  const parents = new Map(tables.map((table) => [table.name, parentsWithin(table, left)]))
  const free = tables.map(({ name }) => name).filter((name) => open.get(name)?.size === 0)
  const order: string[] = []
  const drop = (name: string): void => {
    order.push(name)
    left.delete(name)
    for (const parent of parents.get(name) ?? []) {
      const waiting = open.get(parent)
      if (waiting?.delete(name) === true && waiting.size === 0 && left.has(parent)) free.push(parent)
    }
  }
  while (left.size > 0) {
    const next = free.pop() ?? firstOfCycle(left, referrers, parents)
    if (left.has(next)) drop(next)
  }
  return order
}

/** The table of a cycle to begin with: the one that refers to most others, for it is what would be missing them later. */
function firstOfCycle(
  left: ReadonlyMap<string, Table>,
  referrers: ReadonlyMap<string, readonly string[]>,
  parents: ReadonlyMap<string, readonly string[]>,
): string {
  const hasAllParents = (name: string): boolean => (parents.get(name) ?? []).every((parent) => left.has(parent))
  const candidates = [...left.keys()].toSorted((a, b) => (parents.get(b)?.length ?? 0) - (parents.get(a)?.length ?? 0))
  const next = candidates.find((name) =>
    [...withReferrers([name], referrers)].every((other) => other === name || !left.has(other) || hasAllParents(other)),
  )
  return next ?? fail('database.cannotDropCycle', { table: candidates[0] ?? '' })
}

function referrersOf(name: string, referrers: ReadonlyMap<string, readonly string[]>): readonly string[] {
  return (referrers.get(name) ?? []).filter((referrer) => referrer !== name)
}

function parentsWithin({ name, foreignKeys }: Table, tables: ReadonlyMap<string, Table>): readonly string[] {
  const targets = new Set(foreignKeys.map(({ references }) => references.table))
  return [...targets].filter((target) => target !== name && tables.has(target))
}
