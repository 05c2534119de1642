import { snakeCase } from '../lib/snake-case.ts'
import { keyOf, modelKey } from '../state/project-state.ts'
import { withOptions } from '../state/with-model.ts'
import { requireColumns, requireModel } from './checks.ts'
import type { AlterModelOptions } from './operation.ts'
import type { OperationDefinition } from './operation-definition.ts'
import { touchesModel } from './touching.ts'

/**
 * Replaces the options `managed` and `primaryKey` of a model; one that is left out goes back to its default. A model that becomes unmanaged keeps its
 * table, and one that becomes managed must have one.
 *
 * @example
 * alterModelOptions({ name: 'Membership', options: { primaryKey: ['user', 'group'] } })
 */
export function alterModelOptions(options: Omit<AlterModelOptions, 'kind'>): AlterModelOptions {
  return { kind: 'alterModelOptions', ...options }
}

export const alterModelOptionsDefinition: OperationDefinition<AlterModelOptions> = {
  symbol: '~',
  describe: ({ name }) => `Alter options of ${name}`,
  nameFragment: ({ name }) => `alter_${snakeCase(name)}_options`,
  check({ name, options }, state, context) {
    const model = requireModel(state, name, context)
    requireColumns(keyOf(model), model.fields, options.primaryKey ?? [], 'the primary key', context)
  },
  apply: ({ name, options: { managed, primaryKey } }, state, { app }) =>
    withOptions(state, modelKey(app, name), { managed, primaryKey }),
  touches: ({ name }, context) => touchesModel(context, name),
}
