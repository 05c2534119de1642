import type { ColumnType } from './column-type.ts'

/**
 * What the connection of one database gives and takes for each type of column, at the type level: `select` is what a query returns, `insert` what
 * a query may be handed. Each dialect declares one.
 */
export type RowValues = {
  readonly [Type in ColumnType['type']]: { readonly select: unknown; readonly insert: unknown }
}
