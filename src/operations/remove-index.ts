import { snakeCase } from '../lib/snake-case.ts'
import { modelKey } from '../state/project-state.ts'
import { wordsForIndex } from '../state/uses-of-field.ts'
import { modelUnder, withOptions } from '../state/with-model.ts'
import { replacing } from './change-list.ts'
import { requireModel } from './checks.ts'
import { requireIndex } from './find-declaration.ts'
import { indexFragment } from './fragments.ts'
import type { RemoveIndex } from './operation.ts'
import type { OperationDefinition } from './operation-definition.ts'
import { touchesModel } from './touching.ts'

/**
 * Removes an index from a model's table. The index is written out whole, so that a reader sees what goes.
 *
 * @example
 * removeIndex({ model: 'Invoice', index: index({ fields: ['status', '-issuedAt'] }) })
 */
export function removeIndex(options: Omit<RemoveIndex, 'kind'>): RemoveIndex {
  return { kind: 'removeIndex', ...options }
}

export const removeIndexDefinition: OperationDefinition<Omit<RemoveIndex, 'kind'>> = {
  symbol: '-',
  describe: ({ model, index }) => `Remove ${wordsForIndex(index)} from ${model}`,
  nameFragment: ({ model, index }) => `remove_${snakeCase(model)}_${indexFragment(index)}`,
  check({ model, index }, state, context) {
    requireIndex(requireModel(state, model, context), index, context)
  },
  apply({ model, index }, state, { app }) {
    const key = modelKey(app, model)
    return withOptions(state, key, { indexes: replacing(modelUnder(state, key).options.indexes, index) })
  },
  touches: ({ model }, context) => touchesModel(context, model),
}
