import { snakeCase } from '../lib/snake-case.ts'
import { modelKey } from '../state/project-state.ts'
import { wordsForParts } from '../state/uses-of-field.ts'
import { modelUnder, withOptions } from '../state/with-model.ts'
import { requireModel } from './checks.ts'
import { requireNewIndex } from './find-declaration.ts'
import { indexFragment } from './fragments.ts'
import type { AddIndex } from './operation.ts'
import type { OperationDefinition } from './operation-definition.ts'
import { touchesModel } from './touching.ts'

/**
 * Adds an index to a model's table.
 *
 * @example
 * addIndex({ model: 'Invoice', index: index({ fields: ['status', '-issuedAt'] }) })
 */
export function addIndex(options: Omit<AddIndex, 'kind'>): AddIndex {
  return { kind: 'addIndex', ...options }
}

export const addIndexDefinition: OperationDefinition<Omit<AddIndex, 'kind'>> = {
  symbol: '+',
  describe: ({ model, index }) =>
    `Create index ${index.name === undefined ? '' : `${index.name} `}on ${wordsForParts(index.parts)} of ${model}`,
  nameFragment: ({ model, index }) => `${snakeCase(model)}_${indexFragment(index)}`,
  check({ model, index }, state, context) {
    requireNewIndex(requireModel(state, model, context), index, context)
  },
  apply({ model, index }, state, { app }) {
    const key = modelKey(app, model)
    const { indexes = [] } = modelUnder(state, key).options
    return withOptions(state, key, { indexes: [...indexes, index] })
  },
  touches: ({ model }, context) => touchesModel(context, model),
}
