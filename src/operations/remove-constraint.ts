import { snakeCase } from '../lib/snake-case.ts'
import { modelKey } from '../state/project-state.ts'
import { wordsForConstraint } from '../state/uses-of-field.ts'
import { modelUnder, withOptions } from '../state/with-model.ts'
import { requireModel } from './checks.ts'
import { isSameConstraint, requireConstraint } from './find-declaration.ts'
import { constraintFragment } from './fragments.ts'
import type { RemoveConstraint } from './operation.ts'
import type { OperationDefinition } from './operation-definition.ts'
import { touchesModel } from './touching.ts'

/**
 * Removes a constraint from a model's table. The constraint is written out whole, so that a reader sees what goes.
 *
 * @example
 * removeConstraint({ model: 'Invoice', constraint: unique({ fields: ['owner', 'number'], name: 'invoice_number_per_owner' }) })
 */
export function removeConstraint(options: Omit<RemoveConstraint, 'kind'>): RemoveConstraint {
  return { kind: 'removeConstraint', ...options }
}

export const removeConstraintDefinition: OperationDefinition<RemoveConstraint> = {
  symbol: '-',
  describe: ({ model, constraint }) => `Remove ${wordsForConstraint(constraint)} from ${model}`,
  nameFragment: ({ model, constraint }) => `remove_${snakeCase(model)}_${constraintFragment(constraint)}`,
  check({ model, constraint }, state, context) {
    requireConstraint(requireModel(state, model, context), constraint, context)
  },
  apply({ model, constraint }, state, { app }) {
    const key = modelKey(app, model)
    const { constraints = [] } = modelUnder(state, key).options
    const position = constraints.findIndex((other) => isSameConstraint(other, constraint))
    return withOptions(state, key, { constraints: position < 0 ? constraints : constraints.toSpliced(position, 1) })
  },
  touches: ({ model }, context) => touchesModel(context, model),
}
