import { snakeCase } from '../lib/snake-case.ts'
import { withoutObject } from '../state/project-state.ts'
import { requireObject, requireUnused } from './find-object.ts'
import type { DeleteEnum } from './operation.ts'
import type { OperationDefinition } from './operation-definition.ts'
import { touchesNoModel } from './touching.ts'

/**
 * Deletes an enum type that no field is of any more. Its values are written out, so that a reader sees what goes.
 *
 * @example
 * deleteEnum({ name: 'mood', values: ['sad', 'ok', 'happy'] })
 */
export function deleteEnum(options: Omit<DeleteEnum, 'kind'>): DeleteEnum {
  return { kind: 'deleteEnum', ...options }
}

export const deleteEnumDefinition: OperationDefinition<DeleteEnum> = {
  symbol: '-',
  describe: ({ name }) => `Delete enum ${name}`,
  nameFragment: ({ name }) => `delete_${snakeCase(name)}_enum`,
  check({ name }, state, context) {
    requireUnused(state, requireObject(state, 'enum', name, context), context)
  },
  apply: ({ name }, state) => withoutObject(state, { kind: 'enum', name }),
  touches: () => touchesNoModel,
}
