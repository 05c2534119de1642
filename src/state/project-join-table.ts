import { fail } from '../errors/error.ts'
import { relationOf } from '../fields/database-options.ts'
import type { Dialect } from '../schema/dialect.ts'
import type { Column, ForeignKey, Table } from '../schema/schema.ts'
import { generatedName, joinColumnNames, joinTableName } from './names.ts'
import { columnPart } from './project-parts.ts'
import { type FieldState, keyOf, type ModelState, type ProjectState } from './project-state.ts'
import { supportedType, supportsCollation } from './require-support.ts'
import { facetsOf, type KeyColumn, type TableFacets, targetKey } from './table-facets.ts'

/** The tables that a model's many-to-many fields bring along; none for those with a join model of their own. */
export function joinTables(state: ProjectState, model: ModelState, dialect: Dialect): readonly Table[] {
  return automaticJoins(model).map((entry) => joinTable(state, model, entry, dialect))
}

/** The many-to-many fields of a model whose join table Godwit makes. */
export function automaticJoins(model: ModelState): readonly FieldState[] {
  return model.fields.filter(({ field }) => relationOf(field) === 'manyToMany' && field.through === undefined)
}

/** Two foreign keys, together the primary key, which also serves look-ups from the source; an index serves those from the target. */
function joinTable(state: ProjectState, model: ModelState, entry: FieldState, dialect: Dialect): Table {
  const source = facetsOf(state, model)
  const [sourceKey, another] = source.key
  if (sourceKey === undefined || another !== undefined) {
    fail('migrations.operationKeylessTarget', { model: keyOf(model), field: entry.name, target: keyOf(model) })
  }
  const target = targetKey(state, model, entry)
  const name = joinTableName(source.table, entry.name, entry.field)
  const columns = joinColumnNames(model.name, target.facets.model)
  const identity = `${entry.identity}.join`
  const place = `${keyOf(model)}.${entry.name}`
  return {
    name,
    identity,
    columns: [
      keyColumn(columns.source, `${identity}.source`, sourceKey, place, dialect),
      keyColumn(columns.target, `${identity}.target`, target.key, place, dialect),
    ],
    primaryKey: { columns: [columns.source, columns.target] },
    uniques: [],
    foreignKeys: [
      cascadingKey(name, columns.source, source, sourceKey),
      ...(target.facets.elsewhere ? [] : [cascadingKey(name, columns.target, target.facets, target.key)]),
    ],
    checks: [],
    indexes: [
      { name: generatedName('idx', name, [columns.target]), generatedName: true, parts: [columnPart(columns.target)] },
    ],
  }
}

function keyColumn(name: string, identity: string, key: KeyColumn, place: string, dialect: Dialect): Column {
  return {
    name,
    identity,
    type: dialect.spelling.type(supportedType(key.type, dialect, place)),
    nullable: false,
    ...(key.collation !== undefined &&
      supportsCollation(key.collation, dialect, place) && { collation: key.collation }),
  }
}

function cascadingKey(table: string, column: string, target: TableFacets, key: KeyColumn): ForeignKey {
  return {
    name: generatedName('fk', table, [column]),
    generatedName: true,
    columns: [column],
    references: { table: target.table, columns: [key.name] },
    onDelete: 'cascade',
    onUpdate: 'noAction',
  }
}
