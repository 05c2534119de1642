import type { FinishSquashOptions, FinishSquashResult } from '../../api/finish-squash.ts'
import { fail } from '../../errors/error.ts'
import { defineCommand, type Outcome } from '../command.ts'
import { finishedLines, finishLines, proposalLines, squashLines } from '../squash-lines.ts'
import { say, type Terminal } from '../terminal.ts'

export const squashMigrationsCommand = defineCommand({
  name: 'squashmigrations',
  summary: 'Replace a range of migrations by one',
  details:
    'Writes one migration that leads where the range leads, and says in `replaces` what it stands for. The originals stay for now: a new database\n' +
    'runs the squash, one that has applied a part of the range goes on with the originals, and one that is past them counts the squash as applied.\n' +
    'It is proved before it is written: the same State, and the same tables on every kind of database in the config, none of which is opened.\n' +
    'Where one migration would make apps wait for each other, move code across what it reads, or take into a transaction what can be part of\n' +
    'none, several are written. Functions that the originals export by name are imported from them; others are written out. Steps that\n' +
    'say `elidable` are left out where the range begins with the app, as no row can be there yet.\n' +
    'Once every database has run it, --finish takes the originals away.',
  arguments: [
    { name: 'app', help: 'The app, by its label in the config' },
    { name: 'start', help: 'The first migration to squash; the first of the app if not given', optional: true },
    {
      name: 'migration',
      help: 'The last one: its name, or the beginning of it; with --finish the squash, or nothing for every squash of the app',
      optional: true,
    },
  ],
  flags: {
    squashedName: { value: 'NAME', help: 'What follows the number in the name of the file' },
    noOptimize: { help: 'Keep every operation as it is, one after the other' },
    noHeader: { help: 'Leave out the comment that says when and by which version a file was written' },
    dryRun: { help: 'Write nothing, only say what would be written; with -v 3 print the files' },
    unapplied: {
      help: 'For migrations that no database has applied, such as those of a branch: the originals go, and nothing says that they were',
    },
    finish: {
      help: 'Once every database is past a squash (or all of the app): take the originals and `replaces` away',
    },
    yes: { help: 'Do not ask, as --no-input' },
  },
  examples: [
    { line: 'godwit squashmigrations billing 0004', does: 'billing.0001_… to billing.0004_… become one' },
    { line: 'godwit squashmigrations billing 0002 0004', does: 'from the second to the fourth' },
    { line: 'godwit squashmigrations billing 0004 --dry-run -v 3', does: 'look at the file first' },
    { line: 'godwit squashmigrations billing 0007 0011 --unapplied', does: 'before a branch is merged' },
    { line: 'godwit squashmigrations billing --finish', does: 'when every database has run the squash' },
  ],
  async run({ arguments: [app = '', ...names], flags, global }, terminal) {
    const { loadProject } = await import('../../project/load-project.ts')
    refuseConflicts(flags)
    const { chosenDatabase } = await import('../../project/project.ts')
    const project = await loadProject({ config: global.config })
    // None is looked at, or all are; but a name that means none is refused here as everywhere.
    if (global.database !== undefined) chosenDatabase(project, global.database)
    const asks = terminal.interactive && !flags.yes && !flags.dryRun
    const [start, end] = names.length > 1 ? names : [undefined, names[0]]
    if (flags.finish) {
      if (start !== undefined) {
        fail('cli.tooManyArguments', { command: 'squashmigrations', argument: names[1] ?? '', usage: finishUsage })
      }
      return finish({ project, app, migration: end, dryRun: flags.dryRun }, asks, terminal)
    }
    if (end === undefined) {
      fail('cli.missingArgument', { command: 'squashmigrations', argument: 'migration', usage: squashUsage })
    }
    const squash = flags.unapplied
      ? (await import('../../api/squash-unapplied.ts')).squashUnapplied
      : (await import('../../api/squash-migrations.ts')).squashMigrations
    const result = await squash({
      project,
      app,
      start,
      migration: end,
      squashedName: flags.squashedName,
      optimize: !flags.noOptimize,
      header: !flags.noHeader,
      dryRun: flags.dryRun,
      ...(asks ? { confirm: askOn(terminal, (proposal) => proposalLines(proposal, !flags.noOptimize)) } : {}),
    })
    if (result.written && !flags.unapplied) say(terminal, advice(app))
    const proposal = asks ? [] : proposalLines(result, !flags.noOptimize)
    const outcome = squashLines(
      result,
      { dryRun: flags.dryRun, withSource: flags.dryRun && terminal.verbosity === 3 },
      terminal,
    )
    return { data: result, lines: terminal.verbosity === 0 ? [] : [...proposal, ...outcome] }
  },
})

const squashUsage = 'godwit squashmigrations <app> [start] <migration>'
const finishUsage = 'godwit squashmigrations <app> [migration] --finish'

interface Modes {
  readonly unapplied: boolean
  readonly finish: boolean
  readonly noOptimize: boolean
  readonly squashedName: string | undefined
}

function refuseConflicts({ unapplied, finish: finishes, noOptimize, squashedName }: Modes): void {
  if (!finishes) return
  const why = 'Taking the originals away makes no new migration.'
  if (unapplied) fail('cli.conflictingFlags', { flags: ['--unapplied', '--finish'], why })
  if (noOptimize) fail('cli.conflictingFlags', { flags: ['--no-optimize', '--finish'], why })
  if (squashedName !== undefined) fail('cli.conflictingFlags', { flags: ['--squashed-name', '--finish'], why })
}

async function finish(options: FinishSquashOptions, asks: boolean, terminal: Terminal): Promise<Outcome> {
  const { finishSquash } = await import('../../api/finish-squash.ts')
  const result = await finishSquash({ ...options, ...(asks ? { confirm: askOn(terminal, finishLines) } : {}) })
  if (result.written) say(terminal, adviceAfterFinish(result))
  const lines = [...(asks ? [] : finishLines(result)), ...finishedLines(result, options.dryRun === true)]
  return { data: result, lines: terminal.verbosity === 0 ? [] : lines }
}

function askOn<Proposal>(terminal: Terminal, linesOf: (proposal: Proposal) => readonly string[]) {
  return async (proposal: Proposal): Promise<boolean> => {
    const { confirmOn } = await import('../confirm.ts')
    for (const line of linesOf(proposal)) terminal.stderr.write(`${line}\n`)
    return confirmOn({ input: terminal.input, output: terminal.stderr }, 'Do you wish to proceed?')
  }
}

function advice(app: string): string {
  return (
    'Commit it, and leave the originals where they are: a database that has applied a part of them goes on with them.\n' +
    `Once every database has run \`godwit migrate\`, take them away with \`godwit squashmigrations ${app} --finish\`.\n`
  )
}

function adviceAfterFinish({ app, squashes }: FinishSquashResult): string {
  const names = squashes.map(({ name }) => `${app}.${name}`).join(', ')
  return (
    `Before this is deployed anywhere else, the database there must have run \`godwit migrate\` with ${names} among the files:\n` +
    `\`godwit showmigrations ${app}\` shows it as applied then. One that stopped in between would know neither the way on nor back.\n` +
    `The rows of the originals can be taken out of each record with \`godwit migrate ${app} --prune\`.\n`
  )
}
