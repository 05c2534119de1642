import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { detectMigrations } from '../../src/autodetector/detect-migrations.ts'
import { migrate } from '../../src/execution/migrate.ts'
import { buildGraph } from '../../src/history/graph.ts'
import { inspectedModels } from '../../src/reality/inspected-models.ts'
import type { Session } from '../../src/schema/dialect.ts'
import { emptyState, type ProjectState } from '../../src/state/project-state.ts'
import { databases, dialectOf } from '../support/databases.ts'
import { runs, seed } from '../support/runs.ts'
import { assertProjected } from './assert-projected.ts'
import { stateOf } from './build-models.ts'
import { createDrawnSchema } from './insert-rows.ts'
import { projectPairsFor } from './pairs.ts'
import { drawnSchema } from './rich-edits.ts'

/** On a server every table costs a round trip, and where it commits each statement by itself, more. */
const tries: Readonly<Record<string, number>> = { sqlite: 150, postgres: 30 }

for (const on of databases) {
  test(`${on.name}: the models that inspectdb reads say all of a migrated database`, { skip: on.skip }, async () => {
    const database = await on.createScratch()
    const drawn = projectPairsFor(await dialectOf(database))
    await fc.assert(
      fc.asyncProperty(drawn, async ({ after }) => {
        await database.empty()
        const session = await database.openSession()
        try {
          await createDrawnSchema(session)
          await make(session, stateOf(after))
          await assertRead(session)
        } finally {
          await session.close()
        }
      }),
      { numRuns: runs(tries[on.kind] ?? 12), seed },
    )
  })
}

async function make(session: Session, models: ProjectState): Promise<void> {
  const outcome = detectMigrations({ from: emptyState, to: models, leaves: new Map(), now: new Date(0) })
  if (outcome.kind === 'questions') assert.fail(JSON.stringify(outcome.questions))
  await migrate({ session, graph: buildGraph(outcome.migrations) })
}

/** What was read projects to what is there, to the letter but for names that nobody gave, and nothing is left to be told. */
async function assertRead(session: Session): Promise<void> {
  const schema = await session.inspect({ schemas: [drawnSchema] })
  const read = inspectedModels({ schema, dialect: session.dialect, app: 'legacy' })
  assert.deepEqual([...read.differences], [])
  assert.deepEqual(read.unread, [])
  await assertProjected(session, read.state)
}
