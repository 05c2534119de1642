import type { ResetMigrationsResult, ResetProposal } from '../../api/reset-migrations.ts'
import { fail } from '../../errors/error.ts'
import type { Project } from '../../project/project.ts'
import { defineCommand, type Outcome } from '../command.ts'
import { agreeOn, type Consents, resetConsents } from '../reset-consent.ts'
import {
  fromFilesLines,
  fromRecordLines,
  proposalLines,
  resetLines,
  restoreLines,
  resumedLines,
  warningsOf,
} from '../reset-lines.ts'
import type { Terminal } from '../terminal.ts'

export const resetMigrationsCommand = defineCommand({
  name: 'resetmigrations',
  summary: 'Give up the history of an app for a fresh beginning, once it is proven',
  details:
    'Compares the database with the models, and the models with the migrations; any difference stops it. Then it writes a new first migration\n' +
    'from the models, which says what history it stands for, and swaps the rows of the record for its own. No table is touched. The old files\n' +
    'and rows are kept in .godwit/resets, from where --restore puts them back. On every other database `godwit migrate` meets the new beginning,\n' +
    'compares that database in the same way, and swaps its rows; one that is half-way through the old history is told how to get to its end.\n' +
    'What migrations of other apps or branches say of the old ones counts for the new beginning.\n' +
    'Where files or rows were lost, the one is written again from the other: --from-record, --from-files.',
  arguments: [{ name: 'app', help: 'The apps, by their labels in the config', optional: true, repeatable: true }],
  flags: {
    all: { help: 'Every app that has migrations' },
    plan: { help: 'Only compare, and show what would be done' },
    keepSql: { help: 'Carry the SQL of the old migrations over, to the end of the new beginning' },
    restore: { help: 'Put the files and rows of the last reset back' },
    stamp: { value: 'NAME', help: 'As --restore, of another backup: by the name of its folder in .godwit/resets' },
    fromRecord: { help: 'Write the files that are lost from what the record remembers of them' },
    fromFiles: { help: 'Write the rows that are lost from the files, where the database is what they make' },
    answer: { value: 'KEY=VALUE', repeatable: true, help: 'Agree to what would be asked: billing:history=reset' },
    noHeader: { help: 'Leave out the comment that says when and by which version a file was written' },
  },
  examples: [
    { line: 'godwit resetmigrations billing --plan', does: 'look first' },
    { line: 'godwit resetmigrations billing', does: 'one fresh migration in the place of all of billing' },
    { line: 'godwit resetmigrations --all', does: 'the same for every app' },
    { line: 'godwit resetmigrations billing --restore', does: 'take it back' },
    { line: 'godwit resetmigrations billing --from-record', does: 'the files are gone, the rows are there' },
    { line: 'godwit resetmigrations billing --from-files', does: 'the rows are gone, the tables are there' },
  ],
  async run({ arguments: apps, flags, global }, terminal) {
    refuseConflicts(flags, apps)
    const { loadProject } = await import('../../project/load-project.ts')
    const project = await loadProject({ config: global.config })
    const { database } = global
    const chosen = { project, apps: flags.all ? undefined : apps, database }
    if (flags.restore || flags.stamp !== undefined)
      return restore({ ...chosen, stamp: flags.stamp, plan: flags.plan }, terminal)
    if (apps.length === 0 && !flags.all) fail('resets.needsApps', {})
    if (flags.fromRecord) return fromRecord({ ...chosen, plan: flags.plan }, terminal)
    const consents = resetConsents(flags.answer)
    if (flags.fromFiles) return fromFiles({ ...chosen, plan: flags.plan }, consents, terminal)
    const { resetMigrations } = await import('../../api/reset-migrations.ts')
    const result = await resetMigrations({
      ...chosen,
      all: flags.all,
      plan: flags.plan,
      keepSql: flags.keepSql,
      header: !flags.noHeader,
      confirm: (proposal) => confirmReset(proposal, consents, terminal),
    })
    return answer(result, flags.plan, terminal)
  },
})

interface Chosen {
  readonly project: Project
  readonly apps: readonly string[] | undefined
  readonly database: string | undefined
  readonly plan: boolean
}

async function confirmReset(proposal: ResetProposal, consents: Consents, terminal: Terminal): Promise<boolean> {
  const warnings = warningsOf(proposal)
  const keys = [
    ...proposal.apps.map((app) => `${app}:history=reset`),
    ...(proposal.git.dirty.length > 0 ? ['git:dirty=proceed'] : []),
  ]
  const question = warnings.length === 0 ? 'Begin anew?' : 'Begin anew all the same?'
  await agreeOn({ keys, warnings, lines: proposalLines(proposal), question }, consents, terminal)
  return true
}

function answer(result: ResetMigrationsResult, plan: boolean, terminal: Terminal): Outcome {
  if (result.resumed) return { data: result, lines: resumedLines(result) }
  const shown = plan ? proposalLines(result) : []
  return {
    data: result,
    lines: terminal.verbosity === 0 ? [] : [...shown, ...resetLines(result, plan)],
    next: result.written ? adviceFor(result) : [],
  }
}

function adviceFor({ apps }: ResetMigrationsResult): readonly string[] {
  return [
    'Commit the new files. On every other database `godwit migrate` compares the tables and swaps the rows; `--plan` says so before.',
    `To take it back: \`godwit resetmigrations ${apps.join(' ')} --restore\``,
  ]
}

async function restore(options: Chosen & { readonly stamp: string | undefined }, terminal: Terminal): Promise<Outcome> {
  const { restoreReset } = await import('../../api/reset/restore.ts')
  const result = await restoreReset(options)
  return { data: result, lines: terminal.verbosity === 0 ? [] : restoreLines(result) }
}

async function fromRecord(options: Chosen, terminal: Terminal): Promise<Outcome> {
  const { filesFromRecord } = await import('../../api/reset/from-record.ts')
  const result = await filesFromRecord(options)
  return { data: result, lines: terminal.verbosity === 0 ? [] : fromRecordLines(result) }
}

async function fromFiles(options: Chosen, consents: Consents, terminal: Terminal): Promise<Outcome> {
  const { rowsFromFiles } = await import('../../api/reset/from-files.ts')
  const result = await rowsFromFiles({
    ...options,
    confirm: async (proposal) => {
      const keys = proposal.apps.map((app) => `${app}:rows=record`)
      const question = 'Write these rows?'
      await agreeOn({ keys, warnings: [], lines: fromFilesLines(proposal, 'asked'), question }, consents, terminal)
      return true
    },
  })
  const lines = fromFilesLines(result, result.written ? 'done' : 'planned')
  return { data: result, lines: terminal.verbosity === 0 ? [] : lines }
}

interface Modes {
  readonly all: boolean
  readonly restore: boolean
  readonly fromRecord: boolean
  readonly fromFiles: boolean
  readonly keepSql: boolean
  readonly stamp: string | undefined
}

function refuseConflicts(
  { all, restore: restores, stamp, fromRecord: files, fromFiles: rows, keepSql }: Modes,
  [app]: readonly string[],
): void {
  if (all && app !== undefined) fail('cli.conflictingFlags', { flags: ['--all', app], why: '--all means every app.' })
  const modes = [
    ...(restores || stamp !== undefined ? ['--restore'] : []),
    ...(files ? ['--from-record'] : []),
    ...(rows ? ['--from-files'] : []),
    ...(keepSql ? ['--keep-sql'] : []),
  ]
  const [first = '', second] = modes
  if (second !== undefined) fail('cli.conflictingFlags', { flags: [first, second], why: 'Each is a thing of its own.' })
}
