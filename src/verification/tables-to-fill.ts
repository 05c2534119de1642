import type { Field } from '../fields/field.ts'
import { isNumbered } from '../fields/kinds.ts'
import { topologicalOrder } from '../lib/topological-order.ts'
import type { ColumnType } from '../schema/column-type.ts'
import type { Dialect } from '../schema/dialect.ts'
import type { ForeignKey, Table } from '../schema/schema.ts'
import { columnSources } from '../state/project-columns.ts'
import { projectModel } from '../state/project-model.ts'
import { modelsOf, type ProjectState } from '../state/project-state.ts'

/** A column that a new row may say. */
export interface ColumnToFill {
  readonly name: string
  readonly nullable: boolean
  /** Left out, the database fills it in. */
  readonly hasDefault: boolean
  /** The server would number the rows by it. */
  readonly isNumbered: boolean
  /** What it points at. */
  readonly foreignKey?: ForeignKey
  /** What its values come from; absent in a table of pairs, where all are keys of others. */
  readonly source?: { readonly field: Field; readonly type: ColumnType }
}

export interface TableToFill {
  readonly table: Table
  readonly columns: readonly ColumnToFill[]
}

/** The tables that a State has in a database, each after those that it points at, as far as they do not point at each other. */
export function tablesToFill(state: ProjectState, dialect: Dialect): readonly TableToFill[] {
  const tables = [...modelsOf(state)].flatMap((model): readonly TableToFill[] => {
    const [own, ...pairs] = projectModel(state, model, dialect)
    if (own === undefined) return []
    const sources = new Map(
      columnSources(state, model, dialect).map(({ column, type, entry }) => [column, { type, field: entry.field }]),
    )
    return [toFill(own, sources), ...pairs.map((table) => toFill(table, new Map()))]
  })
  return topologicalOrder(
    tables,
    ({ table }) => table.name,
    ({ table }) => table.foreignKeys.map(({ references }) => references.table),
  )
}

function toFill(table: Table, sources: ReadonlyMap<string, NonNullable<ColumnToFill['source']>>): TableToFill {
  const columns = table.columns.flatMap((column): readonly ColumnToFill[] => {
    if (column.generated !== undefined) return []
    const source = sources.get(column.name)
    const foreignKey = table.foreignKeys.find(({ columns: [own] }) => own === column.name)
    return [
      {
        name: column.name,
        nullable: column.nullable,
        hasDefault: column.default !== undefined || column.autoIncrement === true,
        isNumbered: source !== undefined && isNumbered(source.field),
        ...(foreignKey !== undefined && { foreignKey }),
        ...(source !== undefined && { source }),
      },
    ]
  })
  return { table, columns }
}
