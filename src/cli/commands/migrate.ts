import type { Interrupted, MigrateTarget } from '../../api/migrate.ts'
import type { PlannedSummary } from '../../api/plan-migrate.ts'
import { fail } from '../../errors/error.ts'
import type { Project } from '../../project/project.ts'
import { defineCommand, type Outcome } from '../command.ts'
import { askingOn, dependentInWords } from '../dependents.ts'
import { createProgress } from '../progress.ts'
import type { PromptStreams } from '../questioner.ts'
import { say, type Terminal } from '../terminal.ts'

export const migrateCommand = defineCommand({
  name: 'migrate',
  summary: 'Bring a database to the last migration, or to another one',
  details:
    'Applies what is not applied yet, each migration in a transaction together with its record. With a target that\n' +
    'is applied already, what comes after it is unapplied. Any number of processes may do it at once; a run that was killed is\n' +
    'completed by the next.',
  arguments: [
    { name: 'app', help: 'Only this app, and what it depends on', optional: true },
    {
      name: 'migration',
      help: 'The last one to be applied: its name, the beginning of it, or "zero" for none',
      optional: true,
    },
  ],
  flags: {
    plan: { help: 'Only say what would be done' },
    check: { help: 'Do nothing; exit with 2 when something would be done' },
    fake: {
      help: 'Record as applied (or unapplied) and leave the tables alone: they are as the migration says already',
    },
    wait: { value: 'SECONDS', help: 'How long to wait for another migrate; 600 if not given' },
    lockTimeout: {
      value: 'SECONDS',
      help: 'How long one statement may wait for a lock in the database; 2 if not given (SQLite: 5)',
    },
    lockRetries: { value: 'N', help: 'How often a transaction that gave up waiting is tried again; 20 if not given' },
    statementTimeout: { value: 'SECONDS', help: 'How long one statement may take; as long as it needs if not given' },
    takeAlong: {
      help: 'Let go what no migration made and the database drops, or leaves broken, along with a change',
    },
    codeTimeout: { value: 'SECONDS', help: 'How long a runCode may send nothing to the database; 60 if not given' },
    interrupted: {
      value: 'done|again',
      help: 'Of a statement outside a transaction that a killed run left behind: it took effect, or is to run again',
    },
  },
  examples: [
    { line: 'godwit migrate', does: 'apply everything' },
    { line: 'godwit migrate --plan', does: 'look first' },
    { line: 'godwit migrate billing 0002', does: 'forwards or backwards to billing.0002_…' },
    { line: 'godwit migrate billing zero', does: 'unapply all of billing, and what depends on it' },
    { line: 'godwit migrate --lock-timeout 0.5', does: 'keep out of the way of a database in heavy use' },
    { line: 'godwit migrate --check', does: 'for a deployment: exit code 2 when migrations are not applied' },
    { line: 'godwit migrate --database replica --json', does: 'another database of the config; the result as JSON' },
  ],
  async run({ arguments: [app, migration], flags, global }, terminal) {
    const { loadProject } = await import('../../project/load-project.ts')
    const project = await loadProject({ config: global.config })
    const target: MigrateTarget = {
      project,
      database: global.database,
      app,
      migration,
    }
    if (flags.plan || flags.check) return plan(target, flags, terminal)
    const interrupted = readInterrupted(flags.interrupted)
    const patience = {
      wait: readSeconds('--wait', flags.wait),
      lockTimeout: readSeconds('--lock-timeout', flags.lockTimeout, 'above 0'),
      lockRetries: readCount('--lock-retries', flags.lockRetries),
      statementTimeout: readSeconds('--statement-timeout', flags.statementTimeout, 'above 0'),
    }
    const codeTimeout = readSeconds('--code-timeout', flags.codeTimeout)
    const { migrate } = await import('../../api/migrate.ts')
    const progress = createProgress(terminal, heading(project, app, migration, terminal))
    try {
      const result = await migrate({
        ...target,
        fake: flags.fake,
        signal: terminal.interrupted,
        onEvent: progress.onEvent,
        onDependents: flags.takeAlong ? async () => true : askingOn(streamsOf(terminal), progress),
        ...patience,
        codeTimeout,
        interrupted,
      })
      if (result.applied.length === 0) say(terminal, '  No migrations to apply.\n')
      return { data: result, lines: [] }
    } catch (error) {
      progress.failed()
      throw error
    }
  },
})

/** Where somebody can be asked, if there is somebody. */
function streamsOf({ interactive, input, stderr }: Terminal): PromptStreams | undefined {
  return interactive ? { input, output: stderr } : undefined
}

async function plan(
  target: MigrateTarget,
  flags: { readonly plan: boolean; readonly check: boolean; readonly fake: boolean },
  terminal: Terminal,
): Promise<Outcome> {
  const { planMigrate } = await import('../../api/plan-migrate.ts')
  const result = await planMigrate({ ...target, fake: flags.fake })
  const open = flags.check && result.planned.length > 0
  if (open && !flags.plan) {
    const names = result.planned.map(({ app, name }) => `${app}.${name}`)
    say(
      terminal,
      `Not ${result.planned[0]?.direction === 'backwards' ? 'unapplied' : 'applied'} yet: ${names.join(', ')}\n`,
    )
  }
  return {
    data: result,
    lines: flags.plan ? planLines(result.planned, terminal) : [],
    ...(open ? { exitCode: 2 as const } : {}),
  }
}

function planLines(planned: readonly PlannedSummary[], terminal: Terminal): readonly string[] {
  const title = terminal.answerStyle('bold', 'Planned operations:')
  if (planned.length === 0) return [title, '  No planned migration operations.']
  return [
    title,
    ...planned.flatMap(({ app, name, operations, dependents = [] }) => [
      terminal.answerStyle('cyan', `${app}.${name}`),
      ...operations.map(({ description }) => `    ${description}`),
      ...dependents.map((dependent) => `    ${dependentInWords(dependent)}`),
    ]),
  ]
}

function heading(project: Project, app: string | undefined, migration: string | undefined, terminal: Terminal): string {
  const title = terminal.progressStyle('bold', 'Operations to perform:')
  if (migration === 'zero') return `${title}\n  Unapply all migrations: ${app}\n`
  if (migration !== undefined) return `${title}\n  Target specific migration: ${migration}, from ${app}\n`
  return `${title}\n  Apply all migrations: ${app ?? [...project.apps.keys()].join(', ')}\n`
}

/** Seconds as milliseconds. To a server a timeout of 0 is none at all, which whoever says 0 does not mean. */
function readSeconds(flag: string, text: string | undefined, bound?: 'above 0'): number | undefined {
  if (text === undefined) return undefined
  const seconds = Number(text)
  const isTooLittle = bound === 'above 0' ? seconds <= 0 : seconds < 0
  if (text.trim() === '' || !Number.isFinite(seconds) || isTooLittle) {
    fail('cli.invalidFlagValue', { flag, value: text, expected: ['a number of seconds', bound ?? ''].join(' ').trim() })
  }
  return seconds * 1000
}

function readCount(flag: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined
  if (!/^\d{1,6}$/.test(text))
    fail('cli.invalidFlagValue', { flag, value: text, expected: 'a whole number, 0 for none' })
  return Number(text)
}

function readInterrupted(text: string | undefined): Interrupted | undefined {
  if (text === undefined || text === 'done' || text === 'again') return text
  return fail('cli.invalidFlagValue', { flag: '--interrupted', value: text, expected: 'done or again' })
}
