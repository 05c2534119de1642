import type { ForeignKey, Index, IndexPart, Table, Unique } from '../../schema/schema.ts'
import type { CatalogueVariant } from './catalogue-variant.ts'
import { isHashed } from './hashed.ts'
import { onUpdateOf } from './read-foreign-keys.ts'
import { fold } from './tokens.ts'

/*
 * The server makes an index for a foreign key that no index serves, under the name of the key
 * (https://dev.mysql.com/doc/refman/9.7/en/create-table-foreign-keys.html). Whether one that is descending or over the beginnings of texts serves it
 * depends on the server and on what came first, so that wherever one leads with the columns of the key, the server's own counts for nothing.
 */

/** A table as it was read, without the indexes of the server's that stand beside another one over the columns of their foreign keys. */
export function withoutServersIndexes(table: Table): Table {
  const isIdle = (index: Index): boolean =>
    table.foreignKeys.some(
      (key) => isMadeFor(key, index) && leadingColumns(table, index).some((columns) => leads(key.columns, columns)),
    )
  return table.foreignKeys.length === 0 ? table : { ...table, indexes: table.indexes.filter((index) => !isIdle(index)) }
}

/** A declared table with the indexes that the server will make, and each foreign key as it is read. */
export function withServersIndexes(table: Table): Table {
  if (table.foreignKeys.length === 0) return table
  return {
    ...table,
    indexes: [...table.indexes, ...keysToServe(table.foreignKeys, leadingColumns(table)).map(indexFor)],
    foreignKeys: table.foreignKeys.map((key) => ({ ...key, onUpdate: onUpdateOf(key.onUpdate) })),
  }
}

/** Of some foreign keys, those that need an index of their own. `there`: by what columns rows are found already. */
export function keysToServe(keys: readonly ForeignKey[], there: readonly (readonly string[])[]): readonly ForeignKey[] {
  const needing: ForeignKey[] = []
  for (const key of keys) {
    const serving = [...there, ...needing.map(({ columns }) => columns)]
    if (!serving.some((columns) => leads(key.columns, columns))) needing.push(key)
  }
  // A longer one serves the shorter ones too.
  return needing.filter((one) => !needing.some((other) => other !== one && leads(one.columns, other.columns)))
}

/** Whether an index is the one that the server makes by itself for a foreign key. */
export function isMadeFor(key: ForeignKey, { name, parts, method }: Index): boolean {
  const columns = parts.map(({ expression, prefix, descending }) =>
    expression.kind === 'column' && prefix === undefined && descending !== true ? fold(expression.name) : undefined,
  )
  return (
    fold(name) === fold(key.name) && method === undefined && columns.join('\0') === key.columns.map(fold).join('\0')
  )
}

/** The index that serves a foreign key, as the server makes it. */
export function indexFor({ name, columns }: ForeignKey): Index {
  const parts = columns.map((column) => ({ expression: { kind: 'column', name: column } as const }))
  return { name, generatedName: true, parts }
}

/** For each key and index of a table but one: the columns that it begins with. */
function leadingColumns(table: Table, but?: Index): readonly (readonly string[])[] {
  const indexes = [...table.uniques, ...table.indexes].filter((index) => index !== but && isTree(index, table))
  return [table.primaryKey?.columns ?? [], ...indexes.map((index) => firstColumns(index, () => true))]
}

/** The columns that a unique or an index of a table begins with and surely finds rows by, in the way that a foreign key needs. */
export function servedBy(table: Table, { descendingServes }: CatalogueVariant) {
  return (index: Index | Unique): readonly string[] =>
    isTree(index, table)
      ? firstColumns(
          index,
          ({ prefix, descending }) => prefix === undefined && (descendingServes || descending !== true),
        )
      : []
}

function firstColumns({ parts }: Index | Unique, counts: (part: IndexPart) => boolean): readonly string[] {
  const end = parts.findIndex((part) => part.expression.kind !== 'column' || !counts(part))
  return parts
    .slice(0, end === -1 ? parts.length : end)
    .flatMap(({ expression }) => (expression.kind === 'column' ? [expression.name] : []))
}

function isTree(index: Index | Unique, table: Table): boolean {
  return (!('method' in index) || index.method === undefined) && !isHashed(index, table)
}

/** Whether some columns begin with others. */
export function leads(wanted: readonly string[], columns: readonly string[]): boolean {
  return wanted.every((column, position) => fold(columns[position] ?? '') === fold(column))
}
