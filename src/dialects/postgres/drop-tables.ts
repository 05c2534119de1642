import { fail } from '../../errors/error.ts'
import { topologicalOrder } from '../../lib/topological-order.ts'
import type { Table } from '../../schema/schema.ts'
import { sql } from '../../schema/sql.ts'
import type { Step } from '../../schema/step.ts'
import type { Owned } from './foreign-keys.ts'
import { tableName } from './table-name.ts'
import { statement } from './work.ts'

/** The statements that drop some tables: those that refer before those that they refer to. Never with CASCADE. */
export function dropTables(tables: readonly Table[]): readonly Step[] {
  const names = new Set(tables.map(({ name }) => name))
  const referrers = Map.groupBy(
    tables.flatMap(({ name, foreignKeys }) =>
      foreignKeys.map(({ references }) => ({ name, target: references.table })),
    ),
    ({ target }) => target,
  )
  const ordered = topologicalOrder(
    tables,
    ({ name }) => name,
    ({ name }) => (referrers.get(name) ?? []).map((referrer) => referrer.name).filter((other) => names.has(other)),
  )
  return ordered.map(({ name }) => statement(sql`DROP TABLE ${tableName(name)}`))
}

/** The foreign keys that must go before the tables of a circle can be dropped one after the other. */
export function keysOfCircles(tables: readonly Table[]): readonly Owned[] {
  const left = new Map(tables.map((table) => [table.name, table]))
  for (let isSmaller = true; isSmaller; ) {
    const referred = new Set([...left.values()].flatMap((table) => targetsOf(table)))
    const free = [...left.keys()].filter((name) => !referred.has(name))
    for (const name of free) left.delete(name)
    isSmaller = free.length > 0
  }
  // What is left stands in a circle, or is referred to from one.
  return [...left.values()].flatMap((table) =>
    table.foreignKeys
      .filter(({ references }) => references.table !== table.name && left.has(references.table))
      .map((foreignKey) => ({ table: table.name, foreignKey })),
  )
}

/** Refuses to drop a table while one that stays refers to it. */
export function refuseReferences(dropped: ReadonlySet<string>, known: readonly Table[], gone: readonly Owned[]): void {
  const isGone = (table: string, key: string): boolean =>
    gone.some((own) => own.table === table && own.foreignKey.name === key)
  for (const { name: by, foreignKeys } of known) {
    if (dropped.has(by)) continue
    const held = foreignKeys.find(({ name, references }) => dropped.has(references.table) && !isGone(by, name))
    if (held !== undefined) fail('database.stillReferenced', { table: held.references.table, by })
  }
}

function targetsOf({ name, foreignKeys }: Table): readonly string[] {
  return foreignKeys.map(({ references }) => references.table).filter((target) => target !== name)
}
