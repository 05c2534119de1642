import { styleText } from 'node:util'
import { fail } from '../errors/error.ts'
import type { GlobalValues } from './command.ts'
import { onDatabase } from './on-database.ts'

export type Verbosity = 0 | 1 | 2 | 3

/** Where a command talks: stdout is for what was asked for and written by `main`, stderr for progress and questions. */
export interface Terminal {
  readonly input: NodeJS.ReadStream
  readonly stderr: NodeJS.WriteStream
  readonly verbosity: Verbosity
  /** The database that was named on the command line. */
  readonly database?: string | undefined
  /** Somebody is there to answer questions. */
  readonly interactive: boolean
  /** Aborted by the first Ctrl-C. */
  readonly interrupted: AbortSignal
  /** Styles a line of the answer, if stdout shows colours and the user wants them. */
  answerStyle(style: Style, text: string): string
  /** Styles progress, likewise for stderr. */
  progressStyle(style: Style, text: string): string
}

export type Style = Parameters<typeof styleText>[0]

/** The terminal of this process, as the flags want it. */
export function openTerminal(global: GlobalValues, interrupted: AbortSignal): Terminal {
  const { stdin, stdout, stderr } = process
  const styled =
    (stream: NodeJS.WriteStream) =>
    (style: Style, text: string): string =>
      global.noColor || global.json ? text : styleText(style, text, { stream })
  return {
    input: stdin,
    stderr,
    verbosity: verbosityOf(global.verbosity),
    database: global.database,
    interactive: stdin.isTTY === true && stderr.isTTY === true && !global.noInput,
    interrupted,
    answerStyle: styled(stdout),
    progressStyle: styled(stderr),
  }
}

/** Says something about progress, at this verbosity and above. */
export function say(terminal: Terminal, text: string, least: Verbosity = 1): void {
  if (terminal.verbosity >= least) terminal.stderr.write(onDatabase(text, terminal.database))
}

function verbosityOf(text: string | undefined): Verbosity {
  switch (text) {
    case '0':
      return 0
    case undefined:
    case '1':
      return 1
    case '2':
      return 2
    case '3':
      return 3
    default:
      return fail('cli.invalidFlagValue', { flag: '--verbosity', value: text, expected: '0, 1, 2 or 3' })
  }
}
