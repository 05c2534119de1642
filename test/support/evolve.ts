import assert from 'node:assert/strict'
import { detectMigrations } from '../../src/autodetector/detect-migrations.ts'
import type { Answer } from '../../src/autodetector/question.ts'
import { type MigrateOptions, migrate } from '../../src/execution/migrate.ts'
import { buildGraph } from '../../src/history/graph.ts'
import type { Migration } from '../../src/history/migration.ts'
import { applyMigration } from '../../src/history/replay.ts'
import { resolveTarget } from '../../src/history/resolve-target.ts'
import type { InspectOptions, Row, Session } from '../../src/schema/dialect.ts'
import { diff } from '../../src/schema/diff.ts'
import { verbatim } from '../../src/schema/sql.ts'
import { tableName } from '../../src/state/names.ts'
import { project } from '../../src/state/project.ts'
import { emptyState, modelsOf, type ProjectState } from '../../src/state/project-state.ts'
import { type NewModel, stateOf } from '../../src/state/with-model.ts'
import { isHalfWay, reasonOf } from './reason-of.ts'
import type { DatabaseUnderTest } from './test-database.ts'

/** A project's life on one database: its models change, migrations are detected and applied, and taken back. */
export interface Evolution {
  /** Detects what leads to these models and applies it; then no change is left, and the database is what the models say. Returns what was applied. */
  to(models: readonly NewModel[], answers?: Readonly<Record<string, Answer>>): Promise<readonly Migration[]>
  /** Unapplies what the last `to` applied: the database is then what the models said before. */
  back(): Promise<void>
  /** Applies again what was unapplied. */
  forth(): Promise<void>
  exec(text: string): Promise<void>
  /** The rows of a query, numbers as numbers. */
  rows(query: string): Promise<readonly Row[]>
  readonly session: Session
}

/** Runs a test with a project on a database of its own. */
export async function evolve(on: DatabaseUnderTest, work: (project: Evolution) => Promise<void>): Promise<void> {
  const database = await on.create()
  const session = await database.openSession()
  try {
    await work(evolution(session))
  } finally {
    await session.close()
    await database.drop()
  }
}

function evolution(session: Session): Evolution {
  let migrations: readonly Migration[] = []
  let last: readonly Migration[] = []
  const replayed = (): ProjectState => migrations.reduce(applyMigration, emptyState)
  const carryOut = async (options: Omit<MigrateOptions, 'session'>): Promise<void> => {
    try {
      await migrate({ session, ...options })
    } catch (error) {
      throw await tookBack(error, { session, graph: options.graph }, replayed())
    }
  }
  return {
    session,
    async to(models, answers = {}) {
      const options = { to: stateOf(models), now: new Date(0) }
      const leaves = new Map(migrations.map(({ app, name }) => [app, name]))
      const outcome = detectMigrations({
        ...options,
        from: replayed(),
        leaves,
        answers: new Map(Object.entries(answers)),
      })
      if (outcome.kind === 'questions') assert.fail(JSON.stringify(outcome.questions))
      last = outcome.migrations
      await carryOut({ graph: buildGraph([...migrations, ...last]) })
      migrations = [...migrations, ...last]
      await assertProjected(session, options.to)
      const again = detectMigrations({ ...options, from: replayed(), leaves: new Map() })
      assert.deepEqual(again.kind === 'migrations' && again.migrations, [], 'no change is left to be detected')
      return last
    },
    async back() {
      const graph = buildGraph(migrations)
      const earlier = migrations.slice(0, migrations.length - last.length)
      for (const { app } of last.toReversed()) {
        const leaf = earlier.findLast((migration) => migration.app === app)
        await carryOut({ graph, target: resolveTarget(graph, app, leaf?.name ?? 'zero') })
      }
      await assertProjected(session, earlier.reduce(applyMigration, emptyState))
    },
    async forth() {
      await carryOut({ graph: buildGraph(migrations) })
      await assertProjected(session, replayed())
    },
    exec: (text) => session.script(text),
    async rows(query) {
      const rows = await session.query(verbatim(query))
      return rows.map((row) => Object.fromEntries(Object.entries(row).map(([name, held]) => [name, plain(held)])))
    },
  }
}

/**
 * Why a run failed. Where the server commits DDL by itself it has stopped half-way, and is taken back; nothing is left of it then, as of a transaction
 * elsewhere.
 */
async function tookBack(error: unknown, options: MigrateOptions, before: ProjectState): Promise<unknown> {
  if (!isHalfWay(error)) return error
  await migrate({ ...options, rollback: true })
  await assertProjected(options.session, before)
  return reasonOf(error)
}

/** The drivers give large integers as text or bigint. */
function plain(held: unknown): unknown {
  return typeof held === 'bigint' || (typeof held === 'string' && /^-?\d+$/.test(held)) ? Number(held) : held
}

/** The tables of models that Godwit leaves to other hands. */
function unmanagedTables(state: ProjectState): ReadonlySet<string> {
  const models = [...modelsOf(state)].filter(({ options }) => options.managed === false)
  return new Set(models.map(({ app, name, options }) => tableName(app, name, options)))
}

/** Asserts that a database holds what a State says, to the letter but for generated names. Tables of models in other hands are left out. */
export async function assertProjected(
  session: Session,
  state: ProjectState,
  options: InspectOptions = {},
): Promise<void> {
  const declared = await session.dialect.canonicalise(project(state, session.dialect), session)
  const inWhole = await session.inspect(options)
  const ours = [...inWhole.tables].filter(([table]) => !unmanagedTables(state).has(table))
  const inspected = { ...inWhole, tables: new Map(ours) }
  const { comparison } = session.dialect
  assert.deepEqual(diff(inspected, declared, { match: 'name', comparison }), [])
  assert.deepEqual(
    diff(declared, inspected, { match: 'name', comparison }).filter(({ kind }) => !kind.startsWith('rename')),
    [],
  )
}
