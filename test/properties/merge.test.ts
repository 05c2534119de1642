import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import type { Questioner } from '../../src/autodetector/ask.ts'
import { migrate } from '../../src/execution/migrate.ts'
import { buildGraph, conflicts, leavesOf } from '../../src/history/graph.ts'
import { type Migration, type MigrationReference, splitMigrationKey } from '../../src/history/migration.ts'
import { proveMerge } from '../../src/rewriting/prove-merge.ts'
import { diff } from '../../src/schema/diff.ts'
import { emptyState } from '../../src/state/project-state.ts'
import { databases, dialectOf } from '../support/databases.ts'
import { runsOn, seed } from '../support/runs.ts'
import type { TestDatabase } from '../support/test-database.ts'
import { truthfully } from './answer-questions.ts'
import { stateOf } from './build-models.ts'
import { comparableRows } from './comparable-rows.ts'
import { createDrawnSchema, insertRows, readRows } from './insert-rows.ts'
import { migrationsBetween, succeeds } from './migrations-between.ts'
import { projectForksFor } from './pairs.ts'
import { emptyProject, type ProjectSpec } from './project-spec.ts'
import { drawnSchema } from './rich-edits.ts'

/** The app in which both branches end, so that everything on one is compared with everything on the other. */
const joining = 'joining'

for (const on of databases) {
  const title = `${on.name}: branches that are proven to commute leave the same schema and the same rows in either order`
  test(title, { skip: on.skip }, async () => {
    const numRuns = runsOn(on.kind, { sqlite: 80, postgres: 30, others: 20 })
    const database = await on.createScratch()
    const dialect = await dialectOf(database)
    const counted = { refused: 0, idle: 0, compared: 0 }
    await fc.assert(
      fc.asyncProperty(projectForksFor(dialect), async ({ before, left, right }) => {
        const initial = await migrationsBetween(emptyProject, before, emptyState, [])
        const branches = [
          await branchTo(left, 'left', before, initial),
          await branchTo(right, 'right', before, initial),
        ]
        const [first = [], second = []] = branches
        const proof = proveMerge(buildGraph([...initial, ...first, ...second]), joining, [dialect])
        if (proof.clashes.length + proof.unproven.length + proof.differences.length > 0) {
          counted.refused += 1
          return
        }
        if (!branches.every(changesSomething)) {
          counted.idle += 1
          return
        }
        const one = await outcomeOf(database, before, [initial, first, second])
        counted.compared += one === undefined ? 0 : 1
        for (const stages of [
          [initial, second, first],
          [initial, [...first, ...second]],
        ]) {
          const other = await outcomeOf(database, before, stages)
          assert.equal(one === undefined, other === undefined, 'rows stand in the way in one order only')
          if (one === undefined || other === undefined) continue
          const changes = diff(one.schema, other.schema, { match: 'name', comparison: dialect.comparison })
          // Generated names are those of the moment at which the object was made.
          assert.deepEqual(
            changes.filter(({ kind }) => !kind.startsWith('rename')),
            [],
          )
          assert.deepEqual(one.rows, other.rows)
        }
      }),
      { numRuns, seed },
    )
    const { refused, idle, compared } = counted
    console.log(`${on.name}: of ${numRuns} forks ${compared} commute, ${refused} do not, ${idle} have only one side`)
    assert.ok(compared >= numRuns / 20 && refused > 0, 'too few forks of one sort to judge anything')
  })
}

function changesSomething(branch: readonly Migration[]): boolean {
  return branch.some(({ definition }) => definition.operations.length > 0)
}

/** The migrations of one branch, under names of its own, and one that waits for all of them. */
async function branchTo(
  after: ProjectSpec,
  name: string,
  before: ProjectSpec,
  initial: readonly Migration[],
): Promise<readonly Migration[]> {
  const made = await migrationsBetween(before, after, stateOf(before), initial, inSafeSteps(truthfully(before, after)))
  const known = new Set(initial.map((migration) => `${migration.app}.${migration.name}`))
  const renamed = ([app, other]: MigrationReference): MigrationReference =>
    known.has(`${app}.${other}`) ? [app, other] : [app, `${other}_${name}`]
  const own = made.map((migration): Migration => {
    const { dependencies = [] } = migration.definition
    return {
      app: migration.app,
      name: `${migration.name}_${name}`,
      definition: { ...migration.definition, dependencies: dependencies.map(renamed) },
    }
  })
  const all = [...initial, ...own].map((migration): MigrationReference => [migration.app, migration.name])
  return [...own, { app: joining, name: `0001_${name}`, definition: { dependencies: all, operations: [] } }]
}

/** Answers as another does, but fills columns in three safe steps, so that branches hold batches as well. */
function inSafeSteps(questioner: Questioner): Questioner {
  return async (questions) => {
    const answers = await questioner(questions)
    const inKey = new Set(
      questions.flatMap((question) =>
        'holder' in question && question.holder?.primaryKey === true ? question.key : [],
      ),
    )
    return new Map(
      [...answers].map(([key, answer]) => {
        const isSafe = answer.kind === 'fill' && key.endsWith(':fill') && !inKey.has(key)
        return [key, isSafe ? { kind: 'safeSteps', value: answer.value } : answer]
      }),
    )
  }
}

/** The end of a history that a database with rows gets stage by stage; undefined where the rows stand in its way. */
async function outcomeOf(
  database: TestDatabase,
  before: ProjectSpec,
  [initial = [], ...branches]: readonly (readonly Migration[])[],
) {
  await database.empty()
  const session = await database.openSession()
  try {
    await createDrawnSchema(session)
    await migrate({ session, graph: buildGraph(initial) })
    await insertRows(session, stateOf(before))
    let migrations = initial
    for (const branch of branches) {
      migrations = [...migrations, ...branch]
      const graph = buildGraph([...migrations, ...mergesOf(migrations)])
      if (!(await succeeds(() => migrate({ session, graph })))) return undefined
    }
    const schema = await session.inspect({ schemas: [drawnSchema] })
    return { schema, rows: comparableRows(await readRows(session, schema.tables.keys())) }
  } finally {
    await session.close()
  }
}

/** What `makemigrations --merge` writes. */
function mergesOf(migrations: readonly Migration[]): readonly Migration[] {
  const graph = buildGraph(migrations)
  return conflicts(graph).map(({ app }) => ({
    app,
    name: '9999_merge',
    definition: { dependencies: leavesOf(graph, app).map(splitMigrationKey), operations: [] },
  }))
}
