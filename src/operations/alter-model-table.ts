import { snakeCase } from '../lib/snake-case.ts'
import { modelKey } from '../state/project-state.ts'
import { withOptions } from '../state/with-model.ts'
import { requireModel } from './checks.ts'
import type { AlterModelTable } from './operation.ts'
import type { OperationDefinition } from './operation-definition.ts'
import { touchesModel } from './touching.ts'

/**
 * Renames a model's table, and the join tables that are named after it, or moves them to another schema of the database. Without `table` it goes back
 * to its default name, without `schema` to the schema of the connection.
 *
 * @example
 * alterModelTable({ name: 'Invoice', table: 'invoices' })
 */
export function alterModelTable(options: Omit<AlterModelTable, 'kind'>): AlterModelTable {
  return { kind: 'alterModelTable', ...options }
}

export const alterModelTableDefinition: OperationDefinition<AlterModelTable> = {
  symbol: '~',
  describe: ({ name, table, schema }) =>
    `Rename table of ${name} to ${table ?? '(default)'}${schema === undefined ? '' : ` in schema ${schema}`}`,
  nameFragment: ({ name }) => `alter_${snakeCase(name)}_table`,
  check({ name }, state, context) {
    requireModel(state, name, context)
  },
  apply: ({ name, table, schema }, state, { app }) => withOptions(state, modelKey(app, name), { table, schema }),
  touches: ({ name }, context) => touchesModel(context, name),
}
