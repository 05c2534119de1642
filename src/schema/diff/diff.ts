import { topologicalOrder } from '../../lib/topological-order.ts'
import type { Change, ChangeKind, Fill } from '../change.ts'
import type { Comparison } from '../dialect.ts'
import type { Intent } from '../intent.ts'
import type { Identity, Schema, Table } from '../schema.ts'
import { type ColumnIntents, diffColumns } from './diff-columns.ts'
import { diffConstraints } from './diff-constraints.ts'
import { diffObjects } from './diff-objects.ts'
import { columnOf, placeOfPairs } from './pairs.ts'
import { type Correspondence, correspondence, type Match } from './renames.ts'

export interface DiffOptions {
  readonly match: Match
  readonly comparison: Comparison
  readonly intents?: readonly Intent[]
}

/**
 * The changes that turn one Schema into the other, in an order in which they can be made. The one comparison behind forwards, backwards, drift and
 * every proof: equal Schemas give an empty list.
 */
export function diff(
  before: Schema,
  after: Schema,
  { match, comparison, intents = [] }: DiffOptions,
): readonly Change[] {
  const all = correspondence(before, after, match)
  const columnIntents = intentsByColumn(intents, after)
  const concurrent = new Set(intents.flatMap((intent) => (intent.kind === 'concurrently' ? [intent.table] : [])))
  const isConcurrent = (table: Identity | undefined): boolean => table !== undefined && concurrent.has(table)
  const changes = [
    ...diffObjects(before.objects, after.objects),
    ...renamesOf(all),
    ...referencedFirst(all.added).flatMap(createdTable),
    ...copies(before, after, intents),
    ...copiedPairs(after, intents),
    ...all.persisted.flatMap((pair) => [
      ...diffColumns(pair, comparison, columnIntents),
      ...diffConstraints(pair, all, { comparison, match, concurrently: isConcurrent(pair.after.identity) }),
      ...commentChange(pair.before, pair.after),
    ]),
    ...[...referencedFirst(all.removed)].reverse().map((table): Change => ({ kind: 'dropTable', table })),
  ]
  return inOrder(changes)
}

/**
 * The order of changes. Renames first, so that all that follows speaks of the new names; what is new before what goes, so that rows can be copied;
 * what stands on a column goes before the column and comes after it; foreign keys last, when every key that they point at exists.
 */
const order: Readonly<Record<ChangeKind, number>> = {
  createObject: 0,
  renameTable: 0,
  renameColumn: 1,
  alterEnum: 2,
  createTable: 2,
  copyRows: 3,
  dropForeignKey: 4,
  dropIndex: 5,
  dropUnique: 5,
  dropCheck: 5,
  dropExclusion: 5,
  dropTable: 6,
  setGenerated: 7,
  dropColumn: 8,
  addColumn: 9,
  setType: 10,
  setAutoIncrement: 10,
  setDefault: 11,
  dropNotNull: 12,
  setNotNull: 12,
  setPrimaryKey: 13,
  renameUnique: 14,
  renameCheck: 14,
  renameIndex: 14,
  renameExclusion: 14,
  addUnique: 15,
  addCheck: 15,
  validateCheck: 15,
  addIndex: 16,
  addExclusion: 16,
  addForeignKey: 17,
  setColumnComment: 18,
  setTableComment: 18,
  dropObject: 19,
}

function inOrder(changes: readonly Change[]): readonly Change[] {
  return changes.toSorted((a, b) => order[a.kind] - order[b.kind])
}

function renamesOf(all: Correspondence): readonly Change[] {
  return all.persisted.flatMap(({ before, after, columns }) => [
    ...(before.name === after.name ? [] : [{ kind: 'renameTable', from: before.name, to: after.name } as const]),
    ...columns.persisted
      .filter((column) => column.before.name !== column.after.name)
      .map(
        (column) =>
          ({ kind: 'renameColumn', table: after.name, from: column.before.name, to: column.after.name }) as const,
      ),
  ])
}

function createdTable(table: Table): readonly Change[] {
  return [
    { kind: 'createTable', table },
    ...table.indexes.map((index): Change => ({ kind: 'addIndex', table: table.name, index })),
    ...(table.exclusions ?? []).map((exclusion): Change => ({ kind: 'addExclusion', table: table.name, exclusion })),
    ...table.foreignKeys.map((foreignKey): Change => ({ kind: 'addForeignKey', table: table.name, foreignKey })),
  ]
}

function commentChange(before: Table, after: Table): readonly Change[] {
  if (before.comment === after.comment) return []
  return [
    {
      kind: 'setTableComment',
      table: after.name,
      ...(before.comment === undefined ? {} : { before: before.comment }),
      ...(after.comment === undefined ? {} : { after: after.comment }),
    },
  ]
}

function copies(before: Schema, after: Schema, intents: readonly Intent[]): readonly Change[] {
  const byIdentity = (schema: Schema, identity: string): Table | undefined =>
    schema.tables.values().find((table) => table.identity === identity)
  return intents.flatMap((intent): readonly Change[] => {
    if (intent.kind !== 'copyRows') return []
    const from = byIdentity(before, intent.from)
    const to = byIdentity(after, intent.to)
    if (from === undefined || to === undefined) return []
    const shared = new Set(from.columns.map((column) => column.name))
    const columns = to.columns.filter((column) => shared.has(column.name)).map(({ name }) => ({ from: name, to: name }))
    return [{ kind: 'copyRows', from: from.name, to: to.name, columns }]
  })
}

function referencedFirst(tables: readonly Table[]): readonly Table[] {
  return topologicalOrder(
    tables,
    (table) => table.name,
    (table) => table.foreignKeys.map((foreignKey) => foreignKey.references.table),
  )
}

/** Both tables are there at the end: the operation that copies pairs is not the one that takes any away. */
function copiedPairs(after: Schema, intents: readonly Intent[]): readonly Change[] {
  return intents.flatMap((intent): readonly Change[] => {
    if (intent.kind !== 'copyPairs') return []
    const [from, to] = [placeOfPairs(after, intent.from), placeOfPairs(after, intent.to)]
    const columns = [
      { from: from.source, to: to.source },
      { from: from.target, to: to.target },
    ]
    return [{ kind: 'copyRows', from: from.table, to: to.table, columns, onlyNew: true }]
  })
}

function intentsByColumn(intents: readonly Intent[], after: Schema): ColumnIntents {
  return {
    fills: new Map(
      intents.flatMap((intent): readonly (readonly [Identity, Fill])[] => {
        if (intent.kind === 'fill') return [[intent.column, intent.fill]]
        if (intent.kind !== 'lookUp') return []
        const { table, source, target } = placeOfPairs(after, intent.pairs)
        return [[intent.column, { lookUp: { table, key: source, value: target, of: columnOf(after, intent.key) } }]]
      }),
    ),
    casts: new Map(
      intents.flatMap((intent) => (intent.kind === 'cast' ? [[intent.column, intent.expression] as const] : [])),
    ),
  }
}
