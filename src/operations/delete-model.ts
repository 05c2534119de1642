import { fail } from '../errors/error.ts'
import { snakeCase } from '../lib/snake-case.ts'
import { keyOf, modelKey } from '../state/project-state.ts'
import { relationsTo } from '../state/relations.ts'
import { withoutModel } from '../state/with-model.ts'
import { requireModel, siteOf } from './checks.ts'
import type { DeleteModel } from './operation.ts'
import type { OperationDefinition } from './operation-definition.ts'
import { touchesModel } from './touching.ts'

/**
 * Deletes a model and drops its table with all rows. Unapplied, it creates the table again, empty.
 *
 * @example
 * deleteModel({ name: 'Tag' })
 */
export function deleteModel(options: Omit<DeleteModel, 'kind'>): DeleteModel {
  return { kind: 'deleteModel', ...options }
}

export const deleteModelDefinition: OperationDefinition<DeleteModel> = {
  symbol: '-',
  describe: ({ name }) => `Delete model ${name}`,
  nameFragment: ({ name }) => `delete_${snakeCase(name)}`,
  check({ name }, state, context) {
    const deleted = requireModel(state, name, context)
    const relations = relationsTo(state, keyOf(deleted))
      .filter(({ model }) => model !== deleted)
      .map(({ model, field }) => `${keyOf(model)}.${field.name}`)
    if (relations.length > 0) {
      fail('migrations.operationModelInUse', { ...siteOf(context), model: keyOf(deleted), relations })
    }
  },
  apply: ({ name }, state, { app }) => withoutModel(state, modelKey(app, name)),
  touches: ({ name }, context) => touchesModel(context, name),
}
