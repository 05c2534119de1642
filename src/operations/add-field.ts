import { snakeCase } from '../lib/snake-case.ts'
import { findField, keyOf, modelKey } from '../state/project-state.ts'
import { fieldsIn } from '../state/uses-of-field.ts'
import { withField } from '../state/with-field.ts'
import { modelUnder } from '../state/with-model.ts'
import { requireColumns, requireFreeColumn, requireModel, requireNoField, requireTargets, sourceOf } from './checks.ts'
import { requireEnum } from './find-object.ts'
import type { AddField } from './operation.ts'
import type { OperationDefinition } from './operation-definition.ts'
import { touchesModel } from './touching.ts'

/**
 * Adds a field to a model, and its column to the model's table. `fillExisting` is the one-off value for rows that exist already; it is no default.
 *
 * @example
 * addField({ model: 'Invoice', name: 'status', field: f.char({ maxLength: 20 }), fillExisting: 'draft' })
 */
export function addField(options: Omit<AddField, 'kind'>): AddField {
  return { kind: 'addField', ...options }
}

export const addFieldDefinition: OperationDefinition<AddField> = {
  symbol: '+',
  describe: ({ model, name }) => `Add field ${name} to ${model}`,
  nameFragment: ({ model, name }) => `${snakeCase(model)}_${snakeCase(name)}`,
  check({ model: modelName, name, field }, state, context) {
    const model = requireModel(state, modelName, context)
    requireNoField(model, name, context)
    requireFreeColumn(model.fields, keyOf(model), name, field, context)
    requireTargets(state, sourceOf(model), name, field, context)
    requireEnum(state, keyOf(model), name, field, context)
    if (field.expression !== undefined) {
      requireColumns(keyOf(model), model.fields, fieldsIn([field.expression]), `the generated field ${name}`, context)
    }
  },
  apply: ({ model, name, field }, state, { app }) => withField(state, modelKey(app, model), name, field),
  intents({ model, name, fillExisting }, { after }, { app }) {
    const column = findField(modelUnder(after, modelKey(app, model)), name)?.identity
    if (fillExisting === undefined || column === undefined) return {}
    return { forwards: [{ kind: 'fill', column, fill: { value: fillExisting } }] }
  },
  touches: ({ model, field }, context) => touchesModel(context, model, [field]),
}
