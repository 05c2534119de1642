import { fail } from '../errors/error.ts'
import { relationOf } from '../fields/database-options.ts'
import { kindOf } from '../fields/kinds.ts'
import type { ColumnType } from '../schema/column-type.ts'
import { columnName, tableName } from './names.ts'
import { type FieldState, findField, keyOf, type ModelState, type ProjectState } from './project-state.ts'
import { resolveTarget } from './relations.ts'

/** One column of a primary key, as a foreign key must copy it. */
export interface KeyColumn {
  readonly name: string
  readonly type: ColumnType
  readonly collation?: string
}

/** All that the tables of other models read of a model. */
export interface TableFacets {
  readonly model: string
  readonly table: string
  readonly key: readonly KeyColumn[]
  /** The table is in another database, where no foreign key can point. */
  readonly elsewhere?: true
}

/** What those who refer to a model see of it. A key that is itself a foreign key takes the type of what it points at. */
export function facetsOf(state: ProjectState, model: ModelState, within: readonly ModelState[] = []): TableFacets {
  const known = ownFacets.get(model)
  if (known !== undefined) return known
  const keys = keyFields(model)
  const facets: TableFacets = {
    model: model.name,
    table: tableName(model.app, model.name, model.options),
    key: keys.map((entry) => keyColumn(state, model, entry, [...within, model])),
    ...(model.elsewhere && { elsewhere: true }),
  }
  // A key that points elsewhere has a type that this model alone does not tell.
  if (keys.every(({ field }) => relationOf(field) === undefined)) ownFacets.set(model, facets)
  return facets
}

/** The fields that make up a model's primary key. */
export function keyFields(model: ModelState): readonly FieldState[] {
  const composite = model.options.primaryKey
  return composite === undefined
    ? model.fields.filter(({ field }) => field.primaryKey === true)
    : composite.flatMap((name) => findField(model, name) ?? [])
}

/** The one key column that a relation of this model points at. */
export function targetKey(
  state: ProjectState,
  model: ModelState,
  entry: FieldState,
  within: readonly ModelState[] = [],
): { readonly facets: TableFacets; readonly key: KeyColumn } {
  const target = resolveTarget(state, entry.field)
  const site = { model: keyOf(model), field: entry.name, target: String(entry.field.to) }
  if (target === undefined) fail('migrations.operationDanglingRelation', site)
  // Keys that point at each other in a circle have no type.
  if (within.includes(target)) fail('migrations.operationKeylessTarget', site)
  const facets = facetsOf(state, target, within)
  const [key, another] = facets.key
  if (key === undefined || another !== undefined) fail('migrations.operationKeylessTarget', site)
  return { facets, key }
}

const ownFacets = new WeakMap<ModelState, TableFacets>()

function keyColumn(
  state: ProjectState,
  model: ModelState,
  entry: FieldState,
  within: readonly ModelState[],
): KeyColumn {
  const { field, name } = entry
  const column = columnName(name, field)
  const own = kindOf(field).columnType(field)
  if (own !== undefined) return { name: column, type: own, ...(field.collation && { collation: field.collation }) }
  const { key } = targetKey(state, model, entry, within)
  return { ...key, name: column }
}
