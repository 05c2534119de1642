import { fail } from '../errors/error.ts'
import { snakeCase } from '../lib/snake-case.ts'
import { modelKey, splitModelKey } from '../state/project-state.ts'
import { withMovedModel } from '../state/with-model.ts'
import { requireKey, requireNoModel, siteOf } from './checks.ts'
import type { MoveModel } from './operation.ts'
import type { OperationDefinition } from './operation-definition.ts'

/**
 * Moves a model, with its rows, to the app whose migration this stands in. The table is renamed where its name follows from the app; nothing else
 * happens to it. Relations in all apps follow.
 *
 * @example
 * moveModel({ model: 'billing.Customer' })
 */
export function moveModel(options: Omit<MoveModel, 'kind'>): MoveModel {
  return { kind: 'moveModel', ...options }
}

export const moveModelDefinition: OperationDefinition<MoveModel> = {
  symbol: '~',
  describe: ({ model }) => `Move model ${model} here`,
  nameFragment: ({ model }) => `move_${snakeCase(splitModelKey(model).name)}`,
  check({ model: key }, state, context) {
    const { app, name } = requireKey(state, key, context)
    if (app === context.app) fail('migrations.operationModelMovesNowhere', { ...siteOf(context), model: key, app })
    requireNoModel(state, modelKey(context.app, name), context)
  },
  apply: ({ model }, state, { app }) => withMovedModel(state, model, app),
  touches: ({ model }, { app }) => ({ models: [model, modelKey(app, splitModelKey(model).name)] }),
}
