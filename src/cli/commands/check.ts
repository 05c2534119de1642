import { findingKinds } from '../../api/check/finding-kinds.ts'
import { fail } from '../../errors/error.ts'
import { defineCommand, type FlagTable } from '../command.ts'
import { say } from '../terminal.ts'

const flagTable = {
  since: {
    value: 'REF',
    help: 'A branch or commit: migrations that came after it count as new; origin/main or what else is there if not given',
  },
  strict: { help: 'Warnings count as errors' },
  github: { help: 'Print annotations for GitHub Actions too, as is done by itself where GITHUB_ACTIONS is "true"' },
} as const satisfies FlagTable

export const checkCommand = defineCommand({
  name: 'check',
  summary: 'Ask everything that a CI should ask; exit code 2 when something is wrong',
  details:
    'Compares models, migrations and git without opening any database; --database NAME asks that one too, reading only. New migrations are\n' +
    'those that git has not had on the main branch, or that the database has not applied. All is looked at, whatever is found on the way.\n' +
    '\n' +
    `What can be found, and how bad it is; with * only --database NAME:\n${kindLines().join('\n')}`,
  arguments: [{ name: 'app', help: 'Only what is found in these apps', optional: true, repeatable: true }],
  flags: flagTable,
  examples: [
    { line: 'godwit check', does: 'on every push: needs no database' },
    { line: 'godwit check --strict --since origin/main', does: 'a pull request may bring no warning either' },
    { line: 'godwit check --database production', does: 'before a deployment: what does the database say?' },
    { line: 'godwit check --json', does: 'findings as data' },
  ],
  async run({ arguments: apps, flags, global }, terminal) {
    const { github, strict } = flags
    // A variable of CI that is empty says nothing.
    const since = flags.since === '' ? undefined : flags.since
    if (github && global.json) {
      fail('cli.conflictingFlags', { flags: ['--github', '--json'], why: 'Each of them says what stdout holds.' })
    }
    const { checkProject } = await import('../../api/check-project.ts')
    const { findingLines } = await import('../finding-lines.ts')
    const { annotationsOf } = await import('../annotations.ts')
    const { config, database } = global
    const result = await checkProject({ config, apps, database, since })
    const { GITHUB_ACTIONS, GITHUB_WORKSPACE } = process.env
    const isAnnotated = github || GITHUB_ACTIONS === 'true'
    if (database === undefined && !global.json) say(terminal, 'No database was asked; --database NAME asks one.\n', 2)
    return {
      data: result,
      lines: [...findingLines(result, terminal), ...(isAnnotated ? annotationsOf(result, GITHUB_WORKSPACE) : [])],
      ...((result.errors > 0 || (strict && result.warnings > 0)) && { exitCode: 2 as const }),
    }
  },
})

function kindLines(): readonly string[] {
  const kinds = Object.entries(findingKinds)
  const width = Math.max(...kinds.map(([id]) => id.length)) + 1
  return kinds.map(([id, kind]) => {
    const name = `${id}${'needsDatabase' in kind ? '*' : ''}`
    return `  ${name.padEnd(width)}  ${kind.severity.padEnd(7)}  ${kind.means}`
  })
}
