import type { Operation } from '../operations/operation.ts'

/**
 * The operations without those that say that they are elidable. SQL that tells the State of a change stays: without it the database would not keep up
 * with the State.
 */
export function withoutElidable(operations: readonly Operation[]): readonly Operation[] {
  const kept = operations.flatMap((operation): readonly Operation[] => {
    switch (operation.kind) {
      case 'runSql':
        return operation.elidable === true && (operation.stateOperations ?? []).length === 0 ? [] : [operation]
      case 'runCode':
      case 'batched':
        return operation.elidable === true ? [] : [operation]
      case 'separateDatabaseAndState': {
        const databaseOperations = withoutElidable(operation.databaseOperations)
        if (databaseOperations === operation.databaseOperations) return [operation]
        const isEmpty = databaseOperations.length + operation.stateOperations.length === 0
        return isEmpty ? [] : [{ ...operation, databaseOperations }]
      }
      default:
        return [operation]
    }
  })
  return kept.length === operations.length && kept.every((operation, index) => operation === operations[index])
    ? operations
    : kept
}
