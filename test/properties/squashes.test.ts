import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { decide } from '../../src/execution/decide.ts'
import { migrate } from '../../src/execution/migrate.ts'
import { buildGraph } from '../../src/history/graph.ts'
import { keyOfMigration, type Migration, type MigrationReference } from '../../src/history/migration.ts'
import { createRecorder } from '../../src/history/recorder.ts'
import type { Session } from '../../src/schema/dialect.ts'
import { diff } from '../../src/schema/diff.ts'
import { project } from '../../src/state/project.ts'
import { emptyState } from '../../src/state/project-state.ts'
import { squashOf } from '../history/squash.ts'
import { databases, dialectOf } from '../support/databases.ts'
import { runsOn, seed } from '../support/runs.ts'
import { stateOf } from './build-models.ts'
import { createDrawnSchema } from './insert-rows.ts'
import { migrationsBetween } from './migrations-between.ts'
import { projectPairsFor } from './pairs.ts'
import { emptyProject, type ProjectSpec } from './project-spec.ts'
import { drawnSchema } from './rich-edits.ts'

for (const on of databases) {
  test(`${on.name}: a database at any point of a history goes on with squashes of it`, { skip: on.skip }, async () => {
    const numRuns = runsOn(on.kind, { sqlite: 50, postgres: 15, others: 8 })
    const database = await on.createScratch()
    const drawn = fc.tuple(projectPairsFor(await dialectOf(database)), fc.nat(), fc.boolean())
    let squashed = 0
    await fc.assert(
      fc.asyncProperty(drawn, async ([pair, where, keepOriginals]) => {
        const history = await historyOf(pair.before, pair.after)
        const squashes = squashesOf(history)
        if (squashes.length === 0) return
        squashed += 1
        await database.empty()
        const session = await database.openSession()
        try {
          await createDrawnSchema(session)
          const point = where % (history.length + 1)
          await migrate({ session, graph: buildGraph(history.slice(0, point)) })
          await goesOn(session, [...history, ...squashes], pair.after)
          if (keepOriginals) return await comesBack(session, [...history, ...squashes])
          // Once it is past them, the files of the originals are needed for nothing.
          const replaced = new Set(squashes.flatMap(({ definition }) => definition.replaces?.map(String) ?? []))
          const kept = [...history, ...squashes].filter(({ app, name }) => !replaced.has(String([app, name])))
          await comesBack(session, kept)
          await migrate({ session, graph: buildGraph(kept) })
          await assertEndsAs(session, pair.after)
        } finally {
          await session.close()
        }
      }),
      { numRuns, seed },
    )
    console.log(`${on.name}: ${squashed} of ${numRuns} histories had something to squash`)
    assert.ok(squashed > numRuns / 2, 'too few histories are squashed to judge anything')
  })
}

/** Brings a database to the end with the squashes there, and looks at its tables, its record and what is left to do. */
async function goesOn(session: Session, files: readonly Migration[], after: ProjectSpec): Promise<void> {
  const graph = buildGraph(files)
  await migrate({ session, graph })
  await assertEndsAs(session, after)
  const recorder = createRecorder(session)
  assert.deepEqual([...(await recorder.applied()).keys()].toSorted(), files.map(keyOfMigration).toSorted())
  const { steps, settled, ...decision } = await decide(recorder, { graph })
  assert.deepEqual([steps, settled.unwritten, settled.stale], [[], [], []])
  assert.equal(decision.graph, graph)
}

async function comesBack(session: Session, files: readonly Migration[]): Promise<void> {
  const graph = buildGraph(files)
  for (const app of graph.apps.keys()) await migrate({ session, graph, target: { kind: 'zero', app } })
  assert.deepEqual([...(await createRecorder(session).applied()).keys()], [])
  assert.deepEqual([...(await session.inspect({ schemas: [drawnSchema] })).tables.keys()], [])
}

async function assertEndsAs(session: Session, spec: ProjectSpec): Promise<void> {
  const declared = await session.dialect.canonicalise(project(stateOf(spec), session.dialect), session)
  const inspected = await session.inspect({ schemas: [drawnSchema] })
  const changes = diff(inspected, declared, { match: 'name', comparison: session.dialect.comparison })
  assert.deepEqual(changes, [])
}

/** The way from nothing to the second project by way of the first, a migration for each operation, in one chain. */
async function historyOf(before: ProjectSpec, after: ProjectSpec): Promise<readonly Migration[]> {
  const initial = await migrationsBetween(emptyProject, before, emptyState, [])
  const next = await migrationsBetween(before, after, stateOf(before), initial)
  const chain: Migration[] = []
  for (const { app, definition } of [...initial, ...next]) {
    for (const operation of definition.operations) {
      const last = new Set([chain.at(-1), chain.findLast((one) => one.app === app)].flatMap((one) => one ?? []))
      const dependencies = [...last].map((one): MigrationReference => [one.app, one.name])
      const name = `${String(chain.length + 1).padStart(4, '0')}_step`
      chain.push({ app, name, definition: { ...definition, dependencies, operations: [operation] } })
    }
  }
  return chain
}

/** A squash of each stretch of the chain that stays in one app, and over the first of them one of a part of it. */
function squashesOf(history: readonly Migration[]): readonly Migration[] {
  const stretches: Migration[][] = []
  for (const migration of history) {
    const stretch = stretches.at(-1)
    if (stretch?.at(-1)?.app === migration.app) stretch.push(migration)
    else stretches.push([migration])
  }
  const long = stretches.filter((stretch) => stretch.length > 1)
  return long.flatMap((stretch, position) => {
    const name = `${stretch[0]?.name}_squashed`
    if (position > 0 || stretch.length < 3) return [squashOf(stretch, name)]
    const inner = squashOf(stretch.slice(0, 2), `${name}_inner`)
    return [inner, squashOf([inner, ...stretch.slice(2)], name)]
  })
}
