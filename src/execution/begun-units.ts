import { fail } from '../errors/error.ts'
import type { JournalEntry } from '../history/journal.ts'
import { keyOfMigration } from '../history/migration.ts'
import { shortHash } from '../lib/short-hash.ts'
import { operationsChecksum } from '../operations/canonical.ts'
import type { Dialect } from '../schema/dialect.ts'
import type { PlannedMigration } from './plan-migration.ts'
import { scriptOf, type UserStatement } from './script.ts'
import type { Unit } from './unit.ts'

/** What units come to: in a file that was edited they are others. */
export function digestsOf(units: readonly Unit[]): readonly string[] {
  return units.map((unit) =>
    operationsChecksum(unit.kind === 'schema' ? unit.operations : [unit.operation]).slice(0, 16),
  )
}

/** What of a runSql was sent: the statements behind it may still be mended. */
export function digestOfSent(script: readonly UserStatement[], count: number): string {
  return shortHash(JSON.stringify(script.slice(0, count).map(({ text, parameters }) => [text, parameters])), 16)
}

/**
 * Refuses to go on, or back, from steps that are others by now. `isWithin`: the unit at the position was begun.
 *
 * @throws execution.editedHalfWay
 */
export function refuseEdited(
  planned: Pick<PlannedMigration, 'migration' | 'units'>,
  isWithin: boolean,
  entry: JournalEntry,
  dialect: Dialect,
): void {
  const { migration, units } = planned
  const { begun, progress, direction, position, statement = 0, underWay } = entry
  if (begun === undefined) return
  const unit = units[position]
  const script = unit?.kind === 'sql' ? scriptOf(unit, dialect) : undefined
  const now =
    script === undefined
      ? digestsOf(units)
      : [...digestsOf(units.slice(0, position)), digestOfSent(script, statement + (underWay ? 1 : 0))]
  // A step that failed and left nothing is free to be mended, or taken out.
  const fixed = isWithin ? begun : begun.slice(0, position)
  if (fixed.every((digest, index) => now[index] === digest)) return
  fail('execution.editedHalfWay', { migration: keyOfMigration(migration), direction, ...progress })
}
