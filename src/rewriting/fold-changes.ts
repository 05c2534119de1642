import { fail, GodwitError } from '../errors/error.ts'
import { buildGraph, forwardsPlan, type Graph, leavesOf } from '../history/graph.ts'
import {
  keyOfMigration,
  type Migration,
  type MigrationKey,
  type MigrationReference,
  migrationKey,
} from '../history/migration.ts'
import { applyMigration, replay, stateBefore } from '../history/replay.ts'
import { optimize } from '../optimizer/optimize.ts'
import type { Dialect } from '../schema/dialect.ts'
import { differencesOfOutcome } from './same-outcome.ts'

/** A last migration of an app, and what takes its place. */
export interface Folded {
  readonly former: Migration
  /** Absent where nothing is left to do: the one before it is the last one again. */
  readonly updated?: Migration
}

export interface FoldedChanges {
  readonly folded: readonly Folded[]
  /** All that is to be written, in an order in which it can be applied: the updated migrations, and those for which one was not enough. */
  readonly migrations: readonly Migration[]
}

export interface FoldOptions {
  readonly graph: Graph
  /** New migrations that follow the graph's, in an order in which they can be applied. */
  readonly changes: readonly Migration[]
  readonly dialects: readonly Dialect[]
  /** The name of a migration that takes the place of another. */
  readonly nameFor: (former: Migration, updated: Migration) => string
  /** The name of a migration after another one. */
  readonly nameAfter: (previous: string, name: string) => string
}

/**
 * Folds the first of the new migrations of each app into the app's last one, which gets another name; the others follow it. The outcome is proven to be
 * that of the changes as they were given. Which databases have applied what is not its job.
 *
 * @throws update.noMigration, update.replacesOthers, update.dependedOn, update.needsOwnMigration
 */
export function foldChanges(options: FoldOptions): FoldedChanges {
  const { graph, changes } = options
  const firsts = [...Map.groupBy(changes, ({ app }) => app)].flatMap(([app, [first]]) =>
    first === undefined ? [] : [{ former: lastOf(graph, app), first }],
  )
  for (const { former } of firsts) refuseDependents(former, graph)
  const unnamed = firsts.map(({ former, first }) => {
    const updated = joined(former, first, graph)
    return { former, first, updated, before: isSuperfluous(updated, changes) ? soleParent(updated) : undefined }
  })
  const names = newNames(unnamed, options)
  const folded = unnamed.map(({ former, first, updated, before }) => ({
    former,
    first,
    ...(before === undefined && { updated: renamed(updated, names) }),
  }))
  const byFirst = new Map(folded.map((one) => [one.first, one]))
  const given = changes.flatMap((migration) => {
    const one = byFirst.get(migration)
    return one === undefined ? [renamed(migration, names)] : (one.updated ?? [])
  })
  const after = graphAfter(folded, given, options)
  const order = new Map(after.order.map((key, position) => [key, position]))
  return {
    folded: folded.map(({ former, updated }) => ({ former, ...(updated !== undefined && { updated }) })),
    migrations: given.toSorted((a, b) => (order.get(keyOfMigration(a)) ?? 0) - (order.get(keyOfMigration(b)) ?? 0)),
  }
}

function lastOf(graph: Graph, app: string): Migration {
  const leaf = leavesOf(graph, app).at(-1)
  const former = leaf === undefined ? undefined : graph.migrations.get(leaf)
  if (former === undefined) return fail('update.noMigration', { app })
  if (former.definition.replaces !== undefined) {
    return fail('update.replacesOthers', { migration: keyOfMigration(former) })
  }
  return former
}

function refuseDependents(former: Migration, graph: Graph): void {
  const key = keyOfMigration(former)
  const dependents = graph.loaded.flatMap((other) => {
    const { dependencies = [], runBefore = [], replaces = [] } = other.definition
    const names = [...dependencies, ...runBefore, ...replaces].some(([app, name]) => migrationKey(app, name) === key)
    return names ? [keyOfMigration(other)] : []
  })
  if (dependents.length > 0) fail('update.dependedOn', { migration: key, dependents })
}

/** Both as one migration, under the name of the former. */
function joined(former: Migration, first: Migration, graph: Graph): Migration {
  const { app, name, definition } = former
  if (first.definition.atomic === false && definition.atomic !== false) {
    fail('update.needsOwnMigration', { migration: keyOfMigration(former), because: 'steps' })
  }
  const { dependencies = [] } = definition
  const others = (first.definition.dependencies ?? []).filter(([other]) => other !== app)
  const isImplied = ([other, one]: MigrationReference): boolean =>
    others.some(
      ([newApp, newer]) =>
        newApp === other && forwardsPlan(graph, [migrationKey(newApp, newer)]).includes(migrationKey(other, one)),
    )
  return {
    app,
    name,
    definition: {
      ...definition,
      dependencies: [...dependencies.filter((reference) => !isImplied(reference)), ...others],
      operations: optimize([...definition.operations, ...first.definition.operations], app, {
        before: stateBefore(graph, keyOfMigration(former)),
      }),
    },
  }
}

/** Whether a migration neither does anything nor joins anything. */
function isSuperfluous({ app, definition }: Migration, changes: readonly Migration[]): boolean {
  const { operations, runBefore = [] } = definition
  return operations.length === 0 && runBefore.length === 0 && changes.filter((other) => other.app === app).length === 1
}

/** The one migration that another waits for, where that is all that it waits for, and it is of the same app. */
function soleParent({ app, definition }: Migration): string | undefined {
  const [parent, another] = definition.dependencies ?? []
  return another === undefined && parent?.[0] === app ? parent[1] : undefined
}

/** What every migration that is written anew is called from now on; for one that goes, the one before it. */
function newNames(
  folded: readonly {
    readonly former: Migration
    readonly first: Migration
    readonly updated: Migration
    readonly before: string | undefined
  }[],
  { changes, nameFor, nameAfter }: FoldOptions,
): ReadonlyMap<MigrationKey, string> {
  const names = new Map<MigrationKey, string>()
  for (const { former, first, updated, before } of folded) {
    let previous = before ?? nameFor(former, updated)
    for (const migration of [former, first]) names.set(keyOfMigration(migration), previous)
    for (const later of changes.filter(({ app }) => app === former.app)) {
      if (later === first) continue
      previous = nameAfter(previous, later.name)
      names.set(keyOfMigration(later), previous)
    }
  }
  return names
}

function renamed(migration: Migration, names: ReadonlyMap<MigrationKey, string>): Migration {
  const { app, name, definition } = migration
  const { dependencies } = definition
  return {
    app,
    name: names.get(keyOfMigration(migration)) ?? name,
    definition: {
      ...definition,
      ...(dependencies !== undefined && {
        dependencies: dependencies.map(
          ([other, former]): MigrationReference => [other, names.get(migrationKey(other, former)) ?? former],
        ),
      }),
    },
  }
}

/** The graph with the changes folded in, proven to lead where the changes as they were given lead. */
function graphAfter(
  folded: readonly Folded[],
  given: readonly Migration[],
  { graph, changes, dialects }: FoldOptions,
): Graph {
  const [{ former: first } = { former: undefined }] = folded
  const migration = first === undefined ? '' : keyOfMigration(first)
  const gone = new Set(folded.map(({ former }) => former))
  const expected = changes.reduce(applyMigration, replay(graph, graph.order))
  try {
    const after = buildGraph([...graph.loaded.filter((one) => !gone.has(one)), ...given], { labels: graph.labels })
    const differences = differencesOfOutcome(expected, replay(after, after.order), dialects)
    if (differences.length === 0) return after
    return fail('update.needsOwnMigration', { migration, because: 'outcome' })
  } catch (error) {
    if (!(error instanceof GodwitError) || error.code === 'update.needsOwnMigration') throw error
    const because = error.code === 'migrations.cycle' ? 'cycle' : 'outcome'
    return fail('update.needsOwnMigration', { migration, because }, { cause: error })
  }
}
