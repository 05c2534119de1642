import type { Loss, MissingConsent } from '../api/migrate.ts'
import type { ShownMissing } from '../api/missing.ts'
import { fail } from '../errors/error.ts'
import { inSeries } from '../lib/in-series.ts'
import type { Progress } from './progress.ts'
import type { PromptStreams } from './questioner.ts'
import { say, type Terminal } from './terminal.ts'

/** Names what the database has recorded and no file here tells of, with what it did. */
export function sayMissing(missing: readonly ShownMissing[], terminal: Terminal): void {
  if (missing.length === 0) return
  const lines = missing.flatMap(
    ({ app, name, operations = [{ description: 'recorded by a newer Godwit' }], branches }) => [
      `  ${app}.${name}${branches === undefined ? '' : ` (on ${inSeries(branches.slice(0, 3))})`}`,
      ...operations.map(({ description }) => `    ${description}`),
    ],
  )
  const apps = [...new Set(missing.map(({ app }) => app))]
  say(
    terminal,
    [
      terminal.progressStyle('yellow', 'Applied to the database, and no file here:'),
      ...lines,
      '  From another branch, or deleted since. `godwit migrate --unapply-missing` takes back what they did;',
      `  \`godwit resetmigrations ${apps.join(' ')} --from-record\` writes the files again.`,
      '',
    ].join('\n'),
  )
}

/**
 * Shows what is to be unapplied and asks the person at the terminal. Where nobody is there, what loses data must have been agreed to by an answer for
 * each migration: consent is given to what was seen, never to whatever may be missing.
 */
export function askingToUnapply(
  streams: PromptStreams | undefined,
  agreed: ReadonlySet<string>,
  { pause, say: tell }: Pick<Progress, 'pause'> & { readonly say: (text: string) => void },
): MissingConsent {
  return async ({ migrations, losses }) => {
    pause()
    const lines = migrations.flatMap(({ migration, operations }) => [
      `  ${migration}`,
      ...operations.map((operation) => `    ${operation}`),
    ])
    tell(['To be unapplied, having no file here:', ...lines, ...lossLines(losses), ''].join('\n'))
    if (migrations.every(({ migration }) => agreed.has(migration))) return true
    if (streams === undefined) return losses.length === 0
    const prompts = await import('@clack/prompts')
    const answer = await prompts.confirm({
      message: losses.length === 0 ? 'Unapply them?' : 'Unapply them, and lose this data?',
      initialValue: false,
      ...streams,
    })
    return prompts.isCancel(answer) ? fail('cli.interrupted', {}) : answer
  }
}

/** What goes with tables and columns, a line each. */
export function lossLines(losses: readonly Loss[]): readonly string[] {
  return losses.map(({ table, column, rows }) => {
    const count = `${rows} ${rows === 1 ? 'row' : 'rows'}`
    return column === undefined
      ? `  Goes with it: ${count} of ${table}`
      : `  Goes with it: ${column} of ${count} of ${table}`
  })
}

/** The migrations that `--answer blog.0007_tags:missing=unapply` names. */
export function readUnapplied(answers: readonly string[]): ReadonlySet<string> {
  return new Set(
    answers.map((answer) => {
      const migration = /^(\w+\.[^:=]+):missing=unapply$/.exec(answer)?.[1]
      return (
        migration ??
        fail('cli.invalidFlagValue', {
          flag: '--answer',
          value: answer,
          expected: 'an app, a migration and what is to become of it: blog.0007_tags:missing=unapply',
        })
      )
    }),
  )
}
