import { snakeCase } from '../lib/snake-case.ts'
import type { Collation } from '../schema/schema.ts'
import { withObject } from '../state/project-state.ts'
import { requireNoObject } from './find-object.ts'
import type { CreateCollation } from './operation.ts'
import type { OperationDefinition } from './operation-definition.ts'
import { touchesNoModel } from './touching.ts'

/**
 * Creates a collation, a named way to sort and compare text, for fields whose option `collation` names it. `deterministic: false` lets texts of
 * different bytes be equal. A database whose collations are made elsewhere has nothing to do.
 *
 * @example
 * createCollation({ name: 'case_insensitive', locale: 'und-u-ks-level2', deterministic: false })
 */
export function createCollation(options: Omit<CreateCollation, 'kind'>): CreateCollation {
  return { kind: 'createCollation', ...options }
}

export const createCollationDefinition: OperationDefinition<CreateCollation> = {
  symbol: '+',
  describe: ({ name }) => `Create collation ${name}`,
  nameFragment: ({ name }) => `${snakeCase(name)}_collation`,
  check(operation, state, context) {
    requireNoObject(state, collationOf(operation), context)
  },
  apply: (operation, state, { app }) => withObject(state, app, collationOf(operation)),
  touches: () => touchesNoModel,
}

function collationOf({ name, provider = 'icu', locale, deterministic }: CreateCollation): Collation {
  return { kind: 'collation', name, provider, locale, ...(deterministic === false ? { deterministic } : {}) }
}
