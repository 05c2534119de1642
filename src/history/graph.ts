import { fail } from '../errors/error.ts'
import { displayPath } from '../lib/display-path.ts'
import { topologicalOrder } from '../lib/topological-order.ts'
import { refuseCycle } from './cycle.ts'
import type { Edges } from './edges.ts'
import { resolveEdges } from './edges.ts'
import type { Migration, MigrationKey } from './migration.ts'
import { keyOfMigration } from './migration.ts'

/** All migrations of a project and what they wait for, as plain data. */
export interface Graph extends Edges {
  /** By app and name, in that order. */
  readonly migrations: ReadonlyMap<MigrationKey, Migration>
  /** The keys of each app that has migrations, by name. */
  readonly apps: ReadonlyMap<string, readonly MigrationKey[]>
  /** The one order of all migrations that every plan and every replay follows. */
  readonly order: readonly MigrationKey[]
}

/**
 * Links migrations by what they say of each other. A migration waits for nothing that it does not name, not even for the one numbered before it.
 *
 * @throws migrations.twoFiles, migrations.replacesUnsupported, migrations.missingDependency, migrations.cycle
 */
export function buildGraph(migrations: readonly Migration[]): Graph {
  const byKey = indexByKey(migrations)
  const apps = groupByApp(byKey)
  const edges = resolveEdges(byKey, apps)
  const order = topologicalOrder([...byKey.keys()], String, (key) => edges.parents.get(key as MigrationKey) ?? [])
  refuseCycle(order, edges.parents, byKey)
  return { migrations: byKey, apps, ...edges, order }
}

/** What a migration waits for directly. */
export function parentsOf(graph: Graph, key: MigrationKey): readonly MigrationKey[] {
  return graph.parents.get(key) ?? []
}

/** What waits for a migration directly. */
export function childrenOf(graph: Graph, key: MigrationKey): readonly MigrationKey[] {
  return graph.children.get(key) ?? []
}

/** The migrations of an app that none of the same app waits for; more than one is a conflict. */
export function leavesOf(graph: Graph, app: string): readonly MigrationKey[] {
  return ends(graph, app, graph.children)
}

export interface Conflict {
  readonly app: string
  readonly leaves: readonly string[]
}

/** The apps with several last migrations, which are named. */
export function conflicts(graph: Graph): readonly Conflict[] {
  return [...graph.apps.keys()].flatMap((app) => {
    const leaves = leavesOf(graph, app)
    return leaves.length > 1 ? [{ app, leaves: leaves.map((key) => nameIn(graph, key)) }] : []
  })
}

/** The targets and all that they wait for, in the order of application. */
export function forwardsPlan(graph: Graph, targets: Iterable<MigrationKey>): readonly MigrationKey[] {
  const wanted = reach(targets, graph.parents)
  return graph.order.filter((key) => wanted.has(key))
}

/** The targets and all that waits for them, in the order of being unapplied. */
export function backwardsPlan(graph: Graph, targets: Iterable<MigrationKey>): readonly MigrationKey[] {
  const wanted = reach(targets, graph.children)
  return graph.order.filter((key) => wanted.has(key)).reverse()
}

/** Every migration, each after all that it waits for. */
export function fullOrder(graph: Graph): readonly MigrationKey[] {
  return graph.order
}

function ends(graph: Graph, app: string, neighbours: Edges['parents']): readonly MigrationKey[] {
  const own = graph.apps.get(app) ?? []
  return own.filter((key) => !neighbours.get(key)?.some((other) => graph.migrations.get(other)?.app === app))
}

function nameIn(graph: Graph, key: MigrationKey): string {
  return graph.migrations.get(key)?.name ?? key
}

function reach(from: Iterable<MigrationKey>, neighbours: Edges['parents']): ReadonlySet<MigrationKey> {
  const reached = new Set(from)
  for (const key of reached) for (const next of neighbours.get(key) ?? []) reached.add(next)
  return reached
}

function indexByKey(migrations: readonly Migration[]): ReadonlyMap<MigrationKey, Migration> {
  const byKey = new Map<MigrationKey, Migration>()
  for (const migration of migrations.toSorted(byAppAndName)) {
    const { app, name, definition } = migration
    const key = keyOfMigration(migration)
    const twin = byKey.get(key)
    if (twin !== undefined) fail('migrations.twoFiles', { app, name, files: [fileOf(twin), fileOf(migration)] })
    if (definition.replaces !== undefined) fail('migrations.replacesUnsupported', { migration: key })
    byKey.set(key, migration)
  }
  return byKey
}

function groupByApp(byKey: ReadonlyMap<MigrationKey, Migration>): ReadonlyMap<string, readonly MigrationKey[]> {
  return Map.groupBy(byKey.keys(), (key) => byKey.get(key)?.app ?? '')
}

function byAppAndName(a: Migration, b: Migration): number {
  if (a.app !== b.app) return a.app < b.app ? -1 : 1
  return a.name < b.name ? -1 : a.name > b.name ? 1 : 0
}

function fileOf(migration: Migration): string {
  return migration.file === undefined ? migration.name : displayPath(migration.file)
}
