import { fail } from '../errors/error.ts'
import type { Graph } from '../history/graph.ts'
import { keyOfMigration, type Migration, type MigrationKey } from '../history/migration.ts'
import { findMigration } from '../history/resolve-target.ts'
import { displayPath } from '../lib/display-path.ts'
import { optimize } from '../optimizer/optimize.ts'
import type { Project } from '../project/project.ts'
import { type CarriedOperation, type CarryOptions, carryCode } from '../rewriting/carried-code.ts'
import type { ProvedSquash } from '../rewriting/prove-squash.ts'
import { type ProvedPlan, provenSquash } from '../rewriting/proven-squash.ts'
import { cutInWords, type SquashOptions, squashName } from '../rewriting/squash.ts'
import { squashRange } from '../rewriting/squash-range.ts'
import { replaceFiles } from '../writer/replace-files.ts'
import { dialectsOf } from './dialects-of.ts'
import { loadGraph } from './load-graph.ts'
import { headerOf, type MadeMigration, presentMigration } from './made-migration.ts'
import { requirePlansAlike } from './plans-alike.ts'
import { type ProjectChoice, projectOf } from './project-of.ts'
import { proveTexts } from './prove-texts.ts'

export interface SquashMigrationsOptions extends ProjectChoice {
  readonly app: string
  /** The first migration to squash, by its name or the beginning of it; the first of the app if not given. */
  readonly start?: string | undefined
  /** The last one. */
  readonly migration: string
  /** What follows the number in the squash's name; `squashed_<last>` if not given. */
  readonly squashedName?: string | undefined
  /** `false`: the operations stay as they are, one after the other. */
  readonly optimize?: boolean | undefined
  /** `false`: no comment that says when and by which version a file was written. */
  readonly header?: boolean | undefined
  /** Writes nothing. */
  readonly dryRun?: boolean | undefined
  /** Asked once everything is known and proved, before anything is written; without it, it is written. */
  readonly confirm?: ((proposal: SquashProposal) => Promise<boolean>) | undefined
  /** The moment of writing; now if not given. */
  readonly now?: Date | undefined
}

export interface SquashedMigration extends MadeMigration {
  /** The migrations that it stands for, by name. */
  readonly replaces: readonly string[]
  readonly atomic: boolean
  /** How many operations they had between them. */
  readonly operationsBefore: number
  /** How operations that hold code came into the file. */
  readonly code: readonly CarriedOperation[]
}

/** What a squash comes to. */
export interface SquashProposal {
  readonly app: string
  /** The migrations of the range, in order. */
  readonly range: readonly string[]
  /** Several where one would be wrong. */
  readonly squashes: readonly SquashedMigration[]
  /** Those of the range that stay as they are, because they can be joined with neither neighbour. */
  readonly kept: readonly string[]
  /** Files that go, by absolute path: none, where the originals stay. */
  readonly removed: readonly string[]
  /** Where the range had to be cut, and why. */
  readonly cuts: readonly { readonly before: MigrationKey; readonly why: string }[]
  /** Comments of the files that go, which are in no other: none, where the originals stay. */
  readonly lostComments: readonly string[]
}

export interface SquashMigrationsResult extends SquashProposal {
  /** `false` after a dry run, and where `confirm` said no. */
  readonly written: boolean
}

/**
 * Writes migrations that stand for a range of an app's migrations, and proves first that they lead to the same State and to the same tables on every kind
 * of database in the config. The originals stay: databases that have applied a part of them go on with them. Opens no database.
 *
 * @example
 * const { squashes } = await squashMigrations({ cwd: '/srv/shop', app: 'billing', migration: '0004' })
 *
 * @throws squash.*, and what finding the migrations throws
 */
export async function squashMigrations(options: SquashMigrationsOptions): Promise<SquashMigrationsResult> {
  const project = await projectOf(options)
  const { header, now = new Date(), dryRun, confirm, squashedName } = options
  const chosen = await chosenRange(project, options)
  const { range } = chosen
  const plan = await plannedSquash(project, chosen, { ...options, nameOf: squashName(squashedName), elide: true })
  // The originals stay, so their names are taken.
  const taken = range.find(({ name }) => plan.squashes.some(({ migration }) => migration.name === name))
  if (taken !== undefined) fail('migrations.fileExists', { file: displayPath(taken.file ?? taken.name) })
  const squashes = await Promise.all(plan.squashes.map((squash) => present(squash, project, headerOf(header, now))))
  const proposal = proposalOf(range, plan, squashes)
  const wanted = dryRun !== true && (confirm === undefined || (await confirm(proposal)))
  if (wanted) await writeSquashes(squashes, plan)
  return { ...proposal, written: wanted }
}

/** The migrations of a project, and those among them that the options name. */
export async function chosenRange(
  project: Project,
  { app, start, migration, squashedName }: SquashMigrationsOptions,
): Promise<{ readonly graph: Graph; readonly range: readonly Migration[] }> {
  if (squashedName !== undefined && !/^[a-z]\w*$/i.test(squashedName)) {
    fail('cli.nameNotUsable', { name: squashedName, flag: '--squashed-name' })
  }
  const graph = await loadGraph(project)
  const find = (name: string): Migration => inForce(graph, findMigration(graph, app, name, project.apps.keys()))
  return { graph, range: squashRange(graph, find(migration), start === undefined ? undefined : find(start)) }
}

export interface PlanChoice extends Pick<SquashMigrationsOptions, 'start' | 'optimize'> {
  readonly nameOf: SquashOptions['nameOf']
  /** Whether steps may go that only a database with rows needs, where none can have any yet. */
  readonly elide: boolean
}

/** What a range comes to, proved, and planned for every kind of database of the project. */
export async function plannedSquash(
  project: Project,
  { graph, range }: { readonly graph: Graph; readonly range: readonly Migration[] },
  { start, nameOf, elide, optimize: optimized = true }: PlanChoice,
): Promise<ProvedPlan> {
  const dialects = await dialectsOf(project)
  const plan = provenSquash(graph, range, {
    fromTheBeginning: start === undefined,
    nameOf,
    optimize: (operations, of, { elide: mayElide }) =>
      optimized ? optimize(operations, of, { elide: elide && mayElide }) : operations,
    dialects,
  })
  for (const squash of plan.squashes) requirePlansAlike(squash, dialects)
  return plan
}

function inForce(graph: Graph, migration: Migration): Migration {
  const key = keyOfMigration(migration)
  const [squash] = graph.standIns.get(key) ?? []
  return squash === undefined ? migration : fail('squash.alreadyReplaced', { migration: key, squash })
}

/** A squash with the text of its file. */
export async function present(
  { migration, members, operationsBefore }: ProvedSquash,
  project: Project,
  header: string | false,
  carry: CarryOptions = {},
): Promise<SquashedMigration> {
  const { options, carried } = await carryCode(migration, members, carry)
  return {
    ...presentMigration(migration, project, { ...options, header }),
    replaces: members.map(({ name }) => name),
    atomic: migration.definition.atomic !== false,
    operationsBefore,
    code: carried,
  }
}

export function proposalOf(
  range: readonly Migration[],
  plan: ProvedPlan,
  squashes: readonly SquashedMigration[],
  { removed = [], lostComments = [] }: Partial<Pick<SquashProposal, 'removed' | 'lostComments'>> = {},
): SquashProposal {
  return {
    app: range[0]?.app ?? '',
    range: range.map(({ name }) => name),
    squashes,
    kept: plan.kept.map(({ name }) => name),
    removed,
    cuts: plan.cuts.map((cut) => ({ before: cut.before, why: cutInWords(cut) })),
    lostComments,
  }
}

/** The texts of squashes, loaded once for proof. */
async function writeSquashes(squashes: readonly SquashedMigration[], plan: ProvedPlan): Promise<void> {
  const texts = squashes.map(({ file, source }, index) => ({ file, text: source, squash: plan.squashes[index] }))
  await proveTexts(
    texts.flatMap(({ squash, ...text }) => (squash === undefined ? [] : [{ ...text, migration: squash.migration }])),
  )
  await replaceFiles(texts)
}
