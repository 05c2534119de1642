import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { migrate } from '../../src/execution/migrate.ts'
import { buildGraph } from '../../src/history/graph.ts'
import type { Migration, MigrationReference } from '../../src/history/migration.ts'
import { diff } from '../../src/schema/diff.ts'
import { emptyState } from '../../src/state/project-state.ts'
import { databases, dialectOf, olderSqlite } from '../support/databases.ts'
import { runsOn, seed } from '../support/runs.ts'
import type { TestDatabase } from '../support/test-database.ts'
import { stateOf } from './build-models.ts'
import { comparableRows } from './comparable-rows.ts'
import { createDrawnSchema, insertRows, readRows } from './insert-rows.ts'
import { migrationsBetween, succeeds } from './migrations-between.ts'
import { projectPairsFor } from './pairs.ts'
import { emptyProject, type ProjectSpec } from './project-spec.ts'
import { drawnSchema } from './rich-edits.ts'

for (const on of [olderSqlite, ...databases.filter(({ kind }) => kind !== 'sqlite')]) {
  const title = `${on.name}: operations planned as runs and one by one leave the same schema and the same rows`
  test(title, { skip: on.skip }, async () => {
    const numRuns = runsOn(on.kind, { sqlite: 80, postgres: 35, others: 12 })
    const database = await on.createScratch()
    const pairs = projectPairsFor(await dialectOf(database))
    let compared = 0
    await fc.assert(
      fc.asyncProperty(pairs, async ({ before, after }) => {
        const initial = await migrationsBetween(emptyProject, before, emptyState, [])
        const next = await migrationsBetween(before, after, stateOf(before), initial)
        const asRuns = await outcomeOf(database, before, initial, next)
        const oneByOne = await outcomeOf(database, before, initial, oneEach(initial, next))
        if (asRuns === undefined || oneByOne === undefined) return
        compared += 1
        const changes = diff(asRuns.schema, oneByOne.schema, { match: 'name', comparison: asRuns.comparison })
        // Generated names are those of the moment at which the object was made.
        assert.deepEqual(
          changes.filter(({ kind }) => !kind.startsWith('rename')),
          [],
        )
        assert.deepEqual(asRuns.rows, oneByOne.rows)
      }),
      { numRuns, seed },
    )
    console.log(`${on.name}: of ${numRuns} pairs ${compared} went through both ways`)
    assert.ok(compared > numRuns / 2, 'too few pairs go through to judge anything')
  })
}

/** The end of a history over a database with rows; undefined where the rows stand in its way. */
async function outcomeOf(
  database: TestDatabase,
  before: ProjectSpec,
  initial: readonly Migration[],
  next: readonly Migration[],
) {
  await database.empty()
  const session = await database.openSession()
  try {
    await createDrawnSchema(session)
    await migrate({ session, graph: buildGraph(initial) })
    await insertRows(session, stateOf(before))
    if (!(await succeeds(() => migrate({ session, graph: buildGraph([...initial, ...next]) })))) return undefined
    const schema = await session.inspect({ schemas: [drawnSchema] })
    const rows = comparableRows(await readRows(session, schema.tables.keys()))
    return { schema, rows, comparison: session.dialect.comparison }
  } finally {
    await session.close()
  }
}

/** A migration of its own for each operation, in one chain. */
function oneEach(initial: readonly Migration[], next: readonly Migration[]): readonly Migration[] {
  const chain: Migration[] = []
  const first = initial.map(({ app, name }): MigrationReference => [app, name])
  for (const { app, definition } of next) {
    for (const operation of definition.operations) {
      const last = [chain.at(-1), chain.findLast((one) => one.app === app)].flatMap((one) => one ?? [])
      const dependencies = [...first, ...last.map((one): MigrationReference => [one.app, one.name])]
      const name = `1${String(chain.length).padStart(3, '0')}_step`
      chain.push({ app, name, definition: { dependencies, operations: [operation] } })
    }
  }
  return chain
}
