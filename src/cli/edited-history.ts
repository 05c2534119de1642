import type { EditConsent, HistoryFinding, RenameConsent, ShownRename } from '../api/migrate.ts'
import type { ShownMissing } from '../api/missing.ts'
import { fail } from '../errors/error.ts'
import type { HistoryAnswers } from './history-answers.ts'
import type { Progress } from './progress.ts'
import type { PromptStreams } from './questioner.ts'
import { say, type Terminal } from './terminal.ts'

/** Asks before an edit is recorded that no inspection can prove. Where nobody is there, an answer for each migration must have said so. */
export function askingAboutEdits(
  streams: PromptStreams | undefined,
  { accepted }: HistoryAnswers,
  { pause }: Pick<Progress, 'pause'>,
): EditConsent {
  return async (unseen) => {
    const open = unseen.filter(({ migration }) => !accepted.has(migration))
    if (open.length === 0) return true
    if (streams === undefined) return false
    pause()
    for (const { migration, differences } of open) {
      for (const difference of differences) streams.output.write(`  ${migration}: ${difference}\n`)
    }
    const { confirmOn } = await import('./confirm.ts')
    return confirmOn(streams, 'No inspection can show whether the database has this. Record it as it is on file?')
  }
}

/** Asks what something recorded is called by now, once for each; where nobody is there, only an answer counts. */
export function askingAboutRenames(
  streams: PromptStreams | undefined,
  { renamedTo }: HistoryAnswers,
  { pause }: Pick<Progress, 'pause'>,
): RenameConsent {
  const known = new Map(renamedTo)
  return async ({ from, candidates, behind }) => {
    const answer = known.get(from)
    if (answer !== undefined || streams === undefined || behind.length > 0) return answer
    pause()
    const prompts = await import('@clack/prompts')
    const chosen = await prompts.select({
      message: from.includes('.')
        ? `${from} is applied and has no file here. What is it called now?`
        : `The app "${from}" is recorded and not in the config. What is it called now?`,
      options: [
        ...candidates.map((name) => ({ value: name, label: name, hint: 'it does the same, and is not applied' })),
        { value: 'none', label: 'none of these: that is something else' },
      ],
      ...streams,
    })
    if (prompts.isCancel(chosen)) return fail('cli.interrupted', {})
    known.set(from, chosen)
    return chosen
  }
}

/** Says what became of the record before anything else was done. */
export function sayAmended(
  {
    accepted,
    renamed,
  }: {
    readonly accepted: readonly { readonly migration: string; readonly differences: readonly string[] }[]
    readonly renamed: readonly ShownRename[]
  },
  terminal: Terminal,
  isPlan = false,
): void {
  for (const { migration, differences } of accepted) {
    say(terminal, `  ${isPlan ? 'Would record' : 'Recorded'} ${migration} as edited: the database agrees.\n`)
    for (const difference of differences) say(terminal, `    ${difference}\n`)
  }
  for (const { from, to } of renamed) {
    say(terminal, `  ${isPlan ? 'Would rename' : 'Renamed'} in the record: ${from} → ${to}\n`)
  }
}

/** What is odd about a history, each with what to do; notes only where they are asked for. */
export function sayFindings(findings: readonly HistoryFinding[], terminal: Terminal, least: 'note' | 'warning'): void {
  for (const { severity, text, details, fix, kind } of findings) {
    if (severity === 'note' && least === 'warning') continue
    const label = severity === 'note' ? 'note' : 'warning'
    const list = kind === 'edited' && details !== undefined && details.length > 1 ? details : []
    say(
      terminal,
      [
        `${terminal.progressStyle(severity === 'note' ? 'dim' : 'yellow', `${label}:`)} ${text}`,
        ...list.map((detail) => `  ${detail}`),
        `  ${fix}`,
        '',
      ].join('\n'),
    )
  }
}

/** What has no file and is not told by a finding that knows more. */
export function plainlyMissing(
  missing: readonly ShownMissing[],
  findings: readonly Pick<HistoryFinding, 'kind' | 'migrations'>[],
): readonly ShownMissing[] {
  const told = new Set<string>(
    findings.flatMap(({ kind, migrations }) =>
      kind === 'foreignApp' || kind === 'renamed' || kind === 'renamedApp' ? migrations : [],
    ),
  )
  return missing.filter(({ app, name }) => !told.has(`${app}.${name}`))
}
