import { snakeCase } from '../lib/snake-case.ts'
import { modelKey } from '../state/project-state.ts'
import { wordsForConstraint } from '../state/uses-of-field.ts'
import { modelUnder, withOptions } from '../state/with-model.ts'
import { requireModel } from './checks.ts'
import { requireNewConstraint } from './find-declaration.ts'
import { constraintFragment } from './fragments.ts'
import type { AddConstraint } from './operation.ts'
import type { OperationDefinition } from './operation-definition.ts'
import { touchesModel } from './touching.ts'

/**
 * Adds a unique or check constraint to a model's table. Rows that break it are found and named before anything is changed.
 *
 * @example
 * addConstraint({ model: 'Invoice', constraint: unique({ fields: ['owner', 'number'], name: 'invoice_number_per_owner' }) })
 */
export function addConstraint(options: Omit<AddConstraint, 'kind'>): AddConstraint {
  return { kind: 'addConstraint', ...options }
}

export const addConstraintDefinition: OperationDefinition<Omit<AddConstraint, 'kind'>> = {
  symbol: '+',
  describe: ({ model, constraint }) => `Create ${wordsForConstraint(constraint).replace(/^the /, '')} on ${model}`,
  nameFragment: ({ model, constraint }) => `${snakeCase(model)}_${constraintFragment(constraint)}`,
  check(operation, state, context) {
    const model = requireModel(state, operation.model, context)
    requireNewConstraint(model, model.options.constraints ?? [], operation.constraint, context)
  },
  apply({ model, constraint }, state, { app }) {
    const key = modelKey(app, model)
    const { constraints = [] } = modelUnder(state, key).options
    return withOptions(state, key, { constraints: [...constraints, constraint] })
  },
  touches: ({ model }, context) => touchesModel(context, model),
}
