import { fileFindings } from '../history/findings.ts'
import type { Graph } from '../history/graph.ts'
import { migrationsFolder } from '../history/loader.ts'
import { keyOfMigration } from '../history/migration.ts'
import { chosenApps, chosenDatabase, type Project } from '../project/project.ts'
import type { AskedDatabase } from './check/database.ts'
import type { Finding, Found } from './check/finding.ts'
import { findingKinds } from './check/finding-kinds.ts'
import { fromHistory } from './check/from-history.ts'
import { gitNotAsked, ignoredByGit, uncommitted } from './check/git.ts'
import { type IgnoredFound, withoutIgnored } from './check/ignored.ts'
import { loadingFindings, modelFindings } from './check/models.ts'
import { type IsNew, operationFindings } from './check/operations.ts'
import { targetsOf } from './check/outcome-unknown.ts'
import { withPlaces } from './check/places.ts'
import { readHistory } from './check/read-history.ts'
import { severalLeaves } from './check/several-leaves.ts'
import { type NoWorkTree, readWorkTree, type WorkTree } from './check/work-tree.ts'
import { type ProjectChoice, projectOf } from './project-of.ts'

export type { Finding } from './check/finding.ts'
export type { FindingId, Severity } from './check/finding-kinds.ts'
export type { IgnoredFound } from './check/ignored.ts'

export interface CheckProjectOptions extends ProjectChoice {
  /** Only what is found in these apps; all if none is named. */
  readonly apps?: readonly string[] | undefined
  /** A database of the config that is asked too. Without one none is opened. */
  readonly database?: string | undefined
  /** A branch or commit: migrations that came after it count as new. The main branch if not given; what `database` has not applied, if that is. */
  readonly since?: string | undefined
}

export interface CheckProjectResult {
  /** What is worst comes first. */
  readonly findings: readonly Finding[]
  /** What the config says may stay. */
  readonly ignored: readonly IgnoredFound[]
  readonly errors: number
  readonly warnings: number
  /** The folder from which the files of the findings are named: the work tree, or the folder of the config. */
  readonly root: string
  readonly migrations: number
}

/**
 * Asks everything that a CI should ask of a project: whether the models are in the migrations, whether these fit together and can be taken back, whether
 * they are in git, what the new ones would lose; and of a database whether it is what the migrations made of it. Changes nothing.
 *
 * @example
 * const { findings, errors } = await checkProject({ cwd: '/srv/shop' })
 * for (const { id, file, line, message } of findings) console.log(`${file}:${line} ${message} (${id})`)
 */
export async function checkProject(options: CheckProjectOptions = {}): Promise<CheckProjectResult> {
  const project = await projectOf(options)
  const apps = chosenApps(project, options.apps)
  const { database, since } = options
  if (database !== undefined) chosenDatabase(project, database)
  const folders = [...project.apps.values()].map(migrationsFolder)
  const [tree, history] = await Promise.all([readWorkTree(project.root, { folders, since }), readHistory(project)])
  const { migrations, graph } = history
  const found = [
    ...history.found,
    ...(graph === undefined ? await loadingFindings(project) : await graphFindings(graph, { project, options, tree })),
    ...('root' in tree ? [...ignoredByGit(migrations, tree), ...uncommitted(migrations, tree)] : []),
    ...gitNotAsked(tree),
  ]
  const chosen = new Set(apps)
  const ofApps = found.filter(({ app }) => app === undefined || chosen.has(app) || !project.apps.has(app))
  const root = 'root' in tree ? tree.root : project.root
  const sorted = (await withPlaces(ofApps, root)).toSorted((a, b) => rankOf(a) - rankOf(b))
  const { kept: findings, ignored } = withoutIgnored(sorted, project)
  const count = (severity: Finding['severity']): number =>
    findings.filter((finding) => finding.severity === severity).length
  return { findings, ignored, errors: count('error'), warnings: count('warning'), root, migrations: migrations.length }
}

interface Asked {
  readonly project: Project
  readonly options: CheckProjectOptions
  readonly tree: WorkTree | NoWorkTree
}

async function graphFindings(graph: Graph, { project, options, tree }: Asked): Promise<readonly Found[]> {
  const { database, apps = [] } = options
  const branches = severalLeaves(graph)
  // Of branches that are still apart nobody knows what the models are to be compared with.
  const models =
    branches.length > 0
      ? await loadingFindings(project)
      : await modelFindings({ project, graph, apps: apps.length > 0 ? apps : undefined, database })
  const asked = database === undefined ? { found: [] } : await askDatabase(project, database, graph)
  const isReplayed = models.every(({ id }) => id !== 'migrations.doNotFit')
  const operations = isReplayed
    ? operationFindings(graph, {
        isNew: noveltyOf(tree, asked),
        targets: await targetsOf(project, database),
        isAsked: database !== undefined,
      })
    : []
  const history = fileFindings(graph).map((finding) => fromHistory(finding, graph))
  return [...models, ...branches, ...history, ...asked.found, ...operations]
}

/** What asks a database is imported only where one is named. */
async function askDatabase(project: Project, database: string, graph: Graph): Promise<AskedDatabase> {
  const { databaseFindings } = await import('./check/database.ts')
  return databaseFindings(project, database, graph)
}

/** What a database has not applied is still to come; without one, what git says has come since. */
function noveltyOf(tree: WorkTree | NoWorkTree, { notApplied }: AskedDatabase): IsNew {
  const added = 'added' in tree ? tree.added : undefined
  return (migration) => {
    if (notApplied !== undefined) return notApplied.has(keyOfMigration(migration))
    return migration.file === undefined ? undefined : added?.has(migration.file)
  }
}

const ids = Object.keys(findingKinds)

/** Errors first, then warnings; within them as the table of kinds has it. */
function rankOf({ id, severity }: Finding): number {
  return ['error', 'warning', 'info'].indexOf(severity) * ids.length + ids.indexOf(id)
}
