import { snakeCase } from '../lib/snake-case.ts'
import { withoutObject } from '../state/project-state.ts'
import { requireObject } from './find-object.ts'
import type { DeleteExtension } from './operation.ts'
import type { OperationDefinition } from './operation-definition.ts'
import { touchesNoModel } from './touching.ts'

/**
 * Removes an extension that nothing in the database stands on any more.
 *
 * @example
 * deleteExtension({ name: 'citext' })
 */
export function deleteExtension(options: Omit<DeleteExtension, 'kind'>): DeleteExtension {
  return { kind: 'deleteExtension', ...options }
}

export const deleteExtensionDefinition: OperationDefinition<DeleteExtension> = {
  symbol: '-',
  describe: ({ name }) => `Delete extension ${name}`,
  nameFragment: ({ name }) => `delete_${snakeCase(name)}_extension`,
  check({ name }, state, context) {
    requireObject(state, 'extension', name, context)
  },
  apply: ({ name }, state) => withoutObject(state, { kind: 'extension', name }),
  touches: () => touchesNoModel,
}
