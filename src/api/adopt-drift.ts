import { ask, nobody, type Questioner } from '../autodetector/ask.ts'
import { type DetectedMigration, detectMigrations } from '../autodetector/detect-migrations.ts'
import { mentionsIn } from '../autodetector/mentions.ts'
import type { Answers } from '../autodetector/parse-answers.ts'
import type { Question } from '../autodetector/question.ts'
import { fail } from '../errors/error.ts'
import { leavesOf } from '../history/graph.ts'
import { defined } from '../lib/defined.ts'
import { withoutIgnored } from '../project/ignored-drift.ts'
import type { Project } from '../project/project.ts'
import { adoptedState } from '../reality/adopted-state.ts'
import { compareDatabase } from '../reality/compare-database.ts'
import type { Discrepancy } from '../reality/discrepancy.ts'
import type { Session } from '../schema/dialect.ts'
import { modelsOf, type ProjectState } from '../state/project-state.ts'
import { replaceFiles } from '../writer/replace-files.ts'
import { type FoundDrift, findDrift } from './find-drift.ts'
import { headerOf, type MadeMigration, presentMigration } from './made-migration.ts'
import { type ModelEdit, modelEdits } from './model-edits.ts'
import { openDatabase } from './open-database.ts'
import { type ProjectChoice, projectOf } from './project-of.ts'

export type { ModelEdit }

export interface AdoptDriftOptions extends ProjectChoice {
  /** By its name in the config; `default` if not given. Nothing is written to it. */
  readonly database?: string | undefined
  /** Only what these patterns are about, as for `drift`. */
  readonly only?: readonly string[] | undefined
  /** Answers to questions, by key, as for `makeMigrations`. */
  readonly answers?: Answers | undefined
  /** Answers what is still open; without one, open questions are an error. */
  readonly questioner?: Questioner | undefined
  /** Writes nothing. */
  readonly dryRun?: boolean | undefined
  /** `false`: no comment that says when and by which version a file was written. */
  readonly header?: boolean | undefined
  /** The moment of writing; now if not given. */
  readonly now?: Date | undefined
}

export interface AdoptDriftResult {
  /** The migrations that say what the database has become. */
  readonly migrations: readonly MadeMigration[]
  readonly written: boolean
  /** What is to be changed in the models, which stay as they are until somebody does it. */
  readonly edits: readonly ModelEdit[]
  /** What no model can say, a sentence each: it can be repaired, or ignored in the config. */
  readonly unsaid: readonly string[]
}

/**
 * Writes what a database has become by other hands as migrations, and tells how the models are to be changed with them. `migrate` only records them in a
 * database that is so already, and makes every other so.
 *
 * @example
 * const { migrations, edits } = await adoptDrift({ dryRun: true })
 *
 * @throws adopting.notMigrated, detection.unanswered
 */
export async function adoptDrift(options: AdoptDriftOptions = {}): Promise<AdoptDriftResult> {
  const project = await projectOf(options)
  const session = await openDatabase(project, options.database, { forReading: true })
  try {
    const { database, only, now = new Date() } = options
    const found = await findDrift({ project, database, session, only })
    const { memory, judged } = found
    const open = [...memory.graph.order].filter((key) => !memory.recorded.has(key) && !memory.graph.aside.has(key))
    if (open.length + memory.unsettled.length > 0 && judged.discrepancies.length > 0) {
      fail('adopting.notMigrated', { migrations: [...open, ...memory.unsettled.map(({ migration }) => migration)] })
    }
    const sides = { ...judged.comparison, dialect: session.dialect }
    const to = adoptedState(memory.state, judged.discrepancies, sides)
    const unsaid = await notSaid(to, found, project, session)
    const migrations = await migrationsTo(to, found, { ...options, now })
    const header = headerOf(options.header, now)
    const made = migrations.map((migration) => presentMigration(migration, project, { header }))
    const written = options.dryRun !== true && made.length > 0
    if (written)
      await replaceFiles(
        made.map(({ file, source }) => ({ file, text: source })),
        [],
      )
    return {
      migrations: made,
      written,
      edits: modelEdits(memory.state, to, project),
      unsaid: unsaid.map(({ text }) => text),
    }
  } finally {
    await session.close()
  }
}

/** What differs still once the models say all that they can, and differs because of this. */
async function notSaid(
  state: ProjectState,
  { memory, judged }: FoundDrift,
  project: Project,
  session: Session,
): Promise<readonly Discrepancy[]> {
  const { placement } = memory
  const { discrepancies } = await compareDatabase({ session, state, placement, lenient: true })
  const wanted = new Set(judged.discrepancies.map(({ object }) => object))
  const known = new Set(judged.comparison.discrepancies.map(({ object }) => object))
  const left = discrepancies.filter(({ object }) => wanted.has(object) || !known.has(object))
  const remembered = judged.discrepancies.filter((one) => one.remembered !== undefined)
  return [...withoutIgnored(left, project).kept, ...remembered]
}

async function migrationsTo(
  to: ProjectState,
  { memory: { graph, state } }: FoundDrift,
  { answers, questioner, now }: AdoptDriftOptions & { readonly now: Date },
): Promise<readonly DetectedMigration[]> {
  const leaves = new Map(
    [...graph.apps.keys()].flatMap((app) => {
      const leaf = leavesOf(graph, app).at(-1)
      const migration = leaf === undefined ? undefined : graph.migrations.get(leaf)
      return migration === undefined ? [] : [[app, migration.name] as const]
    }),
  )
  const { migrations } = await ask({
    detect: (given) =>
      detectMigrations({
        from: state,
        to,
        leaves,
        mentions: mentionsIn(graph.migrations.values()),
        optional: false,
        now,
        answers: given,
      }),
    questioner: async (questions) => {
      const evident = questions.filter(isEvident)
      if (evident.length > 0) return new Map(evident.map(({ key, kind }) => [key, answerTo(kind)]))
      return (questioner ?? nobody)(questions)
    },
    ...defined({ answers }),
  })
  return migrations.map((migration) => {
    const isFirst = ![...modelsOf(state)].some(({ app }) => app === migration.app)
    return isFirst ? migration : { ...migration, definition: { adopts: true, ...migration.definition } }
  })
}

/** Rows are not asked about: here nothing is done to them, and elsewhere they are looked at before anything is. */
function isEvident({ kind }: Question): boolean {
  return kind === 'notNullAlteration' || kind === 'relationChanged'
}

function answerTo(kind: Question['kind']) {
  return kind === 'relationChanged' ? ({ kind: 'keepRows' } as const) : ({ kind: 'none' } as const)
}
