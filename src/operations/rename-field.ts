import { snakeCase } from '../lib/snake-case.ts'
import { keyOf, modelKey } from '../state/project-state.ts'
import { withRenamedField } from '../state/with-field.ts'
import { requireField, requireFreeColumn, requireModel, requireNoField } from './checks.ts'
import type { RenameField } from './operation.ts'
import type { OperationDefinition } from './operation-definition.ts'
import { touchesModel } from './touching.ts'

/**
 * Renames a field, and its column unless that has a name of its own. Indexes, constraints and generated fields of the model follow.
 *
 * @example
 * renameField({ model: 'Invoice', from: 'sum', to: 'total' })
 */
export function renameField(options: Omit<RenameField, 'kind'>): RenameField {
  return { kind: 'renameField', ...options }
}

export const renameFieldDefinition: OperationDefinition<RenameField> = {
  symbol: '~',
  describe: ({ model, from, to }) => `Rename field ${from} on ${model} to ${to}`,
  nameFragment: ({ model, from, to }) => `rename_${snakeCase(from)}_${snakeCase(model)}_${snakeCase(to)}`,
  check({ model: modelName, from, to }, state, context) {
    const model = requireModel(state, modelName, context)
    const { field } = requireField(model, from, context)
    requireNoField(model, to, context)
    const others = model.fields.filter(({ name }) => name !== from)
    requireFreeColumn(others, keyOf(model), to, field, context)
  },
  apply: ({ model, from, to }, state, { app }) => withRenamedField(state, modelKey(app, model), from, to),
  touches: ({ model }, context) => touchesModel(context, model),
}
