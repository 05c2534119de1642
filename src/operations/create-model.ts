import { snakeCase } from '../lib/snake-case.ts'
import { modelKey } from '../state/project-state.ts'
import {
  fieldsIn,
  fieldsOfConstraint,
  fieldsOfIndex,
  wordsForConstraint,
  wordsForIndex,
} from '../state/uses-of-field.ts'
import { withNewModel } from '../state/with-model.ts'
import { requireColumns, requireFreeColumn, requireNoModel, requireTargets } from './checks.ts'
import { requireEnum } from './find-object.ts'
import type { CreateModel } from './operation.ts'
import type { OperationContext, OperationDefinition } from './operation-definition.ts'
import { touchesModel } from './touching.ts'

/**
 * Creates a model and its table.
 *
 * @example
 * createModel({
 *   name: 'Tag',
 *   fields: { id: f.bigAuto({ primaryKey: true }), name: f.char({ maxLength: 50, unique: true }) },
 * })
 */
export function createModel(options: Omit<CreateModel, 'kind'>): CreateModel {
  return { kind: 'createModel', ...options }
}

export const createModelDefinition: OperationDefinition<CreateModel> = {
  symbol: '+',
  describe: ({ name }) => `Create model ${name}`,
  nameFragment: ({ name }) => snakeCase(name),
  check(operation, state, context) {
    requireNoModel(state, modelKey(context.app, operation.name), context)
    checkFields(operation, context)
    const key = keyOfNew(operation)
    for (const [name, field] of Object.entries(operation.fields)) {
      requireTargets(state, { app: context.app, name: operation.name, key }, name, field, context)
      requireEnum(state, modelKey(context.app, operation.name), name, field, context)
    }
  },
  apply: (operation, state, { app }) => withNewModel(state, { app, ...operation }),
  touches: ({ name, fields }, context) => touchesModel(context, name, Object.values(fields)),
}

function keyOfNew({ fields, options }: CreateModel): readonly string[] {
  return options?.primaryKey ?? Object.keys(fields).filter((name) => fields[name]?.primaryKey === true)
}

function checkFields({ name: modelName, fields, options = {} }: CreateModel, context: OperationContext): void {
  const model = modelKey(context.app, modelName)
  const entries = Object.entries(fields).map(([name, field]) => ({ name, field }))
  for (const [position, { name, field }] of entries.entries()) {
    requireFreeColumn(entries.slice(0, position), model, name, field, context)
  }
  const columns = (names: Iterable<string>, subject: string): void =>
    requireColumns(model, entries, names, subject, context)
  for (const { name, field } of entries) {
    if (field.expression !== undefined) columns(fieldsIn([field.expression]), `the generated field ${name}`)
  }
  columns(options.primaryKey ?? [], 'the primary key')
  for (const index of options.indexes ?? []) columns(fieldsOfIndex(index), wordsForIndex(index))
  for (const constraint of options.constraints ?? []) {
    columns(fieldsOfConstraint(constraint), wordsForConstraint(constraint))
  }
}
