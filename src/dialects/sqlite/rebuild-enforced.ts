import { fail } from '../../errors/error.ts'
import { topologicalOrder } from '../../lib/topological-order.ts'
import { name, sql } from '../../schema/sql.ts'
import type { Step } from '../../schema/step.ts'
import { dropOrder } from './drop-order.ts'
import {
  copyRows,
  createCopy,
  type Rebuild,
  releaseIndexes,
  restoreDependents,
  statement,
  takePlace,
} from './rebuild.ts'
import { renamingOnly } from './rebuild-suspended.ts'

/**
 * Rebuilds tables while foreign keys stay on. DROP TABLE then deletes the rows first, and every ON DELETE acts: so all tables that refer to a
 * rebuilt one, near or far, must be among them. Each gets a copy that refers to the other copies, the old ones go, those that refer before those
 * that are referred to, and with the names the references follow.
 *
 * Cycles, self references and RESTRICT hold while checks are put off: when the last old table is gone the count of violations is back at zero,
 * and if it were not, COMMIT would fail.
 */
export function rebuildEnforced(rebuilds: readonly Rebuild[]): readonly Step[] {
  if (rebuilds.length === 0) return []
  const ordered = topologicalOrder(
    rebuilds,
    ({ table }) => table,
    ({ target }) => target.foreignKeys.map(({ references }) => references.table),
  )
  const byTable = new Map(rebuilds.map((rebuild) => [rebuild.table, rebuild]))
  for (const rebuild of rebuilds) refusePartialKeys(rebuild, byTable)
  const temporaryName = (table: string): string => byTable.get(table)?.temporary ?? table
  for (const rebuild of ordered) releaseIndexes(rebuild)
  return [
    ...ordered.map((rebuild) => createCopy(rebuild, temporaryName)),
    ...ordered.flatMap(copyRows),
    ...dropOrder(rebuilds.map(({ source }) => source)).map((table) => statement(sql`DROP TABLE ${name(table)}`)),
    ...renamingOnly(ordered.flatMap(takePlace)),
    ...ordered.flatMap(restoreDependents),
  ]
}

/** Puts checks of foreign keys off to the end of some steps. At COMMIT SQLite goes back to normal by itself; code that follows must not wait so long. */
export function deferringForeignKeys(steps: readonly Step[]): readonly Step[] {
  if (steps.length === 0) return []
  return [statement(sql`PRAGMA defer_foreign_keys = ON`), ...steps, statement(sql`PRAGMA defer_foreign_keys = OFF`)]
}

/** A copy has no unique index yet while rows are copied, so only its primary key can be referred to. */
function refusePartialKeys({ table, target }: Rebuild, byTable: ReadonlyMap<string, Rebuild>): void {
  for (const { references } of target.foreignKeys) {
    const key = byTable.get(references.table)?.target.primaryKey?.columns
    if (key === undefined || references.columns.length === 0) continue
    const isKey = key.length === references.columns.length && key.every((column) => references.columns.includes(column))
    if (!isKey) fail('database.cannotRebuildEnforced', { table: references.table, by: table })
  }
}
