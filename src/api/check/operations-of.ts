import type { Migration } from '../../history/migration.ts'
import type { Operation } from '../../operations/operation.ts'

/** An operation of a migration, and its place in the list. */
export interface PlacedOperation {
  readonly operation: Operation
  readonly position: number
}

/** The operations of a migration that work on a database: in the place of `separateDatabaseAndState` what it says of the database. */
export function databaseOperationsOf({ definition }: Migration): readonly PlacedOperation[] {
  return definition.operations.flatMap((operation, position) =>
    withInner(operation).map((one) => ({ operation: one, position })),
  )
}

function withInner(operation: Operation): readonly Operation[] {
  return operation.kind === 'separateDatabaseAndState' ? operation.databaseOperations.flatMap(withInner) : [operation]
}
