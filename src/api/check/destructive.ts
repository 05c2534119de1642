import { describe } from '../../operations/definitions.ts'
import type { Change } from '../../schema/change.ts'
import type { Identity } from '../../schema/schema.ts'
import type { Found } from './finding.ts'
import type { NewStep } from './new-steps.ts'

/** The tables and columns with data that a step drops. What came and goes within what is still to come holds no data anywhere. */
export function destructive({ migration, operation, position, changes, existing }: NewStep): readonly Found[] {
  // Its pairs were copied before.
  if (operation.kind === 'removeField' && operation.restoreFrom !== undefined) return []
  const lost = changes.flatMap((change) => lossIn(change, existing) ?? [])
  if (lost.length === 0) return []
  const { app, name } = migration
  return [
    {
      id: 'migrations.destructive',
      severity: 'warning',
      app,
      migration: name,
      source: migration,
      operation: position,
      message: `"${describe(operation)}" of ${app}.${name} drops ${lost.join(' and ')}.`,
      fix: 'Be sure that nobody needs the data, and that the code which is deployed before it no longer reads or writes there; `backwards` brings the structure back, never the data.',
    },
  ]
}

function lossIn(change: Change, existing: ReadonlySet<Identity>): string | undefined {
  const existed = (identity: Identity | undefined): boolean => identity !== undefined && existing.has(identity)
  if (change.kind === 'dropTable' && existed(change.table.identity)) {
    return `the table ${change.table.name} with all its rows`
  }
  if (change.kind !== 'dropColumn' || !existed(change.column.identity)) return undefined
  // What the database computes can be computed again.
  return change.column.generated === undefined
    ? `the column ${change.table}.${change.column.name} with its values`
    : undefined
}
