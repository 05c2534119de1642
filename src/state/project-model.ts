import { relationOf } from '../fields/database-options.ts'
import { structuralEqual } from '../lib/structural-equal.ts'
import type { Dialect } from '../schema/dialect.ts'
import type { Table } from '../schema/schema.ts'
import { columnNames } from './column-expressions.ts'
import { columnSources, projectColumn } from './project-columns.ts'
import { projectObjects } from './project-constraints.ts'
import { joinTables } from './project-join-table.ts'
import { keyOf, type ModelState, type ProjectState } from './project-state.ts'
import { resolveTarget } from './relations.ts'
import { requireComputable } from './require-computable.ts'
import { supports } from './require-support.ts'
import { requireShortNames } from './short-names.ts'
import { facetsOf, keyFields, type TableFacets } from './table-facets.ts'

/**
 * The tables of a model: its own, then those of its many-to-many fields. None for an unmanaged model, and for one whose tables are in another database.
 *
 * Remembered by the identity of everything that is read: the model, the dialect, and of each target the facets alone, so that a change of one model
 * projects again only those who can tell the difference.
 */
export function projectModel(state: ProjectState, model: ModelState, dialect: Dialect): readonly Table[] {
  if (model.options.managed === false || model.elsewhere) return []
  const known = projections.get(dialect) ?? new WeakMap<ModelState, Projection>()
  projections.set(dialect, known)
  const targets = targetFacets(state, model)
  const before = known.get(model)
  if (before !== undefined && structuralEqual(before.targets, targets)) return before.tables
  if (model.options.schema !== undefined) supports(dialect, 'schema', keyOf(model))
  const tables = [projectTable(state, model, dialect), ...joinTables(state, model, dialect)]
  for (const table of tables) requireShortNames(dialect, keyOf(model), table)
  known.set(model, { targets, tables })
  return tables
}

interface Projection {
  readonly targets: readonly (TableFacets | undefined)[]
  readonly tables: readonly Table[]
}

const projections = new WeakMap<Dialect, WeakMap<ModelState, Projection>>()

function targetFacets(state: ProjectState, model: ModelState): readonly (TableFacets | undefined)[] {
  return model.fields
    .filter(({ field }) => relationOf(field) !== undefined && field.through === undefined)
    .map(({ field }) => {
      const target = resolveTarget(state, field)
      return target && facetsOf(state, target)
    })
}

function projectTable(state: ProjectState, model: ModelState, dialect: Dialect): Table {
  const { table } = facetsOf(state, model)
  const sources = columnSources(state, model, dialect)
  const columns = columnNames(model)
  const key = keyFields(model).flatMap(({ name }) => columns.get(name) ?? [])
  const { comment } = model.options
  const projected: Table = {
    name: table,
    identity: model.identity,
    columns: sources.map((source) => projectColumn(model, source, dialect)),
    ...projectObjects(model, table, key, sources, dialect),
    ...(comment !== undefined && supports(dialect, 'comment', keyOf(model)) && { comment }),
  }
  requireComputable(projected, keyOf(model), dialect)
  return projected
}
