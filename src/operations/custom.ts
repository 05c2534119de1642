import type { CustomOperation } from './operation.ts'
import type { OperationDefinition } from './operation-definition.ts'

/**
 * An operation of one's own: data, and the definition that interprets it. Its `data` is recorded and compared; its functions are not.
 *
 * @example
 * custom({ type: 'acme.auditTable', data: { model: 'Invoice' }, definition: auditTableDefinition })
 */
export function custom(options: Omit<CustomOperation, 'kind'>): CustomOperation {
  return { kind: 'custom', ...options }
}

export const customDefinition: OperationDefinition<CustomOperation> = {
  symbol: '?',
  describe: (operation) => operation.definition.describe(operation),
  nameFragment: (operation) => operation.definition.nameFragment(operation),
  check: (operation, state, context) => operation.definition.check?.(operation, state, context),
  apply: (operation, state, context) => operation.definition.apply(operation, state, context),
  intents: (operation, states, context) => operation.definition.intents?.(operation, states, context) ?? {},
  isReversible: ({ definition }) => definition.forwards === undefined || definition.backwards !== undefined,
  touches: (operation, context) => operation.definition.touches(operation, context),
}
