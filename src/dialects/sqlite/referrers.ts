import type { Table } from '../../schema/schema.ts'
import type { Renames } from './renames.ts'

/** By table: the tables that have a foreign key to it, itself included where it has. */
export function referrersByTable(tables: Iterable<Table>): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>()
  for (const table of tables) {
    for (const target of new Set(table.foreignKeys.map(({ references }) => references.table))) {
      const list = found.get(target)
      if (list === undefined) found.set(target, [table.name])
      else list.push(table.name)
    }
  }
  return found
}

/** Some tables and all that refer to them, over any number of others. */
export function withReferrers(
  tables: Iterable<string>,
  referrers: ReadonlyMap<string, readonly string[]>,
): ReadonlySet<string> {
  // A Set is walked in the order of insertion, and what is added on the way is walked too.
  const reached = new Set(tables)
  for (const table of reached) for (const referrer of referrers.get(table) ?? []) reached.add(referrer)
  return reached
}

/** The same, as the tables are called after some renames. */
export function renamedReferrers(
  referrers: ReadonlyMap<string, readonly string[]>,
  { tableNow }: Renames,
): ReadonlyMap<string, readonly string[]> {
  return new Map([...referrers].map(([table, own]) => [tableNow(table), own.map(tableNow)]))
}
