import { columnNames } from '../state/column-expressions.ts'
import { joinTableName, tableName } from '../state/names.ts'
import { automaticJoins } from '../state/project-join-table.ts'
import { keyOf, type ModelState } from '../state/project-state.ts'

/**
 * The names that a model holds, so that no other can have them: its own, those of its tables and columns, and those that were given to its indexes and
 * constraints. Columns are told apart by their model's identity. In lower case, for most databases see no difference.
 */
export function heldNames(model: ModelState): ReadonlySet<string> {
  const known = namesByModel.get(model)
  if (known !== undefined) return known
  const { indexes = [], constraints = [] } = model.options
  const table = tableName(model.app, model.name, model.options)
  const names = new Set(
    [
      `model ${keyOf(model)}`,
      `object ${table}`,
      ...automaticJoins(model).map(({ name, field }) => `object ${joinTableName(table, name, field)}`),
      ...[...columnNames(model).values()].map((column) => `column ${model.identity}.${column}`),
      ...[...indexes, ...constraints].flatMap(({ name }) => (name === undefined ? [] : [`object ${name}`])),
    ].map((name) => name.toLowerCase()),
  )
  namesByModel.set(model, names)
  return names
}

const namesByModel = new WeakMap<ModelState, ReadonlySet<string>>()
