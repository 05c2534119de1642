import type { OptimizeMigrationResult } from '../../api/optimize-migration.ts'
import { displayPath } from '../../lib/display-path.ts'
import { defineCommand } from '../command.ts'
import { say, type Terminal } from '../terminal.ts'

export const optimizeMigrationCommand = defineCommand({
  name: 'optimizemigration',
  summary: 'Write a migration anew with fewer operations',
  details:
    'Merges the operations of one migration where that changes nothing: a field that is added and then altered is added as it is in the end.\n' +
    'It is proved before it is written: the same State, and the same tables on every kind of database in the config. SQL and code stay where\n' +
    'they are, and nothing is moved past them. The file is changed in place; what stays in it stays as it is written, comments included.\n' +
    'It is for a migration that no database has applied: every database of the config is asked (or the one that --database names), and one\n' +
    'that has applied it is a reason not to. For migrations that are out in the world there is squashmigrations.',
  arguments: [
    { name: 'app', help: 'The app, by its label in the config' },
    { name: 'migration', help: 'The name of the migration, or the beginning of it' },
  ],
  flags: {
    check: { help: 'Write nothing; exit with 2 when the migration can be shortened' },
    dryRun: { help: 'Write nothing, only say what would be written; with -v 3 print the file' },
  },
  examples: [
    { line: 'godwit optimizemigration billing 0004', does: 'billing.0004_… with fewer operations, if it can be' },
    { line: 'godwit optimizemigration billing 0004 --dry-run -v 3', does: 'look at the file first' },
    { line: 'godwit optimizemigration billing 0004 --check', does: 'for CI: exit code 2 when it can be shortened' },
  ],
  async run({ arguments: [app = '', migration = ''], flags, global }, terminal) {
    const { loadProject } = await import('../../project/load-project.ts')
    const { optimizeMigration } = await import('../../api/optimize-migration.ts')
    const project = await loadProject({ config: global.config })
    const dryRun = flags.dryRun || flags.check
    const result = await optimizeMigration({ project, app, migration, database: global.database, dryRun })
    for (const line of warnings(result)) say(terminal, `${line}\n`)
    const found = flags.check && result.optimized !== undefined
    if (found) {
      const name = `${result.app} ${result.name}`
      say(terminal, `It can be shortened; run \`godwit optimizemigration ${name}\`.\n`)
    }
    return {
      data: result,
      lines: terminal.verbosity === 0 ? [] : linesOf(result, terminal, flags.dryRun),
      ...(found ? { exitCode: 2 as const } : {}),
    }
  },
})

function warnings({ notAsked, lostComments, name }: OptimizeMigrationResult): readonly string[] {
  return [
    ...notAsked.map(
      ({ database, reason }) => `Whether ${name} is applied in the database "${database}" could not be seen: ${reason}`,
    ),
    ...(lostComments.length === 0 ? [] : ['Comments of operations that were merged are left out:', ...lostComments]),
  ]
}

function linesOf(
  { optimized, operationsBefore, written }: OptimizeMigrationResult,
  terminal: Terminal,
  dryRun: boolean,
): readonly string[] {
  if (optimized === undefined) return ['No optimizations possible.']
  const { file, operations, source } = optimized
  return [
    `Optimizing from ${count(operationsBefore)} to ${count(operations.length)}.`,
    ...operations.map(({ symbol, description }) => `  ${symbol} ${description}`),
    ...(written ? [`Optimized migration ${displayPath(file)}`] : []),
    ...(dryRun && terminal.verbosity === 3 ? ['', `// ${displayPath(file)}`, source] : []),
  ]
}

function count(operations: number): string {
  return operations === 1 ? '1 operation' : `${operations} operations`
}
