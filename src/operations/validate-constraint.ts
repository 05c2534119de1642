import { fail } from '../errors/error.ts'
import { snakeCase } from '../lib/snake-case.ts'
import { keyOf, modelKey } from '../state/project-state.ts'
import { modelUnder, withOptions } from '../state/with-model.ts'
import { requireModel, siteOf } from './checks.ts'
import { requireConstraintNamed } from './find-declaration.ts'
import type { ValidateConstraint } from './operation.ts'
import type { OperationDefinition } from './operation-definition.ts'
import { touchesModel } from './touching.ts'
import { validated } from './validated.ts'

/**
 * Reads the rows that were there before a check that was added not valid, while they can be written. It belongs in a later migration than the check:
 * in the same transaction the table stays locked all the while.
 *
 * @example
 * validateConstraint({ model: 'Invoice', name: 'total_positive' })
 */
export function validateConstraint(options: Omit<ValidateConstraint, 'kind'>): ValidateConstraint {
  return { kind: 'validateConstraint', ...options }
}

export const validateConstraintDefinition: OperationDefinition<ValidateConstraint> = {
  symbol: '~',
  describe: ({ model, name }) => `Validate constraint ${name} on ${model}`,
  nameFragment: ({ model, name }) => `validate_${snakeCase(model)}_${name}`,
  check({ model: modelName, name }, state, context) {
    const model = requireModel(state, modelName, context)
    requireConstraintNamed(model, name, context)
    const constraint = model.options.constraints?.find((other) => other.name === name)
    if (constraint?.kind === 'check' && constraint.notValid === true) return
    fail('migrations.operationConstraintValid', { ...siteOf(context), model: keyOf(model), constraint: name })
  },
  apply({ model, name }, state, { app }) {
    const key = modelKey(app, model)
    const { constraints = [] } = modelUnder(state, key).options
    return withOptions(state, key, {
      constraints: constraints.map((constraint) => (constraint.name === name ? validated(constraint) : constraint)),
    })
  },
  touches: ({ model }, context) => touchesModel(context, model),
}
