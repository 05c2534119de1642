import { fail } from '../../errors/error.ts'
import { topologicalOrder } from '../../lib/topological-order.ts'
import type { ForeignKey, Table } from '../../schema/schema.ts'
import { name, sql } from '../../schema/sql.ts'
import type { StatementStep } from '../../schema/step.ts'
import { definition } from './work.ts'

/** A table that goes: as the database has it, and as the change names it. */
export interface GoingTable {
  readonly real: Table
  readonly declared: Table
}

/** A statement for each table, those that refer before those that they refer to: one that drops several can be cut short between them. */
export function dropTables(tables: readonly GoingTable[]): readonly StatementStep[] {
  const names = new Set(tables.map(({ real }) => real.name))
  const referrers = Map.groupBy(
    tables.flatMap(({ real }) =>
      real.foreignKeys.map(({ references }) => ({ name: real.name, target: references.table })),
    ),
    ({ target }) => target,
  )
  const ordered = topologicalOrder(
    tables,
    ({ real }) => real.name,
    ({ real }) => (referrers.get(real.name) ?? []).map((referrer) => referrer.name).filter((other) => names.has(other)),
  )
  return ordered.map(({ real, declared }) =>
    definition(sql`DROP TABLE ${name(real.name)}`, [{ kind: 'dropTable', table: declared }]),
  )
}

/** The foreign keys that must go before the tables of a circle can be dropped one after the other. */
export function keysOfCircles(
  tables: readonly GoingTable[],
): readonly { readonly table: string; readonly real: ForeignKey }[] {
  const waiting = new Map(tables.map(({ real }) => [real.name, real]))
  const referrers = new Map<string, number>()
  const targetsOf = ({ name: own, foreignKeys }: Table): readonly string[] =>
    foreignKeys.flatMap(({ references }) => (references.table === own ? [] : [references.table]))
  for (const table of waiting.values()) {
    for (const target of targetsOf(table)) referrers.set(target, (referrers.get(target) ?? 0) + 1)
  }
  const free = [...waiting.values()].filter((table) => (referrers.get(table.name) ?? 0) === 0)
  for (let next = free.pop(); next !== undefined; next = free.pop()) {
    waiting.delete(next.name)
    for (const target of targetsOf(next)) {
      const left = (referrers.get(target) ?? 0) - 1
      referrers.set(target, left)
      const known = left === 0 ? waiting.get(target) : undefined
      if (known !== undefined) free.push(known)
    }
  }
  // What is left stands in a circle, or is referred to from one.
  return [...waiting.values()].flatMap((table) =>
    table.foreignKeys
      .filter(({ references }) => references.table !== table.name && waiting.has(references.table))
      .map((real) => ({ table: table.name, real })),
  )
}

/** Refuses to drop a table while one that stays refers to it. */
export function refuseReferences(
  dropped: ReadonlySet<string>,
  known: Iterable<Table>,
  isGone: (table: string, key: ForeignKey) => boolean,
): void {
  for (const { name: by, foreignKeys } of known) {
    if (dropped.has(by)) continue
    const held = foreignKeys.find((key) => dropped.has(key.references.table) && !isGone(by, key))
    if (held !== undefined) fail('database.stillReferenced', { table: held.references.table, by })
  }
}
