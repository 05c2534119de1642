import { fail } from '../errors/error.ts'
import type { Terminal } from './terminal.ts'

/** What was agreed to on the command line: `billing:history=reset`. */
export type Consents = ReadonlySet<string>

const forms = [/^\w+:history=reset$/, /^\w+:rows=record$/, /^git:dirty=proceed$/]

/** Reads the answers of a command line. */
export function resetConsents(answers: readonly string[]): Consents {
  for (const answer of answers) {
    if (!forms.some((form) => form.test(answer))) {
      const known = ['billing:history=reset', 'billing:rows=record', 'git:dirty=proceed']
      fail('resets.unknownAnswer', { answer, known })
    }
  }
  return new Set(answers)
}

export interface ToAgreeOn {
  /** Each has to be given, where there is nobody to ask. */
  readonly keys: readonly string[]
  readonly warnings: readonly string[]
  /** What a person is shown. */
  readonly lines: readonly string[]
  readonly question: string
}

/**
 * Shows what is to be done and asks the person at the terminal. Where nobody is there, it must have been agreed to by name.
 *
 * @throws resets.notAgreed, resets.refused
 */
export async function agreeOn(
  { keys, warnings, lines, question }: ToAgreeOn,
  consents: Consents,
  terminal: Terminal,
): Promise<void> {
  const open = keys.filter((key) => !consents.has(key))
  if (open.length > 0 && !terminal.interactive) fail('resets.notAgreed', { keys: open, warnings })
  if (terminal.verbosity > 0) for (const line of lines) terminal.stderr.write(`${line}\n`)
  if (open.length === 0) return
  const { confirmOn } = await import('./confirm.ts')
  if (!(await confirmOn({ input: terminal.input, output: terminal.stderr }, question))) fail('resets.refused', {})
}
