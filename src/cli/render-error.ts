import { styleText } from 'node:util'
import { GodwitError } from '../errors/error.ts'
import { onDatabase } from './on-database.ts'

/** What an error is to the person at the terminal, or to a program. */
export interface RenderedError {
  readonly exitCode: 1 | 2 | 130
  readonly stdout: string
  readonly stderr: string
}

/** Not failed but stopped, as somebody wanted it. */
const stopped: ReadonlySet<string> = new Set(['cli.interrupted', 'execution.batchesPaused', 'execution.interrupted'])

/** Puts an error into words: a failure as its sentence with exit code 2, anything else as a bug of Godwit with its stack and exit code 1. */
export async function renderError(
  error: unknown,
  {
    json,
    noColor,
    withStack,
    database,
  }: {
    readonly json: boolean
    readonly noColor: boolean
    readonly withStack: boolean
    /** The one that was named on the command line: the commands that a sentence proposes are about it. */
    readonly database?: string | undefined
  },
): Promise<RenderedError> {
  if (!(error instanceof GodwitError)) return renderBug(error, json)
  const { code, details } = error
  const summary = onDatabase(error.message, database)
  const why = error.why === undefined ? undefined : onDatabase(error.why, database)
  const fix = onDatabase(error.fix, database)
  const exitCode = stopped.has(code) ? 130 : 2
  if (json) return { exitCode, stdout: document({ code, summary, why, fix, details }), stderr: '' }
  const stream = process.stderr
  const bold = (text: string): string => (noColor ? text : styleText('bold', text, { stream }))
  const red = (text: string): string => (noColor ? text : styleText(['bold', 'red'], text, { stream }))
  const paragraphs = [
    `${red('error:')} ${summary}`,
    ...(why === undefined ? [] : [`  ${bold('why:')} ${indented(why)}`]),
    `  ${bold('fix:')} ${indented(fix)}`,
    ...(withStack ? stackLines(error).map((stack) => `  ${bold('stack:')} ${indented(stack)}`) : []),
  ]
  return { exitCode, stdout: '', stderr: `${paragraphs.join('\n')}\n` }
}

/** The stack of the exception at the bottom of a failure: of code of the user's, or of a driver. */
function stackLines({ cause }: Error): readonly string[] {
  if (!(cause instanceof Error)) return []
  if (cause.cause instanceof Error) return stackLines(cause)
  return cause instanceof GodwitError || cause.stack === undefined ? [] : [cause.stack]
}

async function renderBug(error: unknown, json: boolean): Promise<RenderedError> {
  const { version } = await import('../lib/version.ts')
  const stack = error instanceof Error ? (error.stack ?? error.message) : String(error)
  const summary = 'Godwit failed by a bug of its own.'
  const fix = `Please report it with this text; \`npm bugs godwit\` opens the place. (godwit ${version()}, Node ${process.versions.node}, ${process.platform})`
  if (json) return { exitCode: 1, stdout: document({ code: 'bug', summary, fix, details: { stack } }), stderr: '' }
  return { exitCode: 1, stdout: '', stderr: `${summary}\n\n${stack}\n\n${fix}\n` }
}

function document(error: Readonly<Record<string, unknown>>): string {
  return `${JSON.stringify({ error }, undefined, 2)}\n`
}

/** Later lines of a text stand below its first. */
function indented(text: string): string {
  return text.replaceAll('\n', '\n       ')
}
