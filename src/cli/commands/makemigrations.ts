import type { MadeMigration, MakeMigrationsResult } from '../../api/make-migrations.ts'
import { displayPath } from '../../lib/display-path.ts'
import { defineCommand } from '../command.ts'
import { say, type Terminal } from '../terminal.ts'

export const makeMigrationsCommand = defineCommand({
  name: 'makemigrations',
  summary: 'Write migrations for what changed in the models',
  details:
    'Compares the models with what the migrations add up to and writes the difference as new files; no database is looked at.\n' +
    'What cannot be known is asked: whether a field was renamed, what rows that exist get in a new column. Without a terminal nothing is\n' +
    'guessed: it ends with the flags that answer. Read what was written, and commit it: other databases get the same change from it.',
  arguments: [{ name: 'app', help: 'Only these apps, and what they depend on', optional: true, repeatable: true }],
  flags: {
    dryRun: { help: 'Write nothing, only say what would be written; with -v 3 print the files' },
    check: { help: 'Write nothing; exit with 2 when something would be written' },
    empty: { help: 'Write an empty migration for each named app, to be filled by hand' },
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
  },
  examples: [
    { line: 'godwit makemigrations', does: 'all apps' },
    { line: 'godwit makemigrations billing -n paid_on', does: 'billing/migrations/0003_paid_on.ts' },
    { line: 'godwit makemigrations --dry-run -v 3', does: 'look at the files first' },
    { line: 'godwit makemigrations --check', does: 'for CI: exit code 2 when a migration is missing' },
    { line: 'godwit makemigrations billing --empty -n copy_totals', does: 'for a data migration' },
    { line: 'godwit makemigrations --answer billing.Invoice.sum:renamedFrom=total', does: 'where nobody can be asked' },
  ],
  async run({ arguments: apps, flags, global }, terminal) {
    const { loadProject } = await import('../../project/load-project.ts')
    const { chosenDatabase } = await import('../../project/project.ts')
    const { makeMigrations } = await import('../../api/make-migrations.ts')
    const { readAnswers } = await import('../read-answers.ts')
    const project = await loadProject({ config: global.config })
    // No database is looked at, but a name that means none is refused here as everywhere.
    if (global.database !== undefined) chosenDatabase(project, global.database)
    const result = await makeMigrations({
      project,
      apps,
      database: global.database,
      answers: await readAnswers(flags.answer, flags.answers),
      dryRun: flags.dryRun || flags.check,
      empty: flags.empty,
      header: !flags.noHeader,
      name: flags.name,
      ...(terminal.interactive && !flags.check ? { questioner: await questionerOn(terminal) } : {}),
    })
    const found = result.migrations.length > 0
    if (flags.check && found)
      say(terminal, 'The models have changes that are in no migration; run `godwit makemigrations`.\n')
    for (const { model, field } of result.notices) {
      say(terminal, `Write \`null: true\` at ${model}.${field} as well, or the next makemigrations asks again.\n`)
    }
    return {
      data: result,
      lines: terminal.verbosity === 0 ? [] : linesOf(result, apps, terminal, flags.dryRun && terminal.verbosity === 3),
      ...(flags.check && found ? { exitCode: 2 as const } : {}),
    }
  },
})

async function questionerOn(terminal: Terminal) {
  const { promptingQuestioner } = await import('../questioner.ts')
  return promptingQuestioner({ input: terminal.input, output: terminal.stderr })
}

function linesOf(
  { migrations }: MakeMigrationsResult,
  apps: readonly string[],
  terminal: Terminal,
  withSource: boolean,
): readonly string[] {
  if (migrations.length === 0) return [`No changes detected${inApps(apps)}`]
  const byApp = Map.groupBy(migrations, (migration) => migration.app)
  return [...byApp].flatMap(([app, made]) => [
    terminal.answerStyle('bold', `Migrations for '${app}':`),
    ...made.flatMap((migration) => [...summaryOf(migration), ...(withSource ? sourceOf(migration) : [])]),
  ])
}

function summaryOf({ file, operations }: MadeMigration): readonly string[] {
  return [`  ${displayPath(file)}`, ...operations.map(({ symbol, description }) => `    ${symbol} ${description}`)]
}

function sourceOf({ file, source }: MadeMigration): readonly string[] {
  return ['', `// ${displayPath(file)}`, source]
}

function inApps(apps: readonly string[]): string {
  if (apps.length === 0) return ''
  return ` in ${apps.length === 1 ? 'app' : 'apps'} ${apps.map((app) => `'${app}'`).join(', ')}`
}
