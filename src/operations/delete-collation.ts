import { snakeCase } from '../lib/snake-case.ts'
import { withoutObject } from '../state/project-state.ts'
import { requireObject, requireUnused } from './find-object.ts'
import type { DeleteCollation } from './operation.ts'
import type { OperationDefinition } from './operation-definition.ts'
import { touchesNoModel } from './touching.ts'

/**
 * Deletes a collation that no field has any more.
 *
 * @example
 * deleteCollation({ name: 'case_insensitive' })
 */
export function deleteCollation(options: Omit<DeleteCollation, 'kind'>): DeleteCollation {
  return { kind: 'deleteCollation', ...options }
}

export const deleteCollationDefinition: OperationDefinition<DeleteCollation> = {
  symbol: '-',
  describe: ({ name }) => `Delete collation ${name}`,
  nameFragment: ({ name }) => `delete_${snakeCase(name)}_collation`,
  check({ name }, state, context) {
    requireUnused(state, requireObject(state, 'collation', name, context), context)
  },
  apply: ({ name }, state) => withoutObject(state, { kind: 'collation', name }),
  touches: () => touchesNoModel,
}
