import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import type { ErrorCode } from '../../src/errors/error.ts'
import { migrate } from '../../src/execution/migrate.ts'
import { buildGraph } from '../../src/history/graph.ts'
import type { Session } from '../../src/schema/dialect.ts'
import { type Placement, stateIn } from '../../src/state/placement.ts'
import { project } from '../../src/state/project.ts'
import { emptyState } from '../../src/state/project-state.ts'
import { databases, dialectOf } from '../support/databases.ts'
import { runsOn, seed } from '../support/runs.ts'
import { assertProjected } from './assert-projected.ts'
import { createDrawnSchema } from './insert-rows.ts'
import { historyThrough, succeeds } from './migrations-between.ts'
import { projectPairsFor } from './pairs.ts'
import type { ProjectSpec } from './project-spec.ts'

const known = ['default', 'other']
const apart: readonly ErrorCode[] = ['execution.renamedApart', 'execution.copiedApart']

/** Each app in one of two databases, or in both, and the models of some names apart from their app. */
const routers = fc.tuple(fc.array(fc.constantFrom(0, 1, 2), { minLength: 3, maxLength: 3 }), fc.boolean())

for (const on of databases) {
  test(`${on.name}: each of two databases has what lives there, and nothing else`, { skip: on.skip }, async () => {
    const numRuns = runsOn(on.kind, { sqlite: 60, postgres: 15, others: 6 })
    const pair = [await on.createScratch(), await on.createScratch()] as const
    let refused = 0
    const drawn = fc.record({ specs: projectPairsFor(await dialectOf(pair[0])), router: routers })
    await fc.assert(
      fc.asyncProperty(drawn, async ({ specs, router }) => {
        for (const database of pair) await database.empty()
        const sessions = [await pair[0].openSession(), await pair[1].openSession()]
        try {
          if (!(await judge(sessions, specs, router))) refused += 1
        } finally {
          for (const session of sessions) await session.close()
        }
      }),
      { numRuns, seed },
    )
    console.log(`${on.name}: of ${numRuns} pairs ${refused} moved a model or rows from one database to the other`)
    assert.ok(refused < numRuns / 2, 'too many pairs are refused to judge anything')
  })
}

type Router = readonly [homes: readonly number[], apart: boolean]

function placementIn(index: number, [homes, apart]: Router): Placement {
  const apps = ['accounts', 'billing', 'blog']
  const holds = (app: string, model?: string): boolean => {
    const home = homes[apps.indexOf(app)]
    if (apart && model !== undefined && /^[AC]/.test(model)) return index === 1
    return home === 2 || home === index
  }
  return { database: known[index] ?? '', known, holds }
}

async function judge(
  sessions: readonly Session[],
  { before, after }: { readonly before: ProjectSpec; readonly after: ProjectSpec },
  router: Router,
): Promise<boolean> {
  const { initial, start, next, end } = await historyThrough(before, after)
  const graph = buildGraph([...initial, ...next])
  const tables = new Set<string>()
  for (const [index, session] of sessions.entries()) {
    await createDrawnSchema(session)
    const placement = placementIn(index, router)
    await migrate({ session, graph: buildGraph(initial), placement })
    await assertProjected(session, stateIn(start, placement))
    if (!(await succeeds(() => migrate({ session, graph, placement }), apart))) return false
    await assertProjected(session, stateIn(end, placement))
    for (const table of project(stateIn(end, placement), session.dialect).tables.keys()) tables.add(table)
    for (const app of graph.apps.keys()) await migrate({ session, graph, placement, target: { kind: 'zero', app } })
    await assertProjected(session, emptyState)
  }
  // Nothing is forgotten between the two.
  const [session] = sessions
  assert.ok(session)
  assert.deepEqual(tables, new Set(project(end, session.dialect).tables.keys()))
  return true
}
