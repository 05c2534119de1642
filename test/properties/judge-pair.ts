import assert from 'node:assert/strict'
import { migrate } from '../../src/execution/migrate.ts'
import { buildGraph } from '../../src/history/graph.ts'
import type { Migration } from '../../src/history/migration.ts'
import { applyMigration } from '../../src/history/replay.ts'
import { resolveTarget } from '../../src/history/resolve-target.ts'
import type { Session } from '../../src/schema/dialect.ts'
import { correspondence } from '../../src/schema/diff/renames.ts'
import { project } from '../../src/state/project.ts'
import { emptyState } from '../../src/state/project-state.ts'
import { assertNoDrift, assertProjected } from './assert-projected.ts'
import { stateOf } from './build-models.ts'
import { createDrawnSchema, insertRows, type Rows, readRows } from './insert-rows.ts'
import { migrationsBetween, succeeds } from './migrations-between.ts'
import { emptyProject, type ProjectSpec } from './project-spec.ts'
import { keptRelations, readPairs } from './relation-pairs.ts'

/**
 * Migrates to the first project, inserts rows, migrates to the second and back, and asserts at each end that the database has what the models ask
 * for and that no row was lost. False where the rows stand in the way.
 */
export async function judgePair(session: Session, before: ProjectSpec, after: ProjectSpec): Promise<boolean> {
  await createDrawnSchema(session)
  const initial = await migrationsBetween(emptyProject, before, emptyState, [])
  const leaves = new Map(initial.map(({ app, name }) => [app, name]))
  const next = await migrationsBetween(before, after, stateOf(before), initial)
  await migrate({ session, graph: buildGraph(initial) })
  await assertProjected(session, stateOf(before))

  const graph = buildGraph([...initial, ...next])
  await insertRows(session, stateOf(before))
  const held = await readRows(session, project(stateOf(before), session.dialect).tables.keys())
  const start = initial.reduce(applyMigration, emptyState)
  const relations = keptRelations(before, after, start, next.reduce(applyMigration, start))
  const paired = await readPairs(session, before, start)
  if (!(await succeeds(() => migrate({ session, graph }), mayDangle(session, initial, next) ? [wouldHarm] : [])))
    return false
  await assertNoDrift(session, graph, stateOf(after))
  await assertReferencesHold(session)
  await assertRowsSurvive(session, initial, next, held)
  const pairedNow = await readPairs(session, after, stateOf(after))
  for (const id of relations) assert.deepEqual(pairedNow.get(id), paired.get(id), `the pairs of relation ${id}`)

  for (const migration of next.toReversed()) {
    const target = resolveTarget(graph, migration.app, leaves.get(migration.app) ?? 'zero')
    // A model comes back without its rows, so a foreign key that pointed at them is refused, and nothing is changed.
    if (!(await succeeds(() => migrate({ session, graph, target }), [wouldHarm]))) return false
  }
  await assertProjected(session, stateOf(before))
  const pairedAgain = await readPairs(session, before, stateOf(before))
  for (const id of relations) assert.deepEqual(pairedAgain.get(id), paired.get(id), `the pairs of relation ${id}, back`)
  return true
}

const wouldHarm = 'execution.wouldHarmRows'

/** Whether a key of a table with rows is pointed at a table that is new, and empty: where rows hold values, they point at nothing. */
function mayDangle(session: Session, initial: readonly Migration[], next: readonly Migration[]): boolean {
  const start = initial.reduce(applyMigration, emptyState)
  const end = next.reduce(applyMigration, start)
  const { added, persisted } = correspondence(project(start, session.dialect), project(end, session.dialect), 'lineage')
  const isNew = new Set(added.map(({ name }) => name))
  return persisted.some(({ after }) => after.foreignKeys.some(({ references }) => isNew.has(references.table)))
}

/** SQLite enforces foreign keys for what is written while they are on, and they were off; other databases vouch for their own. */
async function assertReferencesHold(session: Session): Promise<void> {
  if (session.dialect.name !== 'sqlite') return
  assert.deepEqual(await session.query({ parts: ['PRAGMA foreign_key_check'] }), [])
}

/** Every row is still there, with every value of a column that kept its type and was not filled. */
async function assertRowsSurvive(
  session: Session,
  initial: readonly Migration[],
  next: readonly Migration[],
  held: Rows,
): Promise<void> {
  const start = initial.reduce(applyMigration, emptyState)
  const end = next.reduce(applyMigration, start)
  const { persisted } = correspondence(project(start, session.dialect), project(end, session.dialect), 'lineage')
  const now = await readRows(
    session,
    persisted.map(({ after }) => after.name),
  )
  for (const pair of persisted) {
    // What is computed is another value where what it is computed from was filled.
    const comparable = pair.columns.persisted.filter(
      ({ before, after }) => before.type === after.type && before.generated === undefined,
    )
    const untouched = (rows: readonly Readonly<Record<string, unknown>>[] | undefined, side: 'before' | 'after') =>
      rows?.map((row) =>
        comparable.map((column) => (column.before.nullable && !column.after.nullable ? null : row[column[side].name])),
      )
    assert.deepEqual(
      sorted(untouched(now.get(pair.after.name), 'after')),
      sorted(untouched(held.get(pair.before.name), 'before')),
    )
  }
}

function sorted(rows: readonly unknown[] | undefined): readonly string[] {
  return (rows ?? []).map((row) => JSON.stringify(row)).toSorted()
}
