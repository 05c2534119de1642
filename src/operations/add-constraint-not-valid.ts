import { addConstraintDefinition } from './add-constraint.ts'
import type { AddConstraintNotValid } from './operation.ts'
import type { OperationDefinition } from './operation-definition.ts'

/**
 * Adds a check to a model's table that holds for every row written from now on, and leaves those that are there unread, so that nobody waits for it.
 * A `validateConstraint` in a later migration reads them. Where the database can't do that, the check is a plain one.
 *
 * @example
 * addConstraintNotValid({ model: 'Invoice', constraint: check({ name: 'total_positive', condition: q.gt('total', 0) }) })
 */
export function addConstraintNotValid(options: Omit<AddConstraintNotValid, 'kind'>): AddConstraintNotValid {
  return { kind: 'addConstraintNotValid', ...options }
}

export const addConstraintNotValidDefinition: OperationDefinition<AddConstraintNotValid> = {
  ...addConstraintDefinition,
  describe: (operation) => `${addConstraintDefinition.describe(operation)}, not validated`,
  nameFragment: (operation) => `${addConstraintDefinition.nameFragment(operation)}_not_valid`,
  apply({ model, constraint }, state, context) {
    return addConstraintDefinition.apply({ model, constraint: { ...constraint, notValid: true } }, state, context)
  },
}
