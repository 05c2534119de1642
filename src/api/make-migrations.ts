import type { Questioner } from '../autodetector/ask.ts'
import type { Notice } from '../autodetector/detection.ts'
import type { Answers } from '../autodetector/parse-answers.ts'
import { fail } from '../errors/error.ts'
import type { Migration } from '../history/migration.ts'
import { chosenApps } from '../project/project.ts'
import type { Folded } from '../rewriting/fold-changes.ts'
import { type NewFile, replaceFiles } from '../writer/replace-files.ts'
import { type DataMigration, dataMigrations } from './data-migration.ts'
import { type Changes, type DetectChangesOptions, detectChanges, emptyMigrations } from './detect-changes.ts'
import { foldIntoLast } from './fold-into-last.ts'
import { loadGraph } from './load-graph.ts'
import { headerOf, type MadeMigration, presentMigration } from './made-migration.ts'
import { type PresentedFold, presentFolded } from './present-folded.ts'
import { type ProjectChoice, projectOf } from './project-of.ts'
import { proveTexts, type TextToProve } from './prove-texts.ts'

export type { MadeMigration } from './made-migration.ts'

export interface MakeMigrationsOptions extends ProjectChoice {
  /** Only these apps, and what they depend on; all if none is named. */
  readonly apps?: readonly string[] | undefined
  /**
   * A database of the config, whose kind must be able to have the models; `default` if not given. It is not opened, but for `update`, which asks this
   * one alone, or all of them if none is given.
   */
  readonly database?: string | undefined
  /** Answers to questions, by key. */
  readonly answers?: Answers | undefined
  /** Answers what is still open; without one, open questions are an error. */
  readonly questioner?: Questioner | undefined
  /** Writes nothing. */
  readonly dryRun?: boolean | undefined
  /** An empty migration for each named app. */
  readonly empty?: boolean | undefined
  /** With `empty` for one app: a data migration over these models, with their row types; `app.Model` for those of other apps. */
  readonly models?: readonly string[] | undefined
  /** Folds the changes into the last migration of each app that has some, which gets a new name and which no database may have applied. */
  readonly update?: boolean | undefined
  /** What follows the number in the names. */
  readonly name?: string | undefined
  /** `false`: no comment that says when and by which version a file was written. */
  readonly header?: boolean | undefined
  /** The moment of writing; now if not given. */
  readonly now?: Date | undefined
}

export interface MakeMigrationsResult {
  /** In an order in which they can be applied. */
  readonly migrations: readonly MadeMigration[]
  /** The files of the migrations that others have taken the place of; absolute. */
  readonly removed: readonly string[]
  /** `false` after a dry run, and when there was nothing to write. */
  readonly written: boolean
  /** What is left to do in the models. */
  readonly notices: readonly Notice[]
  /** Comments of the files whose place others have taken that are in these no more. */
  readonly lostComments: readonly string[]
}

/**
 * Compares the models with the migrations and writes what is between them as new migrations: all of them, or none. Opens no database, but for
 * `update`.
 *
 * @example
 * const { migrations } = await makeMigrations({ cwd: '/srv/shop', dryRun: true })
 */
export async function makeMigrations(options: MakeMigrationsOptions = {}): Promise<MakeMigrationsResult> {
  const project = await projectOf(options)
  const { name, now = new Date(), database } = options
  if (name !== undefined && !/^[a-z]\w*$/i.test(name)) fail('cli.nameNotUsable', { name, flag: '--name' })
  const apps = options.apps === undefined || options.apps.length === 0 ? undefined : chosenApps(project, options.apps)
  const { migrations, notices, folded, writing } = await wantedMigrations(
    { project, apps, name, now, database },
    options,
  )
  const header = headerOf(options.header, now)
  const presented = await Promise.all(
    migrations.map(async (migration): Promise<PresentedFold> => {
      const former = folded.find(({ updated }) => updated === migration)?.former
      if (former !== undefined) return presentFolded(former, migration, project)
      return { migration: presentMigration(migration, project, { header, ...writing }), lostComments: [] }
    }),
  )
  const made = presented.map(({ migration }) => migration)
  const written = options.dryRun !== true && made.length + folded.length > 0
  const former = folded.flatMap((one) => one.former.file ?? [])
  const texts = made.map(({ file, source }) => ({ file, text: source }))
  if (written) {
    await proveTexts(textsOfFolded(texts, migrations, folded))
    await replaceFiles(texts, former)
  }
  const removed = former.filter((path) => made.every(({ file }) => file !== path))
  const lostComments = presented.flatMap((one) => one.lostComments)
  return { migrations: made, removed, written, notices, lostComments }
}

/** What holds text that a person wrote is loaded before it takes the place of the file that it was taken from. */
function textsOfFolded(
  texts: readonly NewFile[],
  migrations: readonly Migration[],
  folded: readonly Folded[],
): readonly TextToProve[] {
  return texts.flatMap((text, position) => {
    const migration = migrations[position]
    const isFolded = migration !== undefined && folded.some(({ updated }) => updated === migration)
    return isFolded ? [{ ...text, migration }] : []
  })
}

type Wanted = Changes & { readonly folded: readonly Folded[]; readonly writing?: DataMigration['writing'] }

async function wantedMigrations(wanted: DetectChangesOptions, options: MakeMigrationsOptions): Promise<Wanted> {
  if (options.models !== undefined) return { ...(await dataMigrations(wanted, options)), folded: [] }
  if (options.empty === true) return { ...(await emptyMigrations(wanted)), folded: [] }
  const { answers, questioner, update, database } = options
  const graph = await loadGraph(wanted.project)
  const { migrations, notices } = await detectChanges({ ...wanted, answers, questioner, graph })
  if (update !== true) return { migrations, notices, folded: [] }
  return { ...(await foldIntoLast({ ...wanted, graph, changes: migrations, database })), notices }
}
