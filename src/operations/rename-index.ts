import { snakeCase } from '../lib/snake-case.ts'
import type { IndexDeclaration } from '../models/declarations.ts'
import { modelKey } from '../state/project-state.ts'
import { wordsForIndex } from '../state/uses-of-field.ts'
import { modelUnder, withOptions } from '../state/with-model.ts'
import { replacing } from './change-list.ts'
import { requireModel } from './checks.ts'
import { requireIndex, requireNewIndex } from './find-declaration.ts'
import { indexFragment } from './fragments.ts'
import type { RenameIndex } from './operation.ts'
import type { OperationDefinition } from './operation-definition.ts'
import { touchesModel } from './touching.ts'

/**
 * Gives an index another name; without `name`, a generated one.
 *
 * @example
 * renameIndex({ model: 'Invoice', index: index({ fields: ['status'] }), name: 'invoice_by_status' })
 */
export function renameIndex(options: Omit<RenameIndex, 'kind'>): RenameIndex {
  return { kind: 'renameIndex', ...options }
}

export const renameIndexDefinition: OperationDefinition<RenameIndex> = {
  symbol: '~',
  describe: ({ model, index, name }) => `Rename ${wordsForIndex(index)} of ${model} to ${name ?? '(generated)'}`,
  nameFragment: ({ model, index, name }) => `rename_${snakeCase(model)}_${indexFragment(index)}_${name ?? 'generated'}`,
  check(operation, state, context) {
    const model = requireModel(state, operation.model, context)
    requireIndex(model, operation.index, context)
    requireNewIndex(model, renamedIndex(operation), context)
  },
  apply(operation, state, { app }) {
    const key = modelKey(app, operation.model)
    const { indexes } = modelUnder(state, key).options
    return withOptions(state, key, { indexes: replacing(indexes, operation.index, renamedIndex(operation)) })
  },
  touches: ({ model }, context) => touchesModel(context, model),
}

/** The index as it is after the operation. */
export function renamedIndex({ index, name }: Pick<RenameIndex, 'index' | 'name'>): IndexDeclaration {
  const { name: _, ...definition } = index
  return name === undefined ? definition : { name, ...definition }
}
