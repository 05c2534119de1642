import { type Graph, parentsOf } from '../../history/graph.ts'
import type { Migration, MigrationKey } from '../../history/migration.ts'
import { applyMigration, replay } from '../../history/replay.ts'
import { applyOperation, applyOperations } from '../../operations/definitions.ts'
import type { Change } from '../../schema/change.ts'
import type { Dialect } from '../../schema/dialect.ts'
import { diff } from '../../schema/diff.ts'
import type { Identity } from '../../schema/schema.ts'
import { type Placement, stateIn } from '../../state/placement.ts'
import { project, projectChanged } from '../../state/project.ts'
import type { ProjectState } from '../../state/project-state.ts'
import type { PlacedOperation } from './operations-of.ts'

/** An operation of a migration that is still to come, and what it does to a database. */
export interface NewStep extends PlacedOperation {
  readonly migration: Migration
  readonly changes: readonly Change[]
  /** The tables and columns that were there before all that is to come, by identity. */
  readonly existing: ReadonlySet<Identity>
}

/** A kind of database, and what of the project lives in the one that is meant; absent: everything. */
interface Site {
  readonly dialect: Dialect
  readonly placement: Placement | undefined
}

/** What the migrations that are still to come do, one operation after the other. Nothing is planned: what is asked is what goes. */
export function newSteps(graph: Graph, isNew: (migration: Migration) => boolean, site: Site): readonly NewStep[] {
  const news = withChildren(graph, isNew)
  if (news.size === 0) return []
  let state = replay(
    graph,
    graph.order.filter((key) => !news.has(key)),
  )
  const existing = identitiesIn(state, site)
  return graph.order.flatMap((key): readonly NewStep[] => {
    const migration = graph.migrations.get(key)
    if (migration === undefined || !news.has(key)) return []
    const before = state
    state = applyMigration(before, migration)
    return stepsOf(migration, before, site).map((step) => ({ ...step, migration, existing }))
  })
}

/** What waits for something new comes after it, so that it is as good as new. */
function withChildren(graph: Graph, isNew: (migration: Migration) => boolean): ReadonlySet<MigrationKey> {
  const news = new Set<MigrationKey>()
  for (const key of graph.order) {
    const migration = graph.migrations.get(key)
    if ((migration !== undefined && isNew(migration)) || parentsOf(graph, key).some((parent) => news.has(parent)))
      news.add(key)
  }
  return news
}

function stepsOf(
  migration: Migration,
  from: ProjectState,
  site: Site,
): readonly Omit<NewStep, 'migration' | 'existing'>[] {
  const { app, name, definition } = migration
  const context = { app, migration: name }
  let state = from
  return definition.operations.flatMap((operation, position) => {
    const before = state
    state = applyOperation(operation, before, context)
    const done =
      operation.kind === 'separateDatabaseAndState'
        ? applyOperations(operation.databaseOperations, before, context)
        : state
    return [{ operation, position, changes: changesBetween(before, done, site) }]
  })
}

function changesBetween(before: ProjectState, after: ProjectState, { dialect, placement }: Site): readonly Change[] {
  const ends = projectChanged(stateIn(before, placement), stateIn(after, placement), dialect)
  return diff(ends.before, ends.after, { match: 'lineage', comparison: dialect.comparison, intents: [] })
}

function identitiesIn(state: ProjectState, { dialect, placement }: Site): ReadonlySet<Identity> {
  const tables = [...project(stateIn(state, placement), dialect).tables.values()]
  return new Set(
    tables
      .flatMap(({ identity, columns }) => [identity, ...columns.map((column) => column.identity)])
      .filter((identity) => identity !== undefined),
  )
}
