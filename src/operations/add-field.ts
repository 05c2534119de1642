import { snakeCase } from '../lib/snake-case.ts'
import { findField, keyOf, modelKey } from '../state/project-state.ts'
import { fieldsIn } from '../state/uses-of-field.ts'
import { withField } from '../state/with-field.ts'
import { modelUnder } from '../state/with-model.ts'
import {
  requireColumns,
  requireField,
  requireFreeColumn,
  requireModel,
  requireNoField,
  requireTargets,
  sourceOf,
} from './checks.ts'
import { copyBetween, copyIntents, requireCopy } from './copied-pairs.ts'
import { requireEnum } from './find-object.ts'
import type { AddField } from './operation.ts'
import type { OperationDefinition } from './operation-definition.ts'
import { touchesModel } from './touching.ts'

/**
 * Adds a field to a model, and its column to the model's table. `fillExisting` is the one-off value for rows that exist already; it is no default.
 * A relation can copy what another one to the same target pairs (`copyFrom`), where a many-to-many gets another join table or becomes, or was, a
 * foreign key.
 *
 * @example
 * addField({ model: 'Invoice', name: 'status', field: f.char({ maxLength: 20 }), fillExisting: 'draft' })
 * addField({ model: 'Post', name: 'tags', field: f.manyToMany('blog.Tag', { through: 'blog.Tagging' }), copyFrom: 'labels' })
 */
export function addField(options: Omit<AddField, 'kind'>): AddField {
  return { kind: 'addField', ...options }
}

export const addFieldDefinition: OperationDefinition<AddField> = {
  symbol: '+',
  describe: ({ model, name, copyFrom }) =>
    `Add field ${name} to ${model}${copyFrom === undefined ? '' : `, with what ${copyFrom} holds`}`,
  nameFragment: ({ model, name }) => `${snakeCase(model)}_${snakeCase(name)}`,
  check({ model: modelName, name, field, copyFrom }, state, context) {
    const model = requireModel(state, modelName, context)
    requireNoField(model, name, context)
    requireFreeColumn(model.fields, keyOf(model), name, field, context)
    requireTargets(state, sourceOf(model), name, field, context)
    requireEnum(state, keyOf(model), name, field, context)
    if (field.expression !== undefined) {
      requireColumns(keyOf(model), model.fields, fieldsIn([field.expression]), `the generated field ${name}`, context)
    }
    if (copyFrom === undefined) return
    requireField(model, copyFrom, context)
    const after = withField(state, keyOf(model), name, field)
    requireCopy(after, copyBetween(after, keyOf(model), copyFrom, name), context)
  },
  apply: ({ model, name, field }, state, { app }) => withField(state, modelKey(app, model), name, field),
  intents({ model, name, fillExisting, copyFrom }, { after }, { app }) {
    const key = modelKey(app, model)
    if (copyFrom !== undefined) return { forwards: copyIntents(after, copyBetween(after, key, copyFrom, name)) }
    const column = findField(modelUnder(after, key), name)?.identity
    if (fillExisting === undefined || column === undefined) return {}
    return { forwards: [{ kind: 'fill', column, fill: { value: fillExisting } }] }
  },
  touches: ({ model, field }, context) => touchesModel(context, model, [field]),
}
