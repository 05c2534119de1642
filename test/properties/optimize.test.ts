import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isDeepStrictEqual } from 'node:util'
import fc from 'fast-check'
import { mariadb } from '../../src/dialects/mariadb/index.ts'
import { mysql } from '../../src/dialects/mysql/index.ts'
import { postgres } from '../../src/dialects/postgres/index.ts'
import { sqlite } from '../../src/dialects/sqlite/index.ts'
import { GodwitError } from '../../src/errors/error.ts'
import { migrate } from '../../src/execution/migrate.ts'
import { buildGraph, type Graph } from '../../src/history/graph.ts'
import type { Migration } from '../../src/history/migration.ts'
import { resolveTarget } from '../../src/history/resolve-target.ts'
import { applyOperations } from '../../src/operations/definitions.ts'
import type { Operation } from '../../src/operations/operation.ts'
import { optimize } from '../../src/optimizer/optimize.ts'
import { differencesOfOutcome } from '../../src/rewriting/same-outcome.ts'
import type { Session } from '../../src/schema/dialect.ts'
import { diff } from '../../src/schema/diff.ts'
import { databases } from '../support/databases.ts'
import { runs, runsOn, seed } from '../support/runs.ts'
import type { TestDatabase } from '../support/test-database.ts'
import { comparableRows } from './comparable-rows.ts'
import {
  allMakers,
  app,
  drawingGround,
  drawOperations,
  groundMigrations,
  makersOverFields,
  makersOverRows,
} from './draw-operations.ts'
import { insertRows, readRows } from './insert-rows.ts'

const drawing = fc.tuple(fc.nat(1000), fc.nat(20), fc.nat(20), fc.nat(20))
const context = { app, migration: '0001' }

test('fewer operations lead to the same State and, on every database, to the same schema', () => {
  const dialects = [sqlite(), postgres(), mariadb(), mysql()]
  const numRuns = runs(2500)
  let before = 0
  let after = 0
  fc.assert(
    fc.property(fc.array(drawing, { maxLength: 40, size: 'max' }), fc.boolean(), (draws, coin) => {
      const operations = drawOperations(draws, allMakers)
      const expected = applyOperations(operations, drawingGround, context)
      for (const options of [{}, coin ? { elide: true } : { before: drawingGround }]) {
        const optimized = optimize(operations, app, options)
        assert.ok(optimized.length <= operations.length, 'never longer')
        assert.deepEqual(optimize(optimized, app, options), optimized, 'there is nothing left to do')
        before += operations.length
        after += optimized.length
        if (isDeepStrictEqual(optimized, operations)) continue
        const actual = applyOperations(optimized, drawingGround, context)
        assert.deepEqual(differencesOfOutcome(expected, actual, dialects), [])
      }
    }),
    { numRuns, seed },
  )
  console.log(`${numRuns} lists of ${before} operations were left with ${after}`)
  assert.ok(after < before * 0.9, 'hardly anything is optimised')
})

for (const on of databases) {
  test(`${on.name}: fewer operations leave the same rows`, { skip: on.skip }, async () => {
    const numRuns = runsOn(on.kind, { sqlite: 80, postgres: 20, others: 20 })
    const database = await on.createScratch()
    const [anything, fields] = ([makersOverRows, makersOverFields] as const).map((makersOf) =>
      fc
        .array(drawing, { minLength: 3, maxLength: 12, size: 'max' })
        .map((draws) => drawOperations(draws, makersOf))
        .filter((operations) => optimize(operations, app).length < operations.length),
    )
    assert.ok(anything && fields)
    let compared = 0
    await fc.assert(
      fc.asyncProperty(fc.oneof(anything, fields), async (operations) => {
        const optimized = optimize(operations, app, { before: drawingGround })
        const inFull = await outcomeOf(database, operations)
        // Rows may stand in the way of a step, and names that were drawn twice.
        if (inFull instanceof GodwitError) return
        compared += 1
        const inShort = await outcomeOf(database, optimized)
        if (inShort instanceof GodwitError) throw inShort
        const changes = diff(inFull.schema, inShort.schema, { match: 'name', comparison: inFull.comparison })
        // Generated names are those of the moment at which the object was made.
        assert.deepEqual(
          changes.filter(({ kind }) => !kind.startsWith('rename')),
          [],
        )
        assert.deepEqual(inShort.rows, inFull.rows)
        assert.ok(inShort.wentBack || !inFull.wentBack, 'what can be taken back still can be')
      }),
      { numRuns, seed },
    )
    console.log(`${on.name}: of ${numRuns} lists ${compared} were optimised and carried out both ways`)
    assert.ok(compared >= numRuns / 20, 'too few lists go through to judge anything')
  })
}

/** The end of a list whose operations are carried out one by one over a database with rows, or why it has none. */
async function outcomeOf(database: TestDatabase, operations: readonly Operation[]) {
  await database.empty()
  const session = await database.openSession()
  try {
    await migrate({ session, graph: buildGraph(groundMigrations) })
    await insertRows(session, drawingGround)
    const graph = buildGraph([...groundMigrations, ...oneEach(operations)])
    await migrate({ session, graph })
    const schema = await session.inspect()
    const rows = comparableRows(await readRows(session, schema.tables.keys()))
    const wentBack = await goesBack(session, graph)
    return { schema, rows, comparison: session.dialect.comparison, wentBack }
  } catch (error) {
    if (error instanceof GodwitError) return error
    throw error
  } finally {
    await session.close()
  }
}

/** Whether the rows can be taken back to where the operations found them. */
async function goesBack(session: Session, graph: Graph): Promise<boolean> {
  try {
    await migrate({ session, graph, target: resolveTarget(graph, app, '0001_initial') })
    return true
  } catch (error) {
    if (error instanceof GodwitError) return false
    throw error
  }
}

function oneEach(operations: readonly Operation[]): readonly Migration[] {
  return operations.map((operation, index): Migration => {
    const name = (place: number): string => `1${String(place).padStart(3, '0')}`
    const dependencies =
      index === 0 ? groundMigrations.map((one) => [one.app, one.name] as const) : [[app, name(index - 1)] as const]
    return { app, name: name(index), definition: { dependencies, operations: [operation] } }
  })
}
