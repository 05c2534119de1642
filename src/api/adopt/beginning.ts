import { fail } from '../../errors/error.ts'
import { decide } from '../../execution/decide.ts'
import { type Agreed, initialOnesHeld, isInitial } from '../../execution/fake-initial.ts'
import { asFilesHaveIt } from '../../history/as-files-have-it.ts'
import { buildGraph, type Graph } from '../../history/graph.ts'
import { keyOfMigration, type Migration, type MigrationKey } from '../../history/migration.ts'
import { createRecorder } from '../../history/recorder.ts'
import type { Project } from '../../project/project.ts'
import type { Session } from '../../schema/dialect.ts'
import type { Placement } from '../../state/placement.ts'
import type { ProjectState } from '../../state/project-state.ts'
import { detectChanges } from '../detect-changes.ts'

/** The beginning of an app's history, and what of it is to be recorded. */
export interface Beginning {
  /** The files, with the migrations that are yet to be written. */
  readonly graph: Graph
  /** The initial migrations of the app, in their order. */
  readonly migrations: readonly Migration[]
  /** Those of them that are not written yet. */
  readonly unwritten: readonly Migration[]
  /** Those of them that the database has not recorded yet. */
  readonly unrecorded: readonly MigrationKey[]
}

interface BeginningOptions {
  readonly project: Project
  readonly app: string
  readonly database: string | undefined
  readonly graph: Graph
  readonly state: ProjectState
  readonly now: Date
  readonly session: Session
}

/** The initial migrations of an app: those that there are, or else those that make its models. Models and migrations must agree by then. */
export async function beginningOf(options: BeginningOptions): Promise<Beginning> {
  const { project, app, graph, session } = options
  const unwritten = await unwrittenOf(options)
  const whole =
    unwritten.length === 0 ? graph : buildGraph([...graph.loaded, ...unwritten], { labels: project.apps.keys() })
  const { recorded } = asFilesHaveIt(whole, await createRecorder(session).applied())
  const migrations = whole.order
    .flatMap((key) => whole.migrations.get(key) ?? [])
    .filter((migration) => migration.app === app && isInitial(migration, whole))
  const unrecorded = migrations.map(keyOfMigration).filter((key) => !recorded.has(key))
  return { graph: whole, migrations, unwritten, unrecorded }
}

async function unwrittenOf(options: BeginningOptions): Promise<readonly Migration[]> {
  const { project, app, database, graph, state, now } = options
  const hints = { models: new Map(), fields: new Map() }
  const changes = await detectChanges({
    project,
    apps: [app],
    database: database ?? 'default',
    name: undefined,
    now,
    answers: undefined,
    questioner: undefined,
    graph,
    models: { state, hints },
  })
  if (changes.migrations.length === 0) return []
  if (graph.apps.has(app)) return fail('adopting.changesOpen', { app })
  const others = changes.migrations.filter((migration) => migration.app !== app)
  if (others.length > 0) fail('adopting.othersFirst', { app, apps: [...new Set(others.map((one) => one.app))] })
  return changes.migrations.map((one) => ({ ...one, definition: { ...one.definition, initial: true } }))
}

/**
 * Proves that the database holds all that is to be recorded.
 *
 * @throws adopting.waitsFor, adopting.nothingThere, adopting.initialDiffers
 */
export async function proveHeld(
  { graph, unrecorded }: Beginning,
  {
    app,
    session,
    placement,
    agreed,
  }: {
    readonly app: string
    readonly session: Session
    readonly placement: Placement
    readonly agreed: Agreed
  },
): Promise<void> {
  const last = unrecorded.at(-1)
  if (last === undefined) return
  const decision = await decide(createRecorder(session), { graph, target: { kind: 'migration', key: last } })
  const others = decision.steps.map(({ migration }) => migration).filter((migration) => migration.app !== app)
  if (others.length > 0) fail('adopting.waitsFor', { app, migrations: others.map(keyOfMigration) })
  const held = await initialOnesHeld(decision, { session, placement, agreed })
  const absent = unrecorded.filter((key) => !held.has(key))
  if (absent.length > 0) fail('adopting.nothingThere', { migrations: absent, database: session.label })
}
