import { snakeCase } from '../lib/snake-case.ts'
import { withObject } from '../state/project-state.ts'
import { requireNoObject } from './find-object.ts'
import type { CreateExtension } from './operation.ts'
import type { OperationDefinition } from './operation-definition.ts'
import { touchesNoModel } from './touching.ts'

/**
 * Installs an extension of PostgreSQL in the database. Where there is no such thing, it does nothing.
 *
 * @example
 * createExtension({ name: 'citext' })
 */
export function createExtension(options: Omit<CreateExtension, 'kind'>): CreateExtension {
  return { kind: 'createExtension', ...options }
}

export const createExtensionDefinition: OperationDefinition<CreateExtension> = {
  symbol: '+',
  describe: ({ name }) => `Create extension ${name}`,
  nameFragment: ({ name }) => `${snakeCase(name)}_extension`,
  check({ name }, state, context) {
    requireNoObject(state, { kind: 'extension', name }, context)
  },
  apply: ({ name }, state, { app }) => withObject(state, app, { kind: 'extension', name }),
  touches: () => touchesNoModel,
}
