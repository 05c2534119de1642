import { isObjectChange } from '../schema/change.ts'
import type { PlannedMigration } from './plan-migration.ts'
import type { SchemaUnit } from './unit.ts'

/** A unit, and the migration that it is part of. */
export interface PlacedUnit {
  readonly unit: SchemaUnit
  readonly planned: PlannedMigration
}

/**
 * The units of a plan whose tables, and those that they refer to, no earlier step of the plan touches: what they need can be looked up before the
 * first step. Which tables stand on an enum type no unit says, so that one which changes types comes first or not at all. Behind code and SQL of the
 * user's nothing is known any more.
 */
export function* unitsOnTablesAsTheyAre(plan: readonly PlannedMigration[]): Generator<PlacedUnit> {
  const changed = new Set<string>()
  let isFirst = true
  for (const planned of plan) {
    for (const unit of planned.units) {
      if (unit.kind !== 'schema') return
      const own = [...unit.before.tables.keys(), ...unit.after.tables.keys()]
      const isUntouched = [...own, ...referencedTables(unit)].every((table) => !changed.has(table))
      if (isUntouched && (isFirst || !unit.changes.some(isObjectChange))) yield { unit, planned }
      for (const table of own) changed.add(table)
      isFirst = false
    }
  }
}

/** The tables that the unit's questions read besides its own. */
function referencedTables({ changes }: SchemaUnit): readonly string[] {
  return changes.flatMap((change) => (change.kind === 'addForeignKey' ? [change.foreignKey.references.table] : []))
}
