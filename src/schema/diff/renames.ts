import { diffBy } from '../../lib/diff-by.ts'
import type { Column, Identity, Schema, Table } from '../schema.ts'

/**
 * How objects of two Schemas find each other. `lineage`: by identity, only where one State was replayed from the other, so that another name is a
 * rename. `name`: everywhere else.
 */
export type Match = 'lineage' | 'name'

/** Two states of one object. */
export interface Pair<T> {
  readonly before: T
  readonly after: T
}

export interface TablePair extends Pair<Table> {
  readonly columns: {
    readonly added: readonly Column[]
    readonly removed: readonly Column[]
    readonly persisted: readonly Pair<Column>[]
  }
  /** Column names of `before` → of `after`, for every column that persists. */
  readonly renamed: ReadonlyMap<string, string>
}

/** Which table became which, and which column. */
export interface Correspondence {
  readonly added: readonly Table[]
  readonly removed: readonly Table[]
  readonly persisted: readonly TablePair[]
  /** By the table's name before. */
  readonly pairs: ReadonlyMap<string, TablePair>
}

/** Pairs the tables of two Schemas and the columns of each pair. */
export function correspondence(before: Schema, after: Schema, match: Match): Correspondence {
  const keyOf = (object: { readonly name: string; readonly identity?: Identity }): string =>
    match === 'lineage' ? (object.identity ?? `name:${object.name}`) : object.name
  const tables = diffBy(before.tables.values(), after.tables.values(), keyOf)
  const persisted = tables.persisted.map((pair) => {
    const columns = diffBy(pair.before.columns, pair.after.columns, keyOf)
    return {
      ...pair,
      columns,
      renamed: new Map(columns.persisted.map((column) => [column.before.name, column.after.name])),
    }
  })
  return {
    added: tables.added,
    removed: tables.removed,
    persisted,
    pairs: new Map(persisted.map((pair) => [pair.before.name, pair])),
  }
}
