import { fail } from '../errors/error.ts'
import { snakeCase } from '../lib/snake-case.ts'
import { findField, keyOf, modelKey } from '../state/project-state.ts'
import { usesOfField } from '../state/uses-of-field.ts'
import { withoutField } from '../state/with-field.ts'
import { modelUnder } from '../state/with-model.ts'
import { requireField, requireModel, siteOf } from './checks.ts'
import { copyBetween, copyIntents, requireCopy } from './copied-pairs.ts'
import type { RemoveField } from './operation.ts'
import type { OperationDefinition } from './operation-definition.ts'
import { touchesModel } from './touching.ts'

/**
 * Removes a field, and its column with all values. Indexes and constraints that name it must be removed before. `fillRestored` is what rows get when
 * the migration is unapplied and the field is NOT NULL without a default; `restoreFrom` is the relation to the same target whose pairs a relation gets
 * back then.
 *
 * @example
 * removeField({ model: 'Invoice', name: 'status', fillRestored: 'draft' })
 */
export function removeField(options: Omit<RemoveField, 'kind'>): RemoveField {
  return { kind: 'removeField', ...options }
}

export const removeFieldDefinition: OperationDefinition<RemoveField> = {
  symbol: '-',
  describe: ({ model, name }) => `Remove field ${name} from ${model}`,
  nameFragment: ({ model, name }) => `remove_${snakeCase(model)}_${snakeCase(name)}`,
  check({ model: modelName, name, restoreFrom }, state, context) {
    const model = requireModel(state, modelName, context)
    requireField(model, name, context)
    if (restoreFrom !== undefined) {
      requireField(model, restoreFrom, context)
      requireCopy(state, copyBetween(state, keyOf(model), restoreFrom, name), context)
    }
    const uses = usesOfField(model, name).filter((use) => use !== `the generated field ${name}`)
    if (uses.length > 0) {
      fail('migrations.operationFieldInUse', { ...siteOf(context), model: keyOf(model), field: name, uses })
    }
  },
  apply: ({ model, name }, state, { app }) => withoutField(state, modelKey(app, model), name),
  intents({ model, name, fillRestored, restoreFrom }, { before }, { app }) {
    const key = modelKey(app, model)
    if (restoreFrom !== undefined)
      return { backwards: copyIntents(before, copyBetween(before, key, restoreFrom, name)) }
    const column = findField(modelUnder(before, key), name)?.identity
    if (fillRestored === undefined || column === undefined) return {}
    return { backwards: [{ kind: 'fill', column, fill: { value: fillRestored } }] }
  },
  touches: ({ model }, context) => touchesModel(context, model),
}
