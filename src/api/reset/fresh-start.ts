import { type DetectedMigration, detectMigrations } from '../../autodetector/detect-migrations.ts'
import { numberedName } from '../../autodetector/name-migration.ts'
import { fail, GodwitError } from '../../errors/error.ts'
import { planAll } from '../../execution/plan-all.ts'
import { buildGraph, childrenOf, forwardsPlan, type Graph } from '../../history/graph.ts'
import {
  type Migration,
  type MigrationKey,
  type MigrationReference,
  type ResetHistory,
  splitMigrationKey,
} from '../../history/migration.ts'
import { replay } from '../../history/replay.ts'
import { invariant } from '../../lib/invariant.ts'
import type { Operation } from '../../operations/operation.ts'
import { differencesOfOutcome } from '../../rewriting/same-outcome.ts'
import type { Dialect } from '../../schema/dialect.ts'
import type { Placement } from '../../state/placement.ts'
import { emptyState, type ProjectState } from '../../state/project-state.ts'
import { keptSql } from './lost-steps.ts'

export interface FreshStartOptions {
  readonly graph: Graph
  /** The State of the models. */
  readonly models: ProjectState
  readonly apps: readonly string[]
  readonly commit: string | undefined
  /** Carries over the SQL of the old history. */
  readonly keepSql: boolean
  /** Of every kind of database in the config. */
  readonly dialects: readonly Dialect[]
  /** The database that proves it. */
  readonly here: { readonly dialect: Dialect; readonly placement: Placement }
  readonly now: Date
}

/** The fresh beginnings of some apps, and the whole history as it is with them. */
export interface FreshStart {
  readonly baselines: readonly Migration[]
  readonly graph: Graph
}

/**
 * Writes the histories of some apps anew from the models, and proves that the project's history then leads where it led.
 *
 * @throws resets.together, resets.outcomeDiffers
 */
export function freshStart(options: FreshStartOptions): FreshStart {
  const { graph, apps, dialects, here } = options
  const baselines = baselinesFor(options)
  const others = graph.loaded.filter(({ app }) => !apps.includes(app))
  const remaining = [...new Set(others.map(({ app }) => app))]
  const { after, state } = together(apps, remaining, () => {
    const linked = buildGraph([...others, ...baselines], { labels: graph.labels })
    planOnNew(linked, here)
    return { after: linked, state: replay(linked, linked.order) }
  })
  const differences = differencesOfOutcome(replay(graph, graph.order), state, dialects)
  if (differences.length > 0 && remaining.length > 0) {
    // What one app made and another took over is in neither, where only one of the two is written from the models.
    const reason = `the history would lead elsewhere (${differences[0]})`
    fail('resets.together', { apps, others: remaining, reason })
  }
  if (differences.length > 0) fail('resets.outcomeDiffers', { apps, differences })
  return { baselines, graph: after }
}

/** What a new database goes through must be possible at every step, and not in the end alone. */
function planOnNew(graph: Graph, { dialect, placement }: FreshStartOptions['here']): void {
  const steps = graph.order.flatMap((key) => graph.migrations.get(key) ?? [])
  planAll(
    graph,
    new Set(),
    steps.map((migration) => ({ migration, direction: 'forwards' })),
    dialect,
    placement,
  )
}

/** A history that goes to and fro between apps can only be begun anew in all of them. */
function together<Result>(apps: readonly string[], others: readonly string[], work: () => Result): Result {
  try {
    return work()
  } catch (error) {
    if (!(error instanceof GodwitError) || others.length === 0) throw error
    return fail('resets.together', { apps, others, reason: error.message }, { cause: error })
  }
}

function baselinesFor({ graph, models, apps, commit, keepSql, now }: FreshStartOptions): readonly Migration[] {
  const detection = detectMigrations({ from: emptyState, to: models, leaves: new Map(), now })
  invariant(detection.kind === 'migrations', 'tables that are new hold no rows, so nothing is asked')
  const detected = detection.migrations.filter(({ app }) => apps.includes(app))
  const own = [...apps.filter((app) => detected.every((one) => one.app !== app)).map(emptyStart), ...detected]
  const dependencyOf = ([app, name]: MigrationReference): readonly MigrationReference[] =>
    apps.includes(app) ? [[app, name]] : lastBefore(graph, app, apps).map(splitMigrationKey)
  return own.map(({ app, name, definition }, position): Migration => {
    const isFirst = own.findIndex((other) => other.app === app) === position
    const isLast = own.findLastIndex((other) => other.app === app) === position
    const dependencies = uniqueReferences(definition.dependencies.flatMap(dependencyOf))
    return {
      app,
      name,
      definition: {
        ...definition,
        dependencies,
        resets: historyOf(graph, app, commit),
        operations: [
          ...(isFirst ? objectsOf(graph, app) : []),
          ...definition.operations,
          ...(isLast && keepSql ? keptSql(graph, app) : []),
        ],
      },
    }
  })
}

/** An app whose models are all gone still has a history that begins anew. */
function emptyStart(app: string): DetectedMigration {
  return { app, name: numberedName(1, 'initial'), definition: { dependencies: [], operations: [] } }
}

/** The last migrations of an app that wait for none of those that go: what came after them must wait for the beginning. */
function lastBefore(graph: Graph, app: string, apps: readonly string[]): readonly MigrationKey[] {
  const isFree = (key: MigrationKey): boolean =>
    forwardsPlan(graph, [key]).every((needed) => !apps.includes(splitMigrationKey(needed)[0]))
  const free = new Set((graph.apps.get(app) ?? []).filter(isFree))
  return [...free].filter((key) => !childrenOf(graph, key).some((child) => free.has(child)))
}

/** Every name that a database may have of an app's history, those of an earlier one among them. */
function historyOf(graph: Graph, app: string, commit: string | undefined): ResetHistory {
  const earlier = graph.baselines.get(app)?.gone.map(nameIn) ?? []
  const inForce = graph.order.map(splitMigrationKey).flatMap(([label, name]) => (label === app ? [name] : []))
  const aside = graph.loaded.flatMap((migration) => (migration.app === app ? [migration.name] : []))
  const squashes = new Map(
    [...(graph.baselines.get(app)?.squashes ?? []), ...graph.replacements.squashes]
      .filter(([squash]) => splitMigrationKey(squash)[0] === app)
      .map(([squash, replaced]) => [nameIn(squash), replaced.map(nameIn)] as const),
  )
  // A database may have what a squash replaces, whether its file is still there or not.
  const before = [...earlier, ...[...squashes.values()].flat(), ...aside].filter((name) => !inForce.includes(name))
  const migrations = [...new Set([...before, ...inForce])]
  return {
    migrations,
    ...(squashes.size > 0 && { squashes: Object.fromEntries(squashes) }),
    ...(commit !== undefined && { commit }),
  }
}

function nameIn(key: MigrationKey): string {
  return splitMigrationKey(key)[1]
}

/** Extensions and collations, which no model asks for by itself. */
function objectsOf(graph: Graph, app: string): readonly Operation[] {
  return [...replay(graph, graph.order).objects.values()].flatMap(({ app: owner, object }): readonly Operation[] => {
    if (owner !== app) return []
    if (object.kind === 'extension') return [{ kind: 'createExtension', name: object.name }]
    if (object.kind !== 'collation') return []
    const { kind: _, ...collation } = object
    return [{ kind: 'createCollation', ...collation }]
  })
}

function uniqueReferences(references: readonly MigrationReference[]): readonly MigrationReference[] {
  return [...new Map(references.map((reference) => [reference.join('.'), reference])).values()]
}
