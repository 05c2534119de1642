import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { hasCode } from '../../src/errors/error.ts'
import { migrate } from '../../src/execution/migrate.ts'
import { buildGraph, type Graph } from '../../src/history/graph.ts'
import { keyOfMigration, type Migration } from '../../src/history/migration.ts'
import { applyMigration } from '../../src/history/replay.ts'
import { resolveTarget } from '../../src/history/resolve-target.ts'
import { optimize } from '../../src/optimizer/optimize.ts'
import { provenSquash } from '../../src/rewriting/proven-squash.ts'
import { squashName } from '../../src/rewriting/squash.ts'
import { squashRange } from '../../src/rewriting/squash-range.ts'
import type { Dialect } from '../../src/schema/dialect.ts'
import { diff } from '../../src/schema/diff.ts'
import type { Schema } from '../../src/schema/schema.ts'
import { emptyState, type ProjectState } from '../../src/state/project-state.ts'
import { databases, dialectOf } from '../support/databases.ts'
import { runsOn, seed } from '../support/runs.ts'
import type { TestDatabase } from '../support/test-database.ts'
import { stateOf } from './build-models.ts'
import { comparableRows } from './comparable-rows.ts'
import { createDrawnSchema, insertRows, readRows } from './insert-rows.ts'
import { migrationsBetween, succeeds } from './migrations-between.ts'
import { projectHistoriesFor } from './pairs.ts'
import { emptyProject, type ProjectSpec } from './project-spec.ts'
import { drawnSchema } from './rich-edits.ts'

for (const on of databases) {
  test(`${on.name}: databases at every point of a squashed range converge`, { skip: on.skip }, async () => {
    const numRuns = runsOn(on.kind, { sqlite: 25, postgres: 10, others: 5 })
    const database = await on.createScratch()
    const dialect = await dialectOf(database)
    const counted = { squashed: 0, refused: 0, idle: 0, points: 0, undone: 0 }
    const drawn = fc.record({ moments: projectHistoriesFor(dialect), at: fc.tuple(fc.nat(99), fc.nat(99), fc.nat(99)) })
    await fc.assert(
      fc.asyncProperty(drawn, async ({ moments, at }) => {
        const migrations = await historyOf(moments)
        const squashed = squashIn(buildGraph(migrations), at, dialect)
        if (squashed === undefined) {
          counted.idle += 1
          return
        }
        const { members, withSquash, before } = squashed
        const expected = await outcomeOf(
          database,
          { migrations, members, point: members.length },
          buildGraph(migrations),
        )
        if (expected === undefined) {
          counted.refused += 1
          return
        }
        counted.squashed += 1
        for (let point = 0; point <= members.length; point += 1) {
          const actual = await outcomeOf(database, { migrations, members, point }, withSquash)
          assert.ok(actual !== undefined, `at ${point} of ${members.length} the rows stand in the way`)
          assertSameSchema(expected.schema, actual.schema, dialect, `at ${point} of ${members.length}`)
          assert.deepEqual(actual.rows, expected.rows, `at ${point} of ${members.length}`)
          counted.points += 1
        }
        // And back again, by the squash.
        const course = { migrations, members, back: before }
        const undone = await outcomeOf(database, { ...course, point: members.length }, buildGraph(migrations))
        if (undone === undefined) return
        const undoneAsOne = await outcomeOf(database, { ...course, point: 0 }, withSquash)
        assert.ok(undoneAsOne !== undefined, 'the rows stand in the way back')
        assertSameSchema(undone.schema, undoneAsOne.schema, dialect, 'on the way back')
        counted.undone += 1
      }),
      { numRuns, seed },
    )
    const { squashed, refused, idle, points, undone } = counted
    console.log(
      `${on.name}: of ${numRuns} histories ${squashed} were squashed and judged at ${points} points, ${undone} undone; in ${refused} rows stand in the way, ${idle} have nothing to squash`,
    )
    assert.ok(squashed > numRuns / 3, 'too few squashes to judge anything')
  })
}

/** The migrations that `makemigrations` would write at each moment. */
async function historyOf(moments: readonly ProjectSpec[]): Promise<readonly Migration[]> {
  const migrations: Migration[] = []
  let [before, state]: [ProjectSpec, ProjectState] = [emptyProject, emptyState]
  for (const moment of moments) {
    migrations.push(...(await migrationsBetween(before, moment, state, migrations)))
    ;[before, state] = [moment, stateOf(moment)]
  }
  return migrations
}

/** A range of one app, with the graph in which it is squashed; undefined where there is none. */
function squashIn(graph: Graph, [pick, from, to]: readonly [number, number, number], dialect: Dialect) {
  const apps = [...graph.apps].filter(([, keys]) => keys.length > 1)
  const [, keys = []] = apps[pick % Math.max(apps.length, 1)] ?? []
  const own = graph.order.filter((key) => keys.includes(key)).flatMap((key) => graph.migrations.get(key) ?? [])
  const start = own[from % Math.max(own.length - 1, 1)]
  if (start === undefined) return undefined
  const rest = own.slice(own.indexOf(start) + 1)
  const end = rest[to % Math.max(rest.length, 1)]
  if (end === undefined) return undefined
  const fromTheBeginning = start === own[0]
  const range = squashRange(graph, end, fromTheBeginning ? undefined : start)
  try {
    const options = { fromTheBeginning, nameOf: squashName(undefined), optimize, dialects: [dialect] }
    const squashes = provenSquash(graph, range, options).squashes.map(({ migration }) => migration)
    const former = own[own.indexOf(start) - 1]?.name ?? 'zero'
    const before = { app: start.app, name: former }
    return { members: range, withSquash: buildGraph([...graph.loaded, ...squashes]), before }
  } catch (error) {
    if (hasCode(error, 'squash.cannotJoin')) return undefined
    throw error
  }
}

interface Course {
  readonly migrations: readonly Migration[]
  readonly members: readonly Migration[]
  /** How many members are applied before the squash is there. */
  readonly point: number
  /** Where it goes back to in the end, if it does. */
  readonly back?: { readonly app: string; readonly name: string }
}

function assertSameSchema(expected: Schema, actual: Schema, { comparison }: Dialect, message: string): void {
  const changes = diff(expected, actual, { match: 'name', comparison })
  // Generated names are those of the moment at which the object was made.
  assert.deepEqual(
    changes.filter(({ kind }) => !kind.startsWith('rename')),
    [],
    message,
  )
}

/** A database that had rows before the range, came so far by the originals, and went on with this graph; undefined where its rows stand in the way. */
async function outcomeOf(database: TestDatabase, { migrations, members, point, back }: Course, then: Graph) {
  const { order } = buildGraph(migrations)
  const inOrder = order.flatMap((key) => migrations.find((migration) => keyOfMigration(migration) === key) ?? [])
  const upTo = (end: Migration | undefined): readonly Migration[] =>
    end === undefined ? inOrder : inOrder.slice(0, inOrder.indexOf(end))
  const before = upTo(members[0])
  await database.empty()
  const session = await database.openSession()
  try {
    await createDrawnSchema(session)
    await migrate({ session, graph: buildGraph(before) })
    await insertRows(session, before.reduce(applyMigration, emptyState))
    const goesOn = await succeeds(async () => {
      if (point > 0)
        await migrate({ session, graph: buildGraph([...upTo(members[point - 1]), ...members.slice(point - 1, point)]) })
      await migrate({ session, graph: then })
      // What comes back comes without its rows, so a key that pointed at them is refused.
      if (back !== undefined) await migrate({ session, graph: then, target: resolveTarget(then, back.app, back.name) })
    }, ['execution.wouldHarmRows'])
    if (!goesOn) return undefined
    const schema = await session.inspect({ schemas: [drawnSchema] })
    return { schema, rows: comparableRows(await readRows(session, schema.tables.keys())) }
  } finally {
    await session.close()
  }
}
