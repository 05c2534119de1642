import type { Interrupted, MigrateTarget } from '../../api/migrate.ts'
import type { PlanMigrateResult, PlannedSummary } from '../../api/plan-migrate.ts'
import { fail } from '../../errors/error.ts'
import type { Project } from '../../project/project.ts'
import { defineCommand, type Outcome } from '../command.ts'
import { askingOn, dependentInWords } from '../dependents.ts'
import { askingAboutEdits, askingAboutRenames, plainlyMissing, sayAmended, sayFindings } from '../edited-history.ts'
import { readHistoryAnswers } from '../history-answers.ts'
import { askingToUnapply, lossLines, readUnapplied, sayMissing } from '../missing.ts'
import { createProgress } from '../progress.ts'
import { prune } from '../prune.ts'
import type { PromptStreams } from '../questioner.ts'
import { readSeconds } from '../read-seconds.ts'
import { say, type Terminal } from '../terminal.ts'
import { askingAboutUnseen, splitAnswers } from '../unseen-steps.ts'

export const migrateCommand = defineCommand({
  name: 'migrate',
  summary: 'Bring a database to the last migration, or to another one',
  details:
    'Applies what is not applied yet, each migration in a transaction together with its record; where the database commits DDL by\n' +
    'itself, statement by statement, each noted in a journal. With a target that is applied already, what comes after it is unapplied.\n' +
    'Any number of processes may do it at once; a run that was killed is completed by the next, from exactly where it was, or brought\n' +
    'back by --rollback. It is about one database of the config: `default`, or the one that --database names; of a router, it does\n' +
    'there what the router says lives there, and records all.',
  arguments: [
    { name: 'app', help: 'Only this app, and what it depends on', optional: true },
    {
      name: 'migration',
      help: 'The last one to be applied: its name, the beginning of it, or "zero" for none',
      optional: true,
    },
  ],
  flags: {
    plan: { help: 'Only say what would be done; exit with 2 when it could not, as a step has no way back' },
    check: { help: 'Do nothing; exit with 2 when something would be done' },
    rollback: {
      help: 'Only bring back what an earlier run has left half-way, to where it began: with an app, of that app',
    },
    fake: {
      help: 'Record as applied (or unapplied) and leave the tables alone: they are as the migration says already',
    },
    fakeInitial: {
      help: 'Record an initial migration whose tables are there, if the database holds all that it makes; else say what differs',
    },
    prune: {
      help: 'Of the named app, only remove from the record what has no file any more; the tables stay as they are',
    },
    unapplyMissing: {
      help: 'First unapply what is applied and has no file here, as after a switch to another branch; shows the plan, and asks',
    },
    acceptEdited: {
      value: 'NAME',
      repeatable: true,
      help: 'Record an applied migration as its file says by now, if the database agrees: billing.0003_status',
    },
    answer: {
      value: 'KEY=VALUE',
      repeatable: true,
      help: 'Agree: blog.0007_tags:missing=unapply, shop.0001_initial:steps=done, blog.0003_a:renamedTo=0003_b',
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
    allowTableCopy: {
      help: 'Where the server refuses the way that was planned for a statement, let it copy the table, and writers wait meanwhile',
    },
    codeTimeout: { value: 'SECONDS', help: 'How long a runCode may send nothing to the database; 60 if not given' },
    interrupted: {
      value: 'done|again',
      help: 'Of a statement that a killed run left behind and of which nobody can see it: it took effect, or is to run again',
    },
  },
  examples: [
    { line: 'godwit migrate', does: 'apply everything' },
    { line: 'godwit migrate --plan', does: 'look first' },
    { line: 'godwit migrate billing 0002', does: 'forwards or backwards to billing.0002_…' },
    { line: 'godwit migrate billing zero', does: 'unapply all of billing, and what depends on it' },
    { line: 'godwit migrate --rollback', does: 'undo what was done of a migration that failed half-way' },
    {
      line: 'godwit migrate --fake-initial',
      does: 'over a database that has the tables already: compare, record, and apply the rest',
    },
    { line: 'godwit migrate --lock-timeout 0.5', does: 'keep out of the way of a database in heavy use' },
    {
      line: 'godwit migrate --unapply-missing',
      does: 'take back what another branch did, and apply what this one has',
    },
    { line: 'godwit migrate billing --prune --plan', does: 'what a finished squash left in the record of billing' },
    {
      line: 'godwit migrate --accept-edited billing.0003',
      does: 'the file was edited, and the database already is as it says: look, and record it',
    },
    { line: 'godwit migrate --check', does: 'for a deployment: exit code 2 when migrations are not applied' },
    { line: 'godwit migrate --database analytics --json', does: 'another database of the config; the result as JSON' },
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
    if (flags.prune) {
      refuseBesidesPrune(migration, flags)
      if (app === undefined) return fail('cli.pruneNeedsApp', {})
      const wait = readSeconds('--wait', flags.wait)
      return prune(project, { app, database: global.database, plan: flags.plan, wait }, terminal)
    }
    if (flags.rollback) refuseBesidesRollback(migration, flags)
    if (flags.fake && flags.fakeInitial) {
      const why = '--fake records without looking, --fake-initial only what it has compared.'
      fail('cli.conflictingFlags', { flags: ['--fake', '--fake-initial'], why })
    }
    const interrupted = readInterrupted(flags.interrupted)
    if (flags.plan || flags.check) return plan({ ...target, interrupted }, flags, terminal)
    const patience = {
      wait: readSeconds('--wait', flags.wait),
      lockTimeout: readSeconds('--lock-timeout', flags.lockTimeout, 'above 0'),
      lockRetries: readCount('--lock-retries', flags.lockRetries),
      statementTimeout: readSeconds('--statement-timeout', flags.statementTimeout, 'above 0'),
    }
    const codeTimeout = readSeconds('--code-timeout', flags.codeTimeout)
    const history = readHistoryAnswers(flags.answer)
    const answers = splitAnswers(history.others)
    const agreed = readUnapplied(answers.others)
    const { migrate } = await import('../../api/migrate.ts')
    const progress = createProgress(terminal, heading(project, { app, migration, rollback: flags.rollback }, terminal))
    try {
      const result = await migrate({
        ...target,
        fake: flags.fake,
        fakeInitial: flags.fakeInitial,
        onUnseenSteps: askingAboutUnseen(streamsOf(terminal), answers.done, progress),
        acceptEdited: flags.acceptEdited,
        onUnseenEdits: askingAboutEdits(streamsOf(terminal), history, progress),
        onRenamed: askingAboutRenames(streamsOf(terminal), history, progress),
        rollback: flags.rollback,
        allowTableCopy: flags.allowTableCopy,
        signal: terminal.interrupted,
        onEvent: progress.onEvent,
        ...(flags.unapplyMissing && {
          onMissing: askingToUnapply(streamsOf(terminal), agreed, {
            pause: progress.pause,
            say: (text) => say(terminal, text),
          }),
        }),
        onDependents: flags.takeAlong ? async () => true : askingOn(streamsOf(terminal), progress),
        ...patience,
        codeTimeout,
        interrupted,
      })
      if (result.applied.length + result.adopted.length === 0)
        say(terminal, flags.rollback ? '  No migration is half-way.\n' : '  No migrations to apply.\n')
      if (result.applied.some(({ fake, verified }) => fake && verified === undefined))
        say(terminal, '  Recorded unseen. Whether the database is what the migrations say: `godwit drift`\n')
      for (const squash of result.squashes) say(terminal, `  Recorded ${squash}: all that it replaces is applied.\n`)
      sayAmended(result, terminal)
      sayFindings(result.findings, terminal, 'warning')
      sayMissing(plainlyMissing(result.missing, result.findings), terminal)
      sayOthers(project, global.database, terminal)
      return { data: result, lines: [] }
    } catch (error) {
      progress.failed()
      throw error
    }
  },
})

/** Pruning is about rows without files, so what is about migrations or tables makes no sense beside it. */
function refuseBesidesPrune(
  migration: string | undefined,
  flags: {
    readonly check: boolean
    readonly fake: boolean
    readonly fakeInitial: boolean
    readonly unapplyMissing: boolean
    readonly acceptEdited: readonly string[]
    readonly rollback: boolean
  },
): void {
  const why = 'Pruning only removes rows of the record that have no file.'
  if (migration !== undefined) fail('cli.conflictingFlags', { flags: ['--prune', migration], why })
  const others = {
    '--check': flags.check,
    '--fake': flags.fake,
    '--fake-initial': flags.fakeInitial,
    '--unapply-missing': flags.unapplyMissing,
    '--accept-edited': flags.acceptEdited.length > 0,
    '--rollback': flags.rollback,
  }
  const other = Object.entries(others).find(([, isGiven]) => isGiven)?.[0]
  if (other !== undefined) fail('cli.conflictingFlags', { flags: ['--prune', other], why })
}

/** What is half-way goes back to where it began, and to no other place. */
function refuseBesidesRollback(
  migration: string | undefined,
  flags: { readonly fake: boolean; readonly fakeInitial: boolean; readonly unapplyMissing: boolean },
): void {
  const why = 'It only brings back what is half-way, to where it began.'
  if (migration !== undefined) fail('cli.conflictingFlags', { flags: ['--rollback', migration], why })
  const others = {
    '--fake': flags.fake,
    '--fake-initial': flags.fakeInitial,
    '--unapply-missing': flags.unapplyMissing,
  }
  const other = Object.entries(others).find(([, isGiven]) => isGiven)?.[0]
  if (other !== undefined) fail('cli.conflictingFlags', { flags: ['--rollback', other], why })
}

/** Where a router spreads the project over several databases, one that is brought up to date is not all of it. */
function sayOthers({ router, databases }: Project, chosen: string | undefined, terminal: Terminal): void {
  if (router === undefined || chosen !== undefined) return
  const others = [...databases.keys()].filter((name) => name !== 'default')
  for (const name of others)
    say(terminal, `  The other databases have records of their own: godwit migrate --database ${name}\n`)
}

/** Where somebody can be asked, if there is somebody. */
function streamsOf({ interactive, input, stderr }: Terminal): PromptStreams | undefined {
  return interactive ? { input, output: stderr } : undefined
}

async function plan(
  target: MigrateTarget & { readonly interrupted: Interrupted | undefined },
  flags: {
    readonly plan: boolean
    readonly check: boolean
    readonly fake: boolean
    readonly fakeInitial: boolean
    readonly unapplyMissing: boolean
    readonly rollback: boolean
    readonly acceptEdited: readonly string[]
    readonly answer: readonly string[]
  },
  terminal: Terminal,
): Promise<Outcome> {
  const { planMigrate } = await import('../../api/plan-migrate.ts')
  const { fake, fakeInitial, unapplyMissing, rollback, acceptEdited, answer } = flags
  const { renamedTo } = readHistoryAnswers(answer)
  const result = await planMigrate({
    ...target,
    fake,
    fakeInitial,
    unapplyMissing,
    rollback,
    acceptEdited,
    onRenamed: async ({ from }) => renamedTo.get(from),
  })
  sayAmended(result, terminal, true)
  sayFindings(result.findings, terminal, 'warning')
  sayMissing(plainlyMissing(result.missing, result.findings), terminal)
  const open = flags.check && result.planned.length + result.adopted.length > 0
  if (open && !flags.plan) {
    const adopted = result.adopted.flatMap(({ baselines }) => baselines)
    if (adopted.length > 0) say(terminal, `Not adopted yet: ${adopted.join(', ')}\n`)
    for (const [direction, planned] of Map.groupBy(result.planned, (summary) => summary.direction)) {
      const names = planned.map(({ app, name }) => `${app}.${name}`)
      say(terminal, `Not ${direction === 'backwards' ? 'unapplied' : 'applied'} yet: ${names.join(', ')}\n`)
    }
  }
  const isRefused = result.planned.some(({ operations }) => operations.some(({ irreversible }) => irreversible))
  if (isRefused)
    say(terminal, 'Nothing of this would be done: what is IRREVERSIBLE has no way back (--fake only records it).\n')
  return {
    data: result,
    lines: flags.plan
      ? [...adoptedLines(result.adopted), ...planLines(result.planned, terminal), ...lossLines(result.losses)]
      : [],
    ...(open || isRefused ? { exitCode: 2 as const } : {}),
  }
}

/** The rows that would be swapped before anything else. */
function adoptedLines(adopted: PlanMigrateResult['adopted']): readonly string[] {
  return adopted.flatMap(({ baselines, replaced }) => [
    `Adopt ${baselines.join(', ')}: the tables are what it makes, so its rows take the place of ${replaced.join(', ')}`,
  ])
}

function planLines(planned: readonly PlannedSummary[], terminal: Terminal): readonly string[] {
  const title = terminal.answerStyle('bold', 'Planned operations:')
  if (planned.length === 0) return [title, '  No planned migration operations.']
  return [
    title,
    ...planned.flatMap(({ app, name, operations, held, unseen = [], halfWay, dependents = [] }) => [
      `${terminal.answerStyle('cyan', `${app}.${name}`)}${held ? ' (only recorded: the database holds all that it makes)' : ''}${halfWay === undefined ? '' : ` (half-way: ${stepsIn(halfWay)})`}`,
      ...operations.map(
        ({ description, irreversible, elsewhere }) =>
          `    ${description}${irreversible ? ' -> IRREVERSIBLE' : ''}${elsewhere ? ' (lives in another database)' : ''}`,
      ),
      ...unseen.map((step) => `    Nothing shows whether this was carried out, so migrate asks: ${step}`),
      ...(halfWay === undefined ? [] : ['    Left to do:', ...halfWay.left.map((step) => `      ${step}`)]),
      ...dependents.map((dependent) => `    ${dependentInWords(dependent)}`),
    ]),
  ]
}

function stepsIn({ done, total }: NonNullable<PlannedSummary['halfWay']>): string {
  return total === undefined ? `${done} steps done` : `${done} of ${total} steps done`
}

function heading(
  project: Project,
  {
    app,
    migration,
    rollback,
  }: { readonly app: string | undefined; readonly migration: string | undefined; readonly rollback: boolean },
  terminal: Terminal,
): string {
  const title = terminal.progressStyle('bold', 'Operations to perform:')
  if (rollback) return `${title}\n  Bring back what is half-way: ${app ?? [...project.apps.keys()].join(', ')}\n`
  if (migration === 'zero') return `${title}\n  Unapply all migrations: ${app}\n`
  if (migration !== undefined) return `${title}\n  Target specific migration: ${migration}, from ${app}\n`
  return `${title}\n  Apply all migrations: ${app ?? [...project.apps.keys()].join(', ')}\n`
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
