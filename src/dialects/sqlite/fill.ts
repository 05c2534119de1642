import type { Fill } from '../../schema/change.ts'
import type { Column } from '../../schema/schema.ts'
import { name, type Sql, value } from '../../schema/sql.ts'
import { lookedUp } from '../shared/look-up.ts'
import { overColumns } from './definition.ts'

/** What existing rows of a table get: a bound value, an expression over the row, or what another table holds beside its key. */
export function fillValue(fill: Fill, table: string): Sql {
  if ('value' in fill) return value(fill.value)
  if ('expression' in fill) return overColumns(fill.expression)
  return lookedUp(fill.lookUp, name(table), name)
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
