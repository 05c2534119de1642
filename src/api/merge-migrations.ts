import { basename } from 'node:path'
import { ask, nobody, type OpenQuestions, type Questioner } from '../autodetector/ask.ts'
import { mergeName } from '../autodetector/name-migration.ts'
import type { Answers } from '../autodetector/parse-answers.ts'
import type { BranchInQuestion, Question } from '../autodetector/question.ts'
import { fail } from '../errors/error.ts'
import { conflicts, type Graph } from '../history/graph.ts'
import { keyOfMigration, type Migration, splitMigrationKey } from '../history/migration.ts'
import { displayPath } from '../lib/display-path.ts'
import { chosenApps } from '../project/project.ts'
import type { Branch } from '../rewriting/branches.ts'
import { type Clash, type MergeProof, proveMerge } from '../rewriting/prove-merge.ts'
import { replaceFiles } from '../writer/replace-files.ts'
import { dialectsOf } from './dialects-of.ts'
import { loadGraph } from './load-graph.ts'
import { headerOf, type MadeMigration, operationsInWords, presentMigration } from './made-migration.ts'
import { type ProjectChoice, projectOf } from './project-of.ts'

export interface MergeMigrationsOptions extends ProjectChoice {
  /** Only these apps; all that have several last migrations if none is named. */
  readonly apps?: readonly string[] | undefined
  /** Answers to questions, by key: `billing:merge`. */
  readonly answers?: Answers | undefined
  /** Asked before anything is written; without one, branches that are proven to commute are merged and others are an error. */
  readonly questioner?: Questioner | undefined
  /** Writes nothing. */
  readonly dryRun?: boolean | undefined
  /** What follows the number in the names. */
  readonly name?: string | undefined
  /** `false`: no comment that says when and by which version a file was written. */
  readonly header?: boolean | undefined
  /** The moment of writing; now if not given. */
  readonly now?: Date | undefined
}

/** What was found about the branches of one app. */
export interface ExaminedBranches {
  readonly app: string
  readonly branches: readonly BranchInQuestion[]
  /** What could not be proven, a clause each; empty: every order of the branches has the same outcome. */
  readonly unproven: readonly string[]
  /** `false`: the answer was to leave them as they are. */
  readonly merged: boolean
}

export interface MergeMigrationsResult {
  /** The apps that had several last migrations. */
  readonly examined: readonly ExaminedBranches[]
  readonly migrations: readonly MadeMigration[]
  /** `false` after a dry run, and when there was nothing to write. */
  readonly written: boolean
}

/**
 * Joins the branches of each app that has several last migrations by a migration that depends on all of them, once it is proven that their order does
 * not matter, or somebody says so. Opens no database.
 *
 * @throws merge.branchesClash, merge.ordersDiffer, detection.unanswered
 * @example
 * const { migrations } = await mergeMigrations({ cwd: '/srv/shop' })
 */
export async function mergeMigrations(options: MergeMigrationsOptions = {}): Promise<MergeMigrationsResult> {
  const project = await projectOf(options)
  const { name, now = new Date(), answers, questioner } = options
  if (name !== undefined && !/^[a-z]\w*$/i.test(name)) fail('cli.nameNotUsable', { name, flag: '--name' })
  const apps = chosenApps(project, options.apps)
  const graph = await loadGraph(project)
  const dialects = await dialectsOf(project)
  const merges = conflicts(graph)
    .filter(({ app }) => apps.includes(app))
    .map(({ app }) => ({ app, proof: proveMerge(graph, app, dialects) }))
  for (const { app, proof } of merges) refuseClashes(app, proof)
  const { questions } = await ask({
    detect: (given) => openQuestions(merges.map(questionAbout), given, questioner !== undefined),
    questioner: questioner ?? nobody,
    ...(answers === undefined ? {} : { answers }),
  })
  const header = headerOf(options.header, now)
  const chosen = merges.filter(({ app }) => questions.some((one) => one.app === app && one.merged))
  const made = chosen.map(({ app, proof }) =>
    presentMigration(mergeOf(app, proof.branches, graph, { name, now }), project, { header }),
  )
  const written = options.dryRun !== true && made.length > 0
  if (written) await replaceFiles(made.map(({ file, source }) => ({ file, text: source })))
  return { examined: questions, migrations: made, written }
}

type MergeQuestion = Extract<Question, { kind: 'merge' }>

/** Decides by the answers; what is proven needs none where there is nobody to ask. */
function openQuestions(
  questions: readonly MergeQuestion[],
  answers: Answers,
  askAnyway: boolean,
):
  | OpenQuestions
  | { readonly kind: 'decided'; readonly questions: readonly ExaminedBranches[]; readonly used: ReadonlySet<string> } {
  const used = new Set(questions.map(({ key }) => key))
  const open = questions.filter(({ key, unproven }) => !answers.has(key) && (askAnyway || unproven.length > 0))
  if (open.length > 0) return { kind: 'questions', questions: open, used }
  return {
    kind: 'decided',
    questions: questions.map(({ app, key, branches, unproven }) => ({
      app,
      branches,
      unproven,
      merged: answers.get(key)?.kind !== 'doNotMerge',
    })),
    used,
  }
}

function questionAbout({ app, proof }: { readonly app: string; readonly proof: MergeProof }): MergeQuestion {
  return {
    kind: 'merge',
    key: `${app}:merge`,
    app,
    branches: proof.branches.map(branchInWords),
    unproven: proof.unproven.map(clashInWords),
  }
}

function branchInWords({ leaf, own }: Branch): BranchInQuestion {
  const [, name] = splitMigrationKey(leaf)
  return {
    name,
    migrations: own.map((migration) => ({
      name: migration.name,
      operations: operationsInWords(migration).map(({ symbol, description }) => `${symbol} ${description}`),
    })),
  }
}

function clashInWords({ first, second, reason }: Clash): string {
  return `${first.operation} (${first.migration}) and ${second.operation} (${second.migration}): ${reason}`
}

function refuseClashes(app: string, { branches, clashes, differences }: MergeProof): void {
  const told = {
    app,
    leaves: branches.map(({ leaf }) => splitMigrationKey(leaf)[1]),
    branches: branches.map(({ leaf, own }) => ({ leaf: splitMigrationKey(leaf)[1], files: own.map(fileOf) })),
  }
  if (clashes.length > 0) fail('merge.branchesClash', { ...told, clashes })
  if (differences.length > 0) fail('merge.ordersDiffer', { ...told, differences })
}

function fileOf(migration: Migration): string {
  return migration.file === undefined ? keyOfMigration(migration) : basename(displayPath(migration.file))
}

function mergeOf(
  app: string,
  branches: readonly Branch[],
  graph: Graph,
  { name, now }: { readonly name: string | undefined; readonly now: Date },
): Migration {
  const leaves = branches.flatMap(({ leaf }) => graph.migrations.get(leaf)?.name ?? [])
  return {
    app,
    name: mergeName(leaves, now, name),
    definition: { dependencies: leaves.map((leaf) => [app, leaf]), operations: [] },
  }
}
