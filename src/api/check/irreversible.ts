import type { Migration } from '../../history/migration.ts'
import { describe, isReversible } from '../../operations/definitions.ts'
import type { OperationKind } from '../../operations/operation.ts'
import type { Found } from './finding.ts'
import { databaseOperationsOf } from './operations-of.ts'

/** The kinds whose work is on rows. */
const onData: ReadonlySet<OperationKind> = new Set(['runCode', 'batched'])

/**
 * The operations of a migration without a way back. Of a migration that is known to be everywhere already it is only mentioned: what can still be
 * thought about is what comes.
 */
export function irreversible(migration: Migration, isOld: boolean): readonly Found[] {
  const { app, name } = migration
  return databaseOperationsOf(migration).flatMap(({ operation, position }): readonly Found[] => {
    if (isReversible(operation)) return []
    const isData = onData.has(operation.kind)
    return [
      {
        id: isData ? 'migrations.dataWithoutReverse' : 'migrations.irreversible',
        severity: isOld ? 'info' : 'warning',
        app,
        migration: name,
        source: migration,
        operation: position,
        message: `"${describe(operation)}" of ${app}.${name} has no way back, so neither it nor what comes before it can be unapplied.`,
        fix: isData
          ? `Give the ${operation.kind} a \`backwards\`, which may do nothing${operation.kind === 'batched' ? ": `backwards: 'nothing'`" : ': `async backwards() {}`'}. It may be added to an applied migration.`
          : `Give the ${operation.kind} a \`backwards\`${operation.kind === 'runSql' ? ', `[]` where there is nothing to take back' : ''}. It may be added to an applied migration.`,
      },
    ]
  })
}
