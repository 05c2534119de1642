import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { migrate } from '../../src/execution/migrate.ts'
import { buildGraph } from '../../src/history/graph.ts'
import { migrationKey as keyOf } from '../../src/history/migration.ts'
import type { Session } from '../../src/schema/dialect.ts'
import { project } from '../../src/state/project.ts'
import { databases, dialectOf } from '../support/databases.ts'
import { runsOn, seed } from '../support/runs.ts'
import { assertProjected } from './assert-projected.ts'
import { comparableRows } from './comparable-rows.ts'
import { createDrawnSchema, insertRows, readRows } from './insert-rows.ts'
import { historyThrough, succeeds } from './migrations-between.ts'
import { projectPairsFor } from './pairs.ts'
import type { ProjectSpec } from './project-spec.ts'

for (const on of databases) {
  test(`${on.name}: unapplied by the record alone is unapplied as by the files`, { skip: on.skip }, async () => {
    const numRuns = runsOn(on.kind, { sqlite: 60, postgres: 15, others: 8 })
    const pair = [await on.createScratch(), await on.createScratch()] as const
    let refused = 0
    await fc.assert(
      fc.asyncProperty(projectPairsFor(await dialectOf(pair[0])), async ({ before, after }) => {
        for (const database of pair) await database.empty()
        const [withFiles, withoutFiles] = [await pair[0].openSession(), await pair[1].openSession()]
        try {
          if (!(await judge(withFiles, withoutFiles, before, after))) refused += 1
        } finally {
          await withFiles.close()
          await withoutFiles.close()
        }
      }),
      { numRuns, seed },
    )
    console.log(`${on.name}: of ${numRuns} pairs ${refused} were refused because their rows stood in the way`)
    assert.ok(refused < numRuns / 2, 'too many pairs are refused to judge anything')
  })
}

/** Whether the rows let the second half of a history be unapplied: where they do, both ways must lead to the same database. */
async function judge(
  withFiles: Session,
  withoutFiles: Session,
  before: ProjectSpec,
  after: ProjectSpec,
): Promise<boolean> {
  const { initial, leaves, start, next, end } = await historyThrough(before, after)
  const whole = buildGraph([...initial, ...next])
  for (const session of [withFiles, withoutFiles]) {
    await createDrawnSchema(session)
    await migrate({ session, graph: whole })
    await insertRows(session, end)
  }

  const byFiles = await succeeds(async () => {
    for (const { app } of next.toReversed()) {
      const name = leaves.get(app)
      await migrate({
        session: withFiles,
        graph: whole,
        target: name === undefined ? { kind: 'zero', app } : { kind: 'migration', key: keyOf(app, name) },
      })
    }
  }, ['execution.wouldHarmRows'])
  const graph = buildGraph(initial)
  const byRecord = await succeeds(
    () => migrate({ session: withoutFiles, graph, onMissing: async () => true }),
    ['execution.wouldHarmRows'],
  )
  assert.equal(byRecord, byFiles)
  if (!byRecord) return false
  await assertProjected(withoutFiles, start)
  const tables = [...project(start, withFiles.dialect).tables.keys()]
  const [recorded, onFile] = [await readRows(withoutFiles, tables), await readRows(withFiles, tables)]
  assert.deepEqual(comparableRows(recorded), comparableRows(onFile))
  return true
}
