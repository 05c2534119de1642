import type { Operation } from '../../operations/operation.ts'
import type { Schema } from '../../schema/schema.ts'
import { columnName, tableName } from '../../state/names.ts'

/**
 * Operations from a record with the fields of new models in the order of the columns: the record keeps none. A field whose column or table is gone, or is
 * called otherwise since, comes last.
 */
export function inColumnOrder(operations: readonly Operation[], app: string, { tables }: Schema): readonly Operation[] {
  return operations.map((operation) => {
    if (operation.kind !== 'createModel') return operation
    const columns = tables.get(tableName(app, operation.name, operation.options))?.columns ?? []
    const places = new Map(columns.map(({ name }, place) => [name, place]))
    const fields = Object.entries(operation.fields)
    const placeOf = ([name, field]: (typeof fields)[number]): number =>
      places.get(columnName(name, field)) ?? columns.length
    return { ...operation, fields: Object.fromEntries(fields.toSorted((a, b) => placeOf(a) - placeOf(b))) }
  })
}
