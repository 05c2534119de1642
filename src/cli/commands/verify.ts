import type { Finding, Severity, VerifyEvent, VerifyMigrationsResult } from '../../api/verify.ts'
import { fail } from '../../errors/error.ts'
import { counted } from '../../lib/counted.ts'
import { defineCommand } from '../command.ts'
import { duration } from '../duration.ts'
import { type Style, say, type Terminal } from '../terminal.ts'

export const verifyCommand = defineCommand({
  name: 'verify',
  summary: 'Try every migration on a scratch database, over generated rows',
  details:
    'Makes a scratch database of the kind that the config names (SQLite and PGlite in memory; on a server a new one beside yours, dropped at the\n' +
    'end) and takes the migrations one by one: puts rows into the tables, applies it, unapplies it, and applies it again with every step of SQL\n' +
    'and code run twice. After each of them the database is compared with what the operations say, and the rows with what they were. Never\n' +
    'touches a database that exists.\n' +
    'Errors (exit code 2): it fails over rows or on the way back, rows are lost that no operation says, the database is not as declared.\n' +
    'Warnings: no way back, values that come back as others, SQL and code that do more when they run twice, rows that could stand in the way. Notes: what\n' +
    'a removed model or field takes along, tables for which no rows could be made.\n' +
    'Code steps run for real. Where one needs what a scratch database has not (a service, files), --skip-code leaves them all out.',
  arguments: [{ name: 'app', help: 'Only the migrations of this app; what they need is applied', optional: true }],
  flags: {
    url: {
      value: 'URL',
      help: 'Make the scratch database here instead: sqlite::memory:, pglite:, or beside a database of any server',
    },
    seed: { value: 'N', help: 'Make other rows; 1 if not given. The same seed makes the same rows' },
    rows: { value: 'N', help: 'How many rows each table gets, from 1 to 1000; 8 if not given' },
    strict: { help: 'Warnings are errors' },
    skipCode: { help: 'Code steps do nothing; SQL runs all the same' },
  },
  examples: [
    { line: 'godwit verify', does: 'all migrations, on the kind of database of the config' },
    { line: 'godwit verify billing --strict', does: 'those of one app; what has no way back is an error' },
    { line: 'godwit verify --url pglite:', does: 'on PostgreSQL without a server' },
    { line: 'godwit verify --seed 7 --rows 50', does: 'other rows, and more of them' },
  ],
  async run({ arguments: [app], flags, global }, terminal) {
    const seed = readWhole('--seed', flags.seed, 0, 2 ** 32 - 1)
    const rows = readWhole('--rows', flags.rows, 1, 1000)
    const { verifyMigrations } = await import('../../api/verify.ts')
    const { loadProject } = await import('../../project/load-project.ts')
    const result = await verifyMigrations({
      project: await loadProject({ config: global.config }),
      app,
      database: global.database,
      url: flags.url,
      seed,
      rows,
      strict: flags.strict,
      skipCode: flags.skipCode,
      signal: terminal.interrupted,
      onEvent: telling(terminal),
    })
    return {
      data: result,
      lines: linesOf(result, terminal),
      ...(result.isVerified ? {} : { exitCode: 2 as const }),
    }
  },
})

function readWhole(flag: string, text: string | undefined, least: number, most: number): number | undefined {
  if (text === undefined) return undefined
  const number = Number(text)
  if (/^\d+$/.test(text) && number >= least && number <= most) return number
  return fail('cli.invalidFlagValue', { flag, value: text, expected: `a whole number from ${least} to ${most}` })
}

function telling(terminal: Terminal): (event: VerifyEvent) => void {
  return (event) => {
    switch (event.kind) {
      case 'open':
        say(terminal, `Verifying ${counted(event.migrations, 'migration')} on ${event.database}\n`)
        break
      case 'start':
        say(terminal, `  ${event.migration}… `)
        break
      case 'done':
        say(terminal, `${verdict(event.findings, terminal)} (${duration(event.milliseconds)})\n`)
        break
    }
  }
}

const styles = { error: 'red', warning: 'yellow', note: 'dim' } as const satisfies Record<Severity, Style>

function verdict(findings: readonly Finding[], terminal: Terminal): string {
  const counts = countsOf(findings.filter(({ severity }) => severity !== 'note'))
  if (counts === '') return terminal.progressStyle('green', 'ok')
  return terminal.progressStyle(findings.some(({ severity }) => severity === 'error') ? 'red' : 'yellow', counts)
}

function linesOf({ findings, migrations, seed, rows }: VerifyMigrationsResult, terminal: Terminal): readonly string[] {
  const groups = Map.groupBy(findings, ({ migration }) => migration ?? 'the whole history')
  const counts = countsOf(findings)
  return [
    ...[...groups].flatMap(([migration, own]) => [
      terminal.answerStyle('bold', migration),
      ...own.map(
        ({ severity, text }) =>
          `  ${terminal.answerStyle(styles[severity], severity)}${' '.repeat(8 - severity.length)}${text}`,
      ),
    ]),
    ...(findings.length > 0 ? [''] : []),
    `${counted(migrations.length, 'migration')} tried over ${counted(rows, 'row')} in each table (seed ${seed}): ${counts === '' ? 'nothing found' : counts}.`,
  ]
}

/** `2 errors, 1 warning`. */
function countsOf(findings: readonly Finding[]): string {
  return (['error', 'warning', 'note'] as const)
    .flatMap((severity) => {
      const count = findings.filter((finding) => finding.severity === severity).length
      return count === 0 ? [] : [counted(count, severity)]
    })
    .join(', ')
}
