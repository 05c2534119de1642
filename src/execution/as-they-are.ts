import { keyOfMigration } from '../history/migration.ts'
import { isRename, type Rename, takesFormerName } from '../schema/behind-renames.ts'
import { isObjectChange } from '../schema/change.ts'
import type { Standings } from './half-way.ts'
import type { PlannedMigration } from './plan-migration.ts'
import { isWithin, type Standing } from './standing.ts'
import type { SchemaUnit } from './unit.ts'

/** A unit, and the migration that it is part of. */
export interface PlacedUnit {
  readonly unit: SchemaUnit
  readonly planned: PlannedMigration
}

/** A unit whose tables the plan at most renames before it: in the names before that, they are as they are now. */
export interface RenamedUnit extends PlacedUnit {
  /** The renames of each earlier unit; none, where no step touches its tables. */
  readonly renames: readonly (readonly Rename[])[]
}

/**
 * The units of a plan whose tables, and those that they refer to, no earlier step of the plan touches: what they need can be looked up before the
 * first step. Which tables stand on an enum type no unit says, so that one which changes types comes first or not at all. Behind code and SQL of the
 * user's nothing is known any more. What an earlier run has done of a plan is no part of it.
 */
export function* unitsOnTablesAsTheyAre(
  plan: readonly PlannedMigration[],
  standings: Standings = new Map(),
): Generator<PlacedUnit> {
  for (const { renames, ...placed } of unitsBehindRenames(plan, standings)) if (renames.length === 0) yield placed
}

/** These, and those whose tables earlier steps only rename. */
export function* unitsBehindRenames(
  plan: readonly PlannedMigration[],
  standings: Standings = new Map(),
): Generator<RenamedUnit> {
  const changed = new Set<string>()
  const renamed = new Set<string>()
  const renames: (readonly Rename[])[] = []
  let isFirst = true
  for (const planned of plan) {
    const standing = standings.get(keyOfMigration(planned.migration))
    for (const planning of unitsLeft(planned, standing)) {
      const unit = planning.isBegun ? (standing?.rest ?? planning.unit) : planning.unit
      if (unit.kind !== 'schema') return
      const own = [...unit.before.tables.keys(), ...unit.after.tables.keys()]
      const read = [...own, ...referencedTables(unit)]
      // Of a unit in the middle of which a run was stopped the tables are no longer as it would look for them.
      const isStopped = planning.isBegun && standing?.rest === undefined
      const isKnown = !isStopped && read.every((table) => !changed.has(table))
      const earlier = read.some((table) => renamed.has(table)) ? [...renames] : []
      const isClear = !takesFormerName(own, unit.changes, earlier)
      if (isKnown && isClear && (isFirst || !unit.changes.some(isObjectChange)))
        yield { unit, planned, renames: earlier }
      const ownRenames = unit.changes.filter(isRename)
      const onlyRenames = isKnown && ownRenames.length === unit.changes.length
      if (onlyRenames) renames.push(ownRenames)
      for (const table of own) (onlyRenames ? renamed : changed).add(table)
      isFirst = false
    }
  }
}

function unitsLeft({ units }: PlannedMigration, standing: Standing | undefined) {
  if (standing === undefined) return units.map((unit) => ({ unit, isBegun: false }))
  const { entry } = standing
  return units.slice(entry.position).map((unit, index) => ({ unit, isBegun: index === 0 && isWithin(entry) }))
}

/** The tables that the unit's questions read besides its own. */
function referencedTables({ changes, before }: SchemaUnit): readonly string[] {
  return changes.flatMap((change) => {
    if (change.kind === 'addForeignKey') return [change.foreignKey.references.table]
    if (change.kind !== 'addColumn' && change.kind !== 'setNotNull') return []
    if (change.fill === undefined) return []
    const kept = before.tables.get(change.table)?.foreignKeys ?? []
    return [
      ...('lookUp' in change.fill ? [change.fill.lookUp.table] : []),
      ...kept.map(({ references }) => references.table),
    ]
  })
}
