import { forwardsPlan, type Graph } from '../history/graph.ts'
import { keyOfMigration, type Migration, type MigrationKey } from '../history/migration.ts'
import { applyMigration, replay } from '../history/replay.ts'
import { type Change, isObjectChange, tableOf } from '../schema/change.ts'
import type { Dialect } from '../schema/dialect.ts'
import { diff } from '../schema/diff.ts'
import { objectKey, type Schema } from '../schema/schema.ts'
import { splitTableName } from '../state/names.ts'
import { type Placement, stateIn } from '../state/placement.ts'
import { projectChanged } from '../state/project.ts'

/** A migration that may be recorded, and what it makes in the database by which one can see whether it was carried out. */
export interface MadeBy {
  readonly migration: Migration
  /** Tables, and columns of tables that were there before: where none of them is there, it was never carried out. */
  readonly things: readonly Thing[]
  /** Every table that it makes or changes. */
  readonly tables: ReadonlySet<string>
  /** The enum types, extensions and collations that it makes, by `objectKey`. */
  readonly objects: ReadonlySet<string>
}

/** A table, or a column of one. */
export interface Thing {
  readonly table: string
  readonly column?: string
}

/** What a migration makes of the database as it finds it: after all that it waits for, and all that is applied. */
export function madeBy(
  migration: Migration,
  {
    graph,
    applied,
    dialect,
    placement,
  }: {
    readonly graph: Graph
    readonly applied: ReadonlySet<MigrationKey>
    readonly dialect: Dialect
    readonly placement: Placement | undefined
  },
): MadeBy {
  const key = keyOfMigration(migration)
  const before = replay(
    graph,
    keysUpTo(graph, applied, [key]).filter((other) => other !== key),
  )
  const ends = [before, applyMigration(before, migration)].map((state) => stateIn(state, placement))
  const [from = before, to = before] = ends
  const sides = projectChanged(from, to, dialect)
  const changes = diff(sides.before, sides.after, { match: 'lineage', comparison: dialect.comparison })
  const created = new Set(changes.flatMap((change) => (change.kind === 'createTable' ? [change.table.name] : [])))
  return {
    migration,
    things: changes.flatMap((change) => thingOf(change, created)),
    tables: new Set(changes.flatMap((change) => (isObjectChange(change) ? [] : [tableOf(change)]))),
    objects: new Set(changes.flatMap((change) => (change.kind === 'createObject' ? [objectKey(change.object)] : []))),
  }
}

/** What is applied, and these with all that they wait for, in the order of the graph. */
export function keysUpTo(
  graph: Graph,
  applied: ReadonlySet<MigrationKey>,
  keys: readonly MigrationKey[],
): readonly MigrationKey[] {
  const wanted = new Set(forwardsPlan(graph, keys))
  return graph.order.filter((key) => applied.has(key) || wanted.has(key))
}

/** Whether the database has a thing. A server leaves out the schema of a table where it is the default one. */
export function isThere({ table, column }: Thing, { tables }: Schema): boolean {
  const found = tables.get(table) ?? tables.get(splitTableName(table).table)
  return found !== undefined && (column === undefined || found.columns.some(({ name }) => name === column))
}

function thingOf(change: Change, created: ReadonlySet<string>): readonly Thing[] {
  if (change.kind === 'createTable') return [{ table: change.table.name }]
  return change.kind === 'addColumn' && !created.has(change.table)
    ? [{ table: change.table, column: change.column.name }]
    : []
}
