import type { Operation, SeparateDatabaseAndState } from './operation.ts'
import type { OperationDefinition } from './operation-definition.ts'
import { touchesAnything } from './touching.ts'

/**
 * Does one thing to the database and tells the State another: `databaseOperations` work on a State of their own, `stateOperations` on the project's.
 *
 * @example
 * separateDatabaseAndState({
 *   databaseOperations: [],
 *   stateOperations: [createModel({ name: 'Legacy', fields: { id: f.bigAuto({ primaryKey: true }) } })],
 * })
 */
export function separateDatabaseAndState(options: Omit<SeparateDatabaseAndState, 'kind'>): SeparateDatabaseAndState {
  return { kind: 'separateDatabaseAndState', ...options }
}

/** The State follows `stateOperations`, which `applyOperation` applies; whether all can be unapplied, `isReversible` asks the database's ones. */
export const separateDatabaseAndStateDefinition: OperationDefinition<SeparateDatabaseAndState> = {
  symbol: '?',
  describe: () => 'Change database and State apart',
  nameFragment: () => undefined,
  stateOperations: ({ stateOperations }): readonly Operation[] => stateOperations,
  databaseOperations: ({ databaseOperations }): readonly Operation[] => databaseOperations,
  apply: (_operation, state) => state,
  touches: () => touchesAnything,
}
