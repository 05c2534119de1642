import type { MakeMigrationsResult } from '../../api/make-migrations.ts'
import type { Answers } from '../../autodetector/parse-answers.ts'
import { fail } from '../../errors/error.ts'
import { displayPath } from '../../lib/display-path.ts'
import type { Project } from '../../project/project.ts'
import { type Call, defineCommand, type FlagTable } from '../command.ts'
import { lostCommentLines } from '../lost-comments.ts'
import { inApps, madeLines } from '../made-migrations.ts'
import { say, type Terminal } from '../terminal.ts'

const flagTable = {
  dryRun: { help: 'Write nothing, only say what would be written; with -v 3 print the files' },
  check: { help: 'Write nothing; exit with 2 when something would be written' },
  empty: { help: 'Write an empty migration for each named app, to be filled by hand' },
  models: {
    value: 'MODEL,…',
    repeatable: true,
    help: 'With --empty: a step of code over these models, with the types of their rows as they are now',
  },
  merge: { help: 'Join the branches of an app that has several last migrations, once it is proven that they commute' },
  update: { help: 'Fold the changes into the last migration of each app, which no database may have applied' },
  name: { value: 'NAME', short: 'n', help: 'What follows the number in the name of the file' },
  answer: {
    value: 'KEY=VALUE',
    repeatable: true,
    help: 'Answer a question: billing.Invoice.status:fill="\'draft\'"',
  },
  answers: {
    value: 'FILE',
    help: 'Answers as a JSON object by the same keys: { "billing.Invoice.status:fill": "draft" }',
  },
  noHeader: { help: 'Leave out the comment that says when and by which version a file was written' },
} as const satisfies FlagTable

export const makeMigrationsCommand = defineCommand({
  name: 'makemigrations',
  summary: 'Write migrations for what changed in the models',
  details:
    'Compares the models with what the migrations add up to and writes the difference as new files; no database is looked at, but for\n' +
    '--update, which asks every database of the config (or the one that --database names) what it has applied.\n' +
    'What cannot be known is asked: whether a field was renamed, what rows that exist get in a new column. Without a terminal nothing is\n' +
    'guessed: it ends with the flags that answer. Read what was written, and commit it: other databases get the same change from it.',
  arguments: [{ name: 'app', help: 'Only these apps, and what they depend on', optional: true, repeatable: true }],
  flags: flagTable,
  examples: [
    { line: 'godwit makemigrations', does: 'all apps' },
    { line: 'godwit makemigrations billing -n paid_on', does: 'billing/migrations/0003_paid_on.ts' },
    { line: 'godwit makemigrations --dry-run -v 3', does: 'look at the files first' },
    { line: 'godwit makemigrations --check', does: 'for CI: exit code 2 when a migration is missing' },
    { line: 'godwit makemigrations billing --empty -n copy_totals', does: 'for a data migration' },
    {
      line: 'godwit makemigrations billing --empty -n totals --models Invoice,accounts.User',
      does: 'a data migration that the editor checks',
    },
    { line: 'godwit makemigrations --merge', does: 'after two branches each added a migration to the same app' },
    { line: 'godwit makemigrations --merge --answer billing:merge=yes', does: 'where you know what cannot be proven' },
    { line: 'godwit makemigrations --update', does: 'while a feature is being written: one migration, not five' },
    { line: 'godwit makemigrations --answer billing.Invoice.sum:renamedFrom=total', does: 'where nobody can be asked' },
  ],
  async run(call, terminal) {
    const { flags, global } = call
    refuseTogether(flags)
    const { loadProject } = await import('../../project/load-project.ts')
    const { chosenDatabase } = await import('../../project/project.ts')
    const { readAnswers } = await import('../read-answers.ts')
    const project = await loadProject({ config: global.config })
    // A name that means no database is refused here as everywhere, even where none is looked at.
    if (global.database !== undefined) chosenDatabase(project, global.database)
    const answers = await readAnswers(flags.answer, flags.answers)
    if (!flags.merge) return makeNew(call, terminal, { project, answers })
    const { mergeBranches } = await import('../merge-branches.ts')
    return mergeBranches({ ...(await wantedOf(call, terminal)), project, answers }, terminal)
  },
})

function refuseTogether({ merge, update, empty, models }: Call<typeof flagTable>['flags']): void {
  // Without --empty it is said elsewhere how --models is used.
  const withModels = (merge || update) && models.length > 0
  const flags = [merge && '--merge', update && '--update', empty && '--empty', withModels && '--models']
  const chosen = flags.filter((flag) => flag !== false)
  const [first, second] = chosen
  if (first === undefined || second === undefined) return
  fail('cli.conflictingFlags', { flags: [first, second], why: 'Each of them says which migrations are to be written.' })
}

/** What the three ways of making migrations are all told. */
async function wantedOf({ arguments: apps, flags }: Call<typeof flagTable>, terminal: Terminal) {
  return {
    apps,
    check: flags.check,
    dryRun: flags.dryRun || flags.check,
    header: !flags.noHeader,
    name: flags.name,
    ...(terminal.interactive && !flags.check ? { questioner: await questionerOn(terminal) } : {}),
  }
}

async function makeNew(
  call: Call<typeof flagTable>,
  terminal: Terminal,
  given: { readonly project: Project; readonly answers: Answers },
) {
  const { makeMigrations } = await import('../../api/make-migrations.ts')
  const { arguments: apps, flags, global } = call
  const { empty, update } = flags
  const models = flags.models.length === 0 ? undefined : flags.models.flatMap((names) => names.split(','))
  const wanted = await wantedOf(call, terminal)
  const result = await makeMigrations({ ...given, ...wanted, database: global.database, empty, models, update })
  const found = result.migrations.length + result.removed.length > 0
  if (flags.check && found)
    say(terminal, 'The models have changes that are in no migration; run `godwit makemigrations`.\n')
  for (const { model, field } of result.notices) {
    say(terminal, `Write \`null: true\` at ${model}.${field} as well, or the next makemigrations asks again.\n`)
  }
  for (const line of lostCommentLines(result.lostComments)) say(terminal, `${line}\n`)
  return {
    data: result,
    lines: terminal.verbosity === 0 ? [] : linesOf(result, apps, terminal, flags.dryRun),
    ...(flags.check && found ? { exitCode: 2 as const } : {}),
  }
}

async function questionerOn(terminal: Terminal) {
  const { promptingQuestioner } = await import('../questioner.ts')
  return promptingQuestioner({ input: terminal.input, output: terminal.stderr })
}

function linesOf(
  { migrations, removed, written }: MakeMigrationsResult,
  apps: readonly string[],
  terminal: Terminal,
  dryRun: boolean,
): readonly string[] {
  if (migrations.length + removed.length === 0) return [`No changes detected${inApps(apps)}`]
  const gone = removed.map((file) => `${written ? 'Deleted' : 'Would delete'} ${displayPath(file)}`)
  return [...madeLines(migrations, terminal, dryRun), ...gone]
}
