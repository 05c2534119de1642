import { snakeCase } from '../lib/snake-case.ts'
import { modelKey } from '../state/project-state.ts'
import { withRenamedModel } from '../state/with-model.ts'
import { requireModel, requireNoModel } from './checks.ts'
import type { RenameModel } from './operation.ts'
import type { OperationDefinition } from './operation-definition.ts'

/**
 * Renames a model, its table unless that has a name of its own, and what is named after it in join tables. Relations in all apps follow.
 *
 * @example
 * renameModel({ from: 'Invoice', to: 'Bill' })
 */
export function renameModel(options: Omit<RenameModel, 'kind'>): RenameModel {
  return { kind: 'renameModel', ...options }
}

export const renameModelDefinition: OperationDefinition<RenameModel> = {
  symbol: '~',
  describe: ({ from, to }) => `Rename model ${from} to ${to}`,
  nameFragment: ({ from, to }) => `rename_${snakeCase(from)}_${snakeCase(to)}`,
  check({ from, to }, state, context) {
    requireModel(state, from, context)
    requireNoModel(state, modelKey(context.app, to), context)
  },
  apply: ({ from, to }, state, { app }) => withRenamedModel(state, modelKey(app, from), to),
  touches: ({ from, to }, { app }) => ({ models: [modelKey(app, from), modelKey(app, to)] }),
}
