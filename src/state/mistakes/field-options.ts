import type { GodwitError } from '../../errors/error.ts'
import { isDefaultFunction } from '../../fields/default-functions.ts'
import { fieldProblems } from '../../fields/field-problems.ts'
import { kindOf } from '../../fields/kinds.ts'
import { type FieldState, keyOf, modelsOf, type ProjectState } from '../project-state.ts'
import { keyFieldOf } from './key-field.ts'
import { mistake } from './mistake.ts'

/** What is wrong with a field's own options, and a foreign key's default that no row of the target could have. */
export function* fieldOptionMistakes(state: ProjectState): Generator<GodwitError> {
  for (const model of modelsOf(state)) {
    for (const { name, field } of model.fields) {
      const own = fieldProblems(field)
      for (const { problem, fix } of own) {
        yield mistake('models.invalidField', { model: keyOf(model), field: name, problem, fix })
      }
      if (own.length === 0 && !defaultFitsTarget(state, field)) {
        yield mistake('models.invalidField', {
          model: keyOf(model),
          field: name,
          problem: `has a default that is no key of ${String(field.to)}`,
          fix: 'Use a key of a row that exists, or remove the default.',
        })
      }
    }
  }
}

function defaultFitsTarget(state: ProjectState, field: FieldState['field']): boolean {
  if (field.to === undefined || field.default === undefined || isDefaultFunction(field.default)) return true
  const key = keyFieldOf(state, field)
  return key === undefined || kindOf(key).literal(field.default, key) !== undefined
}
