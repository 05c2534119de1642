import { snakeCase } from '../lib/snake-case.ts'
import { modelKey } from '../state/project-state.ts'
import { modelUnder, withOptions } from '../state/with-model.ts'
import { requireModel } from './checks.ts'
import { requireConstraintNamed, requireNewConstraint } from './find-declaration.ts'
import type { AlterConstraint } from './operation.ts'
import type { OperationDefinition } from './operation-definition.ts'
import { touchesModel } from './touching.ts'

/**
 * Replaces a named constraint by another, which may have another name or another content.
 *
 * @example
 * alterConstraint({ model: 'Invoice', name: 'total_positive', constraint: check({ name: 'total_positive', condition: q.gte('total', 0) }) })
 */
export function alterConstraint(options: Omit<AlterConstraint, 'kind'>): AlterConstraint {
  return { kind: 'alterConstraint', ...options }
}

export const alterConstraintDefinition: OperationDefinition<AlterConstraint> = {
  symbol: '~',
  describe: ({ model, name }) => `Alter constraint ${name} on ${model}`,
  nameFragment: ({ model, name }) => `alter_${snakeCase(model)}_${name}`,
  check({ model: modelName, name, constraint }, state, context) {
    const model = requireModel(state, modelName, context)
    requireConstraintNamed(model, name, context)
    const others = (model.options.constraints ?? []).filter((other) => other.name !== name)
    requireNewConstraint(model, others, constraint, context)
  },
  apply({ model, name, constraint }, state, { app }) {
    const key = modelKey(app, model)
    const { constraints = [] } = modelUnder(state, key).options
    return withOptions(state, key, {
      constraints: constraints.map((other) => (other.name === name ? constraint : other)),
    })
  },
  touches: ({ model }, context) => touchesModel(context, model),
}
