import { fail } from '../errors/error.ts'
import { displayPath } from '../lib/display-path.ts'
import { topologicalOrder } from '../lib/topological-order.ts'
import { type Baselines, baselinesOf } from './baselines.ts'
import type { AppliedKeys } from './consistency.ts'
import { refuseCycle } from './cycle.ts'
import type { Edges } from './edges.ts'
import { resolveEdges } from './edges.ts'
import { type InForce, inForce, squashesAside } from './in-force.ts'
import type { Migration, MigrationKey } from './migration.ts'
import { keyOfMigration } from './migration.ts'
import { type Replacements, replacementsOf } from './replacements.ts'
import { settle } from './settle.ts'

/** The migrations of a project as they count for one database, and what they wait for, as plain data. */
export interface Graph extends Edges, Pick<InForce, 'standIns'> {
  /** Those in force, by app and name, in that order: a squash in the place of what it replaces, or, where it cannot be used, what it replaces. */
  readonly migrations: ReadonlyMap<MigrationKey, Migration>
  /** The keys of each app that has migrations, by name. */
  readonly apps: ReadonlyMap<string, readonly MigrationKey[]>
  /** The one order of all migrations in force that every plan and every replay follows. */
  readonly order: readonly MigrationKey[]
  /** Every migration that was read, by app and name, in force or not. */
  readonly loaded: readonly Migration[]
  readonly replacements: Replacements
  /** The histories that were begun anew. */
  readonly baselines: Baselines
  /** The squashes that cannot be used. */
  readonly aside: ReadonlySet<MigrationKey>
  /** The apps of the config, where they are known: one of them may have no migrations yet. */
  readonly labels: readonly string[]
}

export interface GraphOptions {
  /** What a database has recorded; nothing if not given, so that every squash stands for what it replaces. */
  readonly applied?: AppliedKeys
  /** The apps of the config. */
  readonly labels?: Iterable<string>
}

/**
 * Links migrations by what they say of each other. A migration waits for nothing that it does not name, not even for the one numbered before it; and
 * a squash for nothing but what its own file names.
 *
 * @throws migrations.twoFiles, migrations.missingDependency, migrations.emptyDependency, migrations.cycle, replaces.* for squashes, and resets.* for
 * histories that were begun anew
 */
export function buildGraph(migrations: readonly Migration[], { applied, labels = [] }: GraphOptions = {}): Graph {
  const files = indexByKey(migrations)
  const replacements = replacementsOf(files)
  const baselines = baselinesOf(files)
  const record = settle(replacements, applied ?? new Set())
  const aside = squashesAside(files, replacements, record, undefined)
  return link(files, { replacements, baselines, aside, labels: [...labels] })
}

/**
 * The same files for a database that has these keys recorded: a squash of which only a part is applied steps aside, and what it replaces is in force.
 *
 * @param target A migration that is to be in force itself, whatever replaces it.
 * @throws replaces.gone where a file of what a squash replaces is needed and not there; and as `buildGraph`
 */
export function graphFor(graph: Graph, applied: AppliedKeys, target?: MigrationKey): Graph {
  const { replacements } = graph
  if (replacements.squashes.size === 0) return graph
  const files = new Map(graph.loaded.map((migration) => [keyOfMigration(migration), migration]))
  const aside = squashesAside(files, replacements, settle(replacements, applied), target)
  return aside.symmetricDifference(graph.aside).size === 0 ? graph : link(files, { ...graph, aside })
}

/** The migrations in force that count as applied: those recorded, and a squash all of whose replaced ones are. */
export function effectivelyApplied(graph: Graph, applied: AppliedKeys): ReadonlySet<MigrationKey> {
  const { has } = settle(graph.replacements, applied)
  return new Set(graph.order.filter(has))
}

/** What stands for a migration: itself where it is in force, else the squash that replaces it, a squash's last replaced ones, or the baseline. */
export function standingFor(graph: Graph, key: MigrationKey): readonly MigrationKey[] {
  return graph.standIns.get(key) ?? [key]
}

function link(
  files: ReadonlyMap<MigrationKey, Migration>,
  { replacements, baselines, aside, labels }: Pick<Graph, 'replacements' | 'baselines' | 'aside' | 'labels'>,
): Graph {
  const known = inForce(files, { replacements, baselines, aside })
  const { migrations, standIns } = known
  const apps = groupByApp(migrations)
  const edges = resolveEdges({ ...known, apps, labels })
  const order = topologicalOrder([...migrations.keys()], String, (key) => edges.parents.get(key as MigrationKey) ?? [])
  refuseCycle(order, edges.parents, known)
  const loaded = [...files.values()]
  return { migrations, apps, ...edges, order, loaded, replacements, baselines, standIns, aside, labels }
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
  /** The last migrations, by name. */
  readonly leaves: readonly string[]
  /** For each of them what its branch adds to what all have in common, in the order of application; it is the last of them. */
  readonly branches: readonly (readonly string[])[]
}

/** The apps with several last migrations, which are named. */
export function conflicts(graph: Graph): readonly Conflict[] {
  return [...graph.apps.keys()].flatMap((app) => {
    const leaves = leavesOf(graph, app)
    return leaves.length > 1 ? [conflictOf(graph, app, leaves)] : []
  })
}

function conflictOf(graph: Graph, app: string, leaves: readonly MigrationKey[]): Conflict {
  const lines = leaves.map((leaf) =>
    forwardsPlan(graph, [leaf]).filter((key) => graph.migrations.get(key)?.app === app),
  )
  const [first = new Set(), ...others] = lines.map((line) => new Set(line))
  const common = others.reduce((shared, line) => shared.intersection(line), first)
  const names = (keys: readonly MigrationKey[]): readonly string[] => keys.map((key) => nameIn(graph, key))
  return { app, leaves: names(leaves), branches: lines.map((line) => names(line.filter((key) => !common.has(key)))) }
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
    const { app, name } = migration
    const key = keyOfMigration(migration)
    const twin = byKey.get(key)
    if (twin !== undefined) fail('migrations.twoFiles', { app, name, files: [fileOf(twin), fileOf(migration)] })
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
