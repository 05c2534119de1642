import { concurrentlyOn } from './concurrently-on.ts'
import type { RemoveIndexConcurrently } from './operation.ts'
import type { OperationDefinition } from './operation-definition.ts'
import { removeIndexDefinition } from './remove-index.ts'

/**
 * Removes an index from a model's table without keeping anybody waiting, where the database can do that. It is part of no transaction, so its migration
 * says `atomic: false`.
 *
 * @example
 * removeIndexConcurrently({ model: 'Invoice', index: index({ fields: ['status', '-issuedAt'] }) })
 */
export function removeIndexConcurrently(options: Omit<RemoveIndexConcurrently, 'kind'>): RemoveIndexConcurrently {
  return { kind: 'removeIndexConcurrently', ...options }
}

export const removeIndexConcurrentlyDefinition: OperationDefinition<RemoveIndexConcurrently> = {
  ...removeIndexDefinition,
  describe: (operation) => removeIndexDefinition.describe(operation).replace('Remove', 'Concurrently remove'),
  intents: concurrentlyOn,
}
