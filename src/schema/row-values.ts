import type { ColumnType } from './column-type.ts'

/**
 * What the connection of one database gives and takes for each type of column, at the type level: `select` is what a query returns, `insert` what
 * a query may be handed; `never` where the database has no such type. Each dialect declares one.
 */
export type RowValues = {
  readonly [Type in ColumnType['type']]: ValuesOfType
}

interface ValuesOfType {
  readonly select: unknown
  readonly insert: unknown
  /** What a query returns for a whole array of these, where that is no array of `select`. */
  readonly selectArray?: unknown
  /** The same where the type has a name of its own in the database, as a native enum has. */
  readonly selectNamedArray?: unknown
}
