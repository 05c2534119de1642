import { join } from 'node:path'
import { fail } from '../errors/error.ts'
import { keyOfMigration, type MigrationKey, migrationKey } from '../history/migration.ts'
import { rowsOfApps } from '../history/record-rows.ts'
import { chosenApps, type Project } from '../project/project.ts'
import { loadGraph } from './load-graph.ts'
import { headerOf, type MadeMigration, presentMigration } from './made-migration.ts'
import { type ProjectChoice, projectOf } from './project-of.ts'
import { proveTexts } from './prove-texts.ts'
import { type Backup, fromRoot, keepBackup, type Manifest, type OnStep } from './reset/backup.ts'
import { carryOut } from './reset/carry-out.ts'
import { withDatabase, withLock } from './reset/context.ts'
import { type Examined, type ExamineOptions, examine } from './reset/examine.ts'
import type { GitFacts } from './reset/git-facts.ts'
import { graphOfBegun } from './reset/graph-of-begun.ts'
import type { LostObject, LostStep } from './reset/lost-steps.ts'
import { stoppedReset } from './reset/stopped.ts'

export type { GitFacts, LostObject, LostStep, OnStep }

export interface ResetMigrationsOptions extends ProjectChoice {
  /** The apps whose histories begin anew. */
  readonly apps?: readonly string[] | undefined
  /** Every app that has migrations. */
  readonly all?: boolean | undefined
  /** The database that proves it, by its name in the config; `default` if not given. */
  readonly database?: string | undefined
  /** Changes nothing. */
  readonly plan?: boolean | undefined
  /** The SQL of the old history is carried over to the end of the new beginning, but for what says that it is `elidable`. */
  readonly keepSql?: boolean | undefined
  /** `false`: no comment that says when and by which version a file was written. */
  readonly header?: boolean | undefined
  /** How long to wait for another process that migrates, in milliseconds; ten minutes if not given. */
  readonly wait?: number | undefined
  /** Asked once everything is known and proved, before anything is changed. */
  readonly confirm?: ((proposal: ResetProposal) => Promise<boolean>) | undefined
  /** Called before each step that changes a file. */
  readonly onStep?: OnStep | undefined
  readonly now?: Date | undefined
}

/** What a reset would do, or has done. */
export interface ResetProposal {
  readonly apps: readonly string[]
  readonly database: string
  /** The rows of the record that go. */
  readonly rows: readonly MigrationKey[]
  /** The files that go; absolute. One that gets the text of the beginning is among them. */
  readonly files: readonly string[]
  /** What takes their place. */
  readonly baselines: readonly MadeMigration[]
  readonly git: GitFacts
  /** SQL and code of the old history that the new beginning does not have. */
  readonly lostSteps: readonly LostStep[]
  /** What of it is in the database, and in none that is made afresh. */
  readonly lostObjects: readonly LostObject[]
}

export interface ResetMigrationsResult extends ResetProposal {
  /** `false` after a plan, and where `confirm` said no. */
  readonly written: boolean
  /** The folder that `--restore` takes files and rows back from. */
  readonly backup?: string
  /** An earlier reset that was stopped on its way, and is finished now (or would be). */
  readonly resumed?: true
}

/**
 * Gives up the histories of some apps for a fresh beginning, once it is proven that the database is what the models say and the history led to. Files and
 * rows are kept in a backup; no table is touched. Every other database adopts the beginning by `migrate`, by the same proof there.
 *
 * @example
 * const { baselines } = await resetMigrations({ apps: ['billing'] })
 *
 * @throws resets.*
 */
export async function resetMigrations(options: ResetMigrationsOptions = {}): Promise<ResetMigrationsResult> {
  const project = await projectOf(options)
  const { plan = false, onStep = () => {}, wait = 600_000 } = options
  const isAsked = (known: readonly string[]): boolean => isWithin(known, options)
  const stopped = await stoppedReset(project, isAsked, plan ? undefined : onStep)
  if (stopped !== undefined) return resume(stopped, project, { ...options, plan, onStep, wait })
  const files = await loadGraph(project)
  const apps = appsToReset(project, [...files.apps.keys()], options)
  const { database = 'default', keepSql = false, header, confirm, now = new Date() } = options
  return withDatabase(
    project,
    database,
    async (session, recorder) => {
      const context = { project, database, apps, keepSql, session, recorder, files, now }
      const examined = await examine(context)
      const proposal = proposalOf(examined, context, headerOf(header, now))
      if (plan || (confirm !== undefined && !(await confirm(proposal)))) return { ...proposal, written: false }
      await proveTexts(
        examined.fresh.baselines.map((migration, position) => {
          const { file, source } = proposal.baselines[position] ?? { file: '', source: '' }
          return { file, text: source, migration }
        }),
      )
      return withLock(session, wait, async () => {
        const rows = await rowsOfApps(session, apps)
        refuseOtherRows(rows, proposal.rows)
        const manifest = manifestOf(proposal, examined, { ...context, rows })
        const keep = (): Promise<Backup> => keepBackup(project, manifest, onStep)
        const { graph } = examined.fresh
        const backup = await carryOut(manifest, { project, session, recorder, graph, keep, onStep })
        return { ...proposal, written: true, backup: backup.folder }
      })
    },
    { forReading: plan },
  )
}

/** Finishes what a process that was killed has left: it had been proved and agreed to, and the rows are proved again. */
async function resume(
  backup: Backup,
  project: Project,
  options: ResetMigrationsOptions & Settled,
): Promise<ResetMigrationsResult> {
  const { plan, onStep, wait } = options
  const { manifest } = backup
  if (!isWithin(manifest.apps, options)) fail('resets.underWay', { backup: backup.stamp, apps: manifest.apps })
  const proposal = resumedProposal(manifest, project)
  if (plan) return { ...proposal, written: false, backup: backup.folder, resumed: true }
  await withDatabase(project, manifest.database, (session, recorder) =>
    withLock(session, wait, async () => {
      const graph = await graphOfBegun(project, manifest)
      const keep = async (): Promise<Backup> => backup
      await carryOut(manifest, { project, session, recorder, graph, keep, begunBefore: backup.stamp, onStep })
    }),
  )
  return { ...proposal, written: true, backup: backup.folder, resumed: true }
}

/** Whether no other app is asked for than those known. */
function isWithin(known: readonly string[], { apps = [], all = false }: ResetMigrationsOptions): boolean {
  return all || apps.every((app) => known.includes(app))
}

interface Settled {
  readonly plan: boolean
  readonly onStep: OnStep
  readonly wait: number
}

/** While a person was asked, another process may have migrated. */
function refuseOtherRows(rows: Manifest['rows'], known: readonly MigrationKey[]): void {
  const now = new Set(rows.map(({ app, name }) => migrationKey(app, name)))
  const came = [...now].filter((key) => !known.includes(key))
  const went = known.filter((key) => !now.has(key))
  if (came.length + went.length > 0) fail('resets.changedMeanwhile', { came, went, backup: undefined })
}

function appsToReset(
  project: Project,
  withMigrations: readonly string[],
  { apps = [], all = false }: ResetMigrationsOptions,
): readonly string[] {
  if (all)
    return withMigrations.length > 0
      ? withMigrations
      : fail('resets.nothingToReset', { apps: [...project.apps.keys()] })
  return apps.length > 0 ? chosenApps(project, apps) : fail('resets.needsApps', {})
}

function proposalOf(
  { fresh, rows, files, git, lostSteps, lostObjects }: Examined,
  {
    apps,
    database,
    project,
    keepSql,
  }: { apps: readonly string[]; database: string; project: Project; keepSql: boolean },
  header: string | false,
): ResetProposal {
  return {
    apps,
    database,
    rows,
    files,
    baselines: fresh.baselines.map((migration) => presentMigration(migration, project, { header })),
    git,
    lostSteps: lostSteps.filter(({ isSql, elidable }) => !(keepSql && isSql && elidable !== true)),
    lostObjects: keepSql ? [] : lostObjects,
  }
}

function manifestOf(
  { apps, database, files, baselines }: ResetProposal,
  { fresh }: Examined,
  { project, files: before, rows, now }: Pick<ExamineOptions, 'project' | 'files' | 'now'> & Pick<Manifest, 'rows'>,
): Manifest {
  const namesIn = new Map(
    fresh.baselines.map(({ app, definition: { resets } }) => [app, resets?.migrations ?? []] as const),
  )
  return {
    format: 1,
    apps,
    database,
    keptAt: now.toISOString(),
    files: files.map((file) => {
      const [, folder = '', name = ''] = /([^/\\]+)[/\\]migrations[/\\]([^/\\]+)$/.exec(file) ?? []
      const app = [...project.apps].find(([, path]) => file.startsWith(join(path, 'migrations')))?.[0] ?? folder
      return { app, name, file: fromRoot(project, file), copy: join('files', app, name) }
    }),
    begun: baselines.map(({ app, name, file, source }) => ({
      app,
      name,
      file: fromRoot(project, file),
      text: source,
      resets: namesIn.get(app) ?? [],
    })),
    rows,
    recorded: baselines.map(({ app, name }) => migrationKey(app, name)),
    besides: before.loaded.filter(({ app }) => !apps.includes(app)).map(keyOfMigration),
  }
}

function resumedProposal({ apps, database, files, begun, rows }: Manifest, project: Project): ResetProposal {
  return {
    apps,
    database,
    rows: rows.map(({ app, name }) => migrationKey(app, name)),
    files: files.map(({ file }) => join(project.root, file)),
    baselines: begun.map(({ app, name, file, text }) => ({
      app,
      name,
      file: join(project.root, file),
      operations: [],
      source: text,
    })),
    git: { dirty: [], dirtyElsewhere: 0, ignored: [] },
    lostSteps: [],
    lostObjects: [],
  }
}
