import { topologicalOrder } from '../../lib/topological-order.ts'
import type { Change } from '../../schema/change.ts'
import type { ForeignKey } from '../../schema/schema.ts'
import type { Alteration } from './alteration.ts'
import type { ForeignKeyPlan } from './foreign-keys.ts'

type Coming = ForeignKeyPlan['coming']

/** Foreign keys that come, by whether they come in the statement that alters their table. */
export interface KeysInside {
  /** The alterations in an order in which as many keys as can be find what they lead to as it is to be. */
  readonly ordered: readonly Alteration[]
  /** By table. */
  readonly inside: ReadonlyMap<string, readonly ForeignKey[]>
  readonly last: Coming
}

/**
 * Which foreign keys come in the statement that alters their table, so that it is copied once and not twice: those that lead to a table that is there by
 * then, and as it is to be. No rows may be copied at either end, as each is checked when it comes.
 */
export function keysInside(
  altered: ReadonlyMap<string, Alteration>,
  coming: Coming,
  { isThere, changes }: { readonly isThere: (table: string) => boolean; readonly changes: readonly Change[] },
): KeysInside {
  const copied = new Set(changes.flatMap((change) => (change.kind === 'copyRows' ? [change.from, change.to] : [])))
  const byTable = Map.groupBy(coming, ({ table }) => table)
  const ordered = topologicalOrder(
    [...altered.values()],
    ({ table }) => table,
    ({ table }) => (byTable.get(table) ?? []).map(({ foreignKey }) => foreignKey.references.table),
  )
  const position = new Map(ordered.map(({ table }, index) => [table, index]))
  const isInside = ({ table, foreignKey }: Coming[number]): boolean => {
    const target = foreignKey.references.table
    const [own, other] = [position.get(table), position.get(target)]
    if (own === undefined || copied.has(table) || copied.has(target)) return false
    return other === undefined ? isThere(target) : other < own
  }
  const inside = Map.groupBy(coming.filter(isInside), ({ table }) => table)
  return {
    ordered,
    inside: new Map([...inside].map(([table, keys]) => [table, keys.map(({ foreignKey }) => foreignKey)])),
    last: coming.filter((key) => !isInside(key)),
  }
}
