import type { ShownApp, ShownMigration } from '../../api/show-migrations.ts'
import { fail } from '../../errors/error.ts'
import { defineCommand } from '../command.ts'
import { plainlyMissing, sayFindings } from '../edited-history.ts'
import { sayMissing } from '../missing.ts'
import type { Terminal } from '../terminal.ts'

export const showMigrationsCommand = defineCommand({
  name: 'showmigrations',
  summary: 'List the migrations and which of them are applied',
  details:
    '[X] is applied to the database, [ ] is not yet. [~] 3/7 is half-way: 3 of its 7 steps are done, and the next migrate goes on\n' +
    'there (--rollback brings it back instead). [-] is a squash of which all that it replaces is applied, and which the\n' +
    'next migrate records. A squash that cannot be used, as only a part is applied, gives way to what it replaces. Changes nothing.',
  arguments: [{ name: 'app', help: 'Only these apps', optional: true, repeatable: true }],
  flags: {
    list: { short: 'l', help: 'By app (the default); when each was applied at -v 2' },
    plan: { short: 'p', help: 'In the order in which they are applied; what each depends on at -v 2' },
  },
  examples: [
    { line: 'godwit showmigrations', does: 'all apps' },
    { line: 'godwit showmigrations billing -v 2', does: 'with the time of application' },
    { line: 'godwit showmigrations --plan', does: 'in the order of application' },
  ],
  async run({ arguments: apps, flags, global }, terminal) {
    if (flags.list && flags.plan) {
      fail('cli.conflictingFlags', { flags: ['--list', '--plan'], why: 'They are two orders of the same list.' })
    }
    const { loadProject } = await import('../../project/load-project.ts')
    const { showMigrations } = await import('../../api/show-migrations.ts')
    const project = await loadProject({ config: global.config })
    const result = await showMigrations({
      project,
      apps,
      database: global.database,
    })
    sayFindings(result.findings, terminal, 'note')
    sayMissing(plainlyMissing(result.missing, result.findings), terminal)
    const lines = flags.plan ? planLines(result.plan, terminal) : result.apps.flatMap((app) => appLines(app, terminal))
    return { data: result, lines }
  },
})

function appLines({ app, migrations }: ShownApp, terminal: Terminal): readonly string[] {
  const label = terminal.answerStyle('bold', app)
  if (migrations.length === 0) return [label, ' (no migrations)']
  return [
    label,
    ...migrations.map(
      (migration) =>
        ` ${box(migration)} ${migration.name}${squashed(migration)}${begunAnew(migration)}${goingBack(migration)}${appliedAt(migration, terminal)}`,
    ),
  ]
}

function planLines(plan: readonly ShownMigration[], terminal: Terminal): readonly string[] {
  if (plan.length === 0) return ['(no migrations)']
  return plan.map((migration) => {
    const parents =
      terminal.verbosity >= 2 && migration.dependencies.length > 0 ? ` ... (${migration.dependencies.join(', ')})` : ''
    return `${box(migration)}  ${migration.app}.${migration.name}${squashed(migration)}${begunAnew(migration)}${goingBack(migration)}${parents}`
  })
}

function box({ applied, unrecorded, adoptable, halfWay }: ShownMigration): string {
  if (halfWay !== undefined) return `[~]${halfWay.total === undefined ? '' : ` ${halfWay.done}/${halfWay.total}`}`
  if (unrecorded === true || adoptable === true) return '[-]'
  return applied ? '[X]' : '[ ]'
}

function goingBack({ halfWay }: ShownMigration): string {
  return halfWay?.direction === 'backwards' ? ' (on its way back)' : ''
}

function squashed({ squashed: count }: ShownMigration): string {
  if (count === undefined) return ''
  return ` (${count} squashed ${count === 1 ? 'migration' : 'migrations'})`
}

function begunAnew({ resets, adoptable, stuck }: ShownMigration): string {
  if (resets === undefined) return ''
  const history = `begins ${resets} ${resets === 1 ? 'migration' : 'migrations'} anew`
  if (stuck !== undefined) return ` (${history}; not all of them applied here: ${stuck.open.join(', ')})`
  return adoptable === true ? ` (${history}; adopted by the next migrate)` : ` (${history})`
}

function appliedAt({ appliedAt: moment, milliseconds }: ShownMigration, terminal: Terminal): string {
  if (terminal.verbosity < 2 || moment === undefined) return ''
  const took = milliseconds === undefined ? '' : `, in ${milliseconds} ms`
  return ` (applied at ${moment.replace('T', ' ').replace(/\.\d+/, '')}${took})`
}
