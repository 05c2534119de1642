import type { Change } from '../../schema/change.ts'
import type { Dependent } from '../../schema/dialect.ts'
import type { OtherObject, Schema } from '../../schema/schema.ts'
import { type Query, readPlace } from './catalogue.ts'
import { readReferrers } from './facts.ts'
import { harmedOf } from './harmed.ts'
import { inspect } from './inspect.ts'
import { namesColumn, namesTable } from './names-table.ts'
import { readOthers } from './read-others.ts'
import { readRenames } from './renames.ts'
import { inWords, type Target } from './target.ts'
import type { Flavour } from './variant.ts'

/**
 * What Godwit did not make, as far as `before` tells, and what the changes would take along, break, or be refused for. Asked before the first step, by
 * the names that hold then, in a constant number of queries. Views, triggers, routines and events follow no change, not even a rename: the server takes
 * it, and they fail when they are next used.
 */
export async function readDependents(
  changes: readonly Change[],
  before: Schema,
  query: Query,
  flavour: Flavour,
): Promise<readonly Dependent[]> {
  const targets = targetsOf(changes, flavour)
  if (targets.length === 0) return []
  const place = await readPlace(query)
  const others = await readOthers(query, place, [], { notEnforced: [] })
  const broken = targets.flatMap((target) =>
    others.flatMap((other): readonly Dependent[] =>
      isBroken(other, target, place.database)
        ? [{ kind: other.kind, name: other.name, on: inWords(target), fate: 'broken' }]
        : [],
    ),
  )
  const touched = [...new Set(targets.map(({ table }) => table))]
  const referrers = await readReferrers(query, place)
  const tables = [...new Set([...touched, ...touched.flatMap((table) => referrers.get(table) ?? [])])]
  const real = await inspect(query, flavour, { tables })
  return [...targets.flatMap((target) => harmedOf(target, before, real, flavour)), ...broken]
}

function targetsOf(changes: readonly Change[], flavour: Flavour): readonly Target[] {
  const { tableBefore, columns } = readRenames(changes, flavour)
  const columnBefore = (table: string, column: string): string =>
    [...columns(table)].find(([, now]) => now === column)?.[0] ?? column
  return changes.flatMap((change): readonly Target[] => {
    switch (change.kind) {
      case 'dropTable':
        return [{ effect: 'dropTable', table: tableBefore(change.table.name) }]
      case 'renameTable':
        return [{ effect: 'renameTable', table: tableBefore(change.to) }]
      case 'dropColumn': {
        const table = tableBefore(change.table)
        return [{ effect: 'dropColumn', table, column: columnBefore(table, change.column.name) }]
      }
      case 'renameColumn': {
        const table = tableBefore(change.table)
        return [{ effect: 'renameColumn', table, column: columnBefore(table, change.to) }]
      }
      default:
        return []
    }
  })
}

function isBroken(other: OtherObject, target: Target, database: string): boolean {
  const { kind, table, definition } = other
  if (kind === 'partitionedTable' || kind === 'check' || kind === 'sequence') return false
  // A trigger names no columns of its table but by NEW and OLD, and goes or is renamed with the table.
  const standsOnIt = kind === 'trigger' && table === target.table
  if (!('column' in target)) return !standsOnIt && namesTable(other, target.table, database)
  return (standsOnIt || namesTable(other, target.table, database)) && namesColumn(definition, target.column, standsOnIt)
}
