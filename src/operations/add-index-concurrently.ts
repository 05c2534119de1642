import { addIndexDefinition } from './add-index.ts'
import { concurrentlyOn } from './concurrently-on.ts'
import type { AddIndexConcurrently } from './operation.ts'
import type { OperationDefinition } from './operation-definition.ts'

/**
 * Adds an index to a model's table without keeping writers waiting while it is built, where the database can do that. It is part of no transaction, so
 * its migration says `atomic: false`.
 *
 * @example
 * addIndexConcurrently({ model: 'Invoice', index: index({ fields: ['status', '-issuedAt'] }) })
 */
export function addIndexConcurrently(options: Omit<AddIndexConcurrently, 'kind'>): AddIndexConcurrently {
  return { kind: 'addIndexConcurrently', ...options }
}

export const addIndexConcurrentlyDefinition: OperationDefinition<AddIndexConcurrently> = {
  ...addIndexDefinition,
  describe: (operation) => addIndexDefinition.describe(operation).replace('Create', 'Concurrently create'),
  intents: concurrentlyOn,
}
