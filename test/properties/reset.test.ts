import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { freshStart } from '../../src/api/reset/fresh-start.ts'
import { hasCode } from '../../src/errors/error.ts'
import { migrate } from '../../src/execution/migrate.ts'
import { buildGraph, type Graph } from '../../src/history/graph.ts'
import type { Dialect } from '../../src/schema/dialect.ts'
import type { Placement } from '../../src/state/placement.ts'
import type { ProjectState } from '../../src/state/project-state.ts'
import { databases, dialectOf } from '../support/databases.ts'
import { runsOn, seed } from '../support/runs.ts'
import { comparableRows } from './comparable-rows.ts'
import { createDrawnSchema, insertRows, readRows } from './insert-rows.ts'
import { historyThrough, succeeds } from './migrations-between.ts'
import { projectPairsFor } from './pairs.ts'

const placement: Placement = { database: 'default', known: ['default'], holds: () => true, isWhole: true }

for (const on of databases) {
  test(`${on.name}: a history that began anew is adopted by a database that went through the old one`, {
    skip: on.skip,
  }, async () => {
    const numRuns = runsOn(on.kind, { sqlite: 40, postgres: 10, others: 5 })
    const database = await on.createScratch()
    const dialect = await dialectOf(database)
    const counted = { adopted: 0, together: 0, refused: 0 }
    const drawn = fc.record({ pair: projectPairsFor(dialect), pick: fc.nat(7) })
    await fc.assert(
      fc.asyncProperty(drawn, async ({ pair: { before, after }, pick }) => {
        const { initial, start, next, end } = await historyThrough(before, after)
        const graph = buildGraph([...initial, ...next])
        const known = [...graph.apps.keys()]
        const picked = known.filter((_, index) => ((pick >> index) & 1) === 1)
        const apps = picked.length === 0 ? known : picked
        if (apps.length === 0) return
        await database.empty()
        const session = await database.openSession()
        try {
          await createDrawnSchema(session)
          await migrate({ session, graph: buildGraph(initial) })
          await insertRows(session, start)
          if (!(await succeeds(() => migrate({ session, graph })))) {
            counted.refused += 1
            return
          }
          const { tables } = await session.inspect()
          const own = [...tables.keys()].filter((table) => !table.startsWith('godwit_'))
          const rows = comparableRows(await readRows(session, own))
          const fresh = beginAnew(graph, end, apps, dialect)
          if (fresh === undefined) {
            counted.together += 1
            return
          }
          const { adopted, applied } = await migrate({ session, graph: fresh })
          assert.deepEqual(adopted.map(({ baseline }) => baseline.app).toSorted(), apps.toSorted())
          assert.deepEqual(applied, [])
          assert.deepEqual(comparableRows(await readRows(session, own)), rows)
          counted.adopted += 1
        } finally {
          await session.close()
        }
      }),
      { numRuns, seed },
    )
    const { adopted, together, refused } = counted
    console.log(
      `${on.name}: ${adopted} adopted, ${together} only together with other apps, ${refused} with rows in the way`,
    )
    assert.ok(adopted > numRuns / 4, 'too few to judge anything')
  })
}

/** The project's history with these apps begun anew; undefined where that takes others as well. */
function beginAnew(graph: Graph, models: ProjectState, apps: readonly string[], dialect: Dialect): Graph | undefined {
  const here = { dialect, placement }
  try {
    const options = {
      graph,
      models,
      apps,
      commit: undefined,
      keepSql: false,
      dialects: [dialect],
      here,
      now: new Date(0),
    }
    return freshStart(options).graph
  } catch (error) {
    if (hasCode(error, 'resets.together')) return undefined
    throw error
  }
}
