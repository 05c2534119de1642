import type { Fill } from '../../schema/change.ts'
import type { Column } from '../../schema/schema.ts'
import { type Sql, value } from '../../schema/sql.ts'
import { overColumns } from './definition.ts'

/** What existing rows get: a bound value, or an expression over the row. */
export function fillValue(fill: Fill): Sql {
  return 'value' in fill ? value(fill.value) : overColumns(fill.expression)
}

/**
 * Whether ADD COLUMN takes a column of this kind while there are rows: its default is a literal, it is not numbered by the server and not stored
 * as computed (https://sqlite.org/lang_altertable.html#altertabaddcol).
 */
export function isPlainColumn(column: Column): boolean {
  return (
    column.autoIncrement === undefined &&
    (column.default === undefined || (column.default.kind === 'value' && column.default.value !== null)) &&
    column.generated?.stored !== true
  )
}
