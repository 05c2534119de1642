import { describe } from '../../operations/definitions.ts'
import type { Found } from './finding.ts'
import type { NewStep } from './new-steps.ts'

/** Columns that a step drops and that no row could get back: they take no NULL and have no default, and the operation says no value. */
export function needsEmptyTable({ migration, operation, position, changes }: NewStep): readonly Found[] {
  if (operation.kind !== 'removeField' || operation.fillRestored !== undefined) return []
  const { app, name } = migration
  return changes.flatMap((change): readonly Found[] => {
    if (change.kind !== 'dropColumn') return []
    const { nullable, default: fallback, generated, autoIncrement } = change.column
    if (nullable || fallback !== undefined || generated !== undefined || autoIncrement === true) return []
    return [
      {
        id: 'migrations.needsEmptyTable',
        severity: 'info',
        app,
        migration: name,
        source: migration,
        operation: position,
        message: `"${describe(operation)}" of ${app}.${name} can be unapplied only while ${change.table} is empty: the column takes no NULL and has no default.`,
        fix: 'Give the removeField a `fillRestored`, the value that rows get on the way back. It may be added to an applied migration.',
      },
    ]
  })
}
