import type { Call, FlagTable, GlobalValues, Outcome } from './command.ts'
import { commands } from './commands.ts'
import { commandHelp, overviewHelp } from './help.ts'
import { type Interrupt, listenForInterrupt } from './interrupt.ts'
import { type Parsed, parseCommandLine } from './parse.ts'
import { renderError } from './render-error.ts'
import { openTerminal } from './terminal.ts'

/** Runs one command line and returns the exit code. Ends no process: that is the business of bin.ts. */
export async function main(args: readonly string[]): Promise<number> {
  const interrupt = listenForInterrupt(process.stderr)
  let withStack = false
  let database: string | undefined
  try {
    const parsed = parseCommandLine(args, commands)
    withStack = Number(parsed.global.verbosity) >= 2
    database = parsed.global.database
    const { lines, data, exitCode, next = [] } = await answer(parsed, interrupt)
    const text = parsed.global.json && data !== undefined ? [JSON.stringify(data, undefined, 2)] : lines
    for (const line of text) process.stdout.write(`${line}\n`)
    if (parsed.global.verbosity !== '0') for (const line of next) process.stderr.write(`${line}\n`)
    return exitCode ?? 0
  } catch (error) {
    const { exitCode, stdout, stderr } = await renderError(error, { ...meantFor(args), withStack, database })
    process.stdout.write(stdout)
    process.stderr.write(stderr)
    return exitCode
  } finally {
    interrupt.stopListening()
  }
}

async function answer(parsed: Parsed, interrupt: Interrupt): Promise<Outcome> {
  const { command, global, flags } = parsed
  if (global.version) {
    const { version } = await import('../lib/version.ts')
    return { data: { version: version() }, lines: [version()] }
  }
  if (command === undefined) return { data: undefined, lines: overviewHelp(commands) }
  if (global.help) return { data: undefined, lines: commandHelp(command) }
  const call: Call<FlagTable> = { arguments: parsed.arguments, flags, global }
  return Promise.race([command.run(call, openTerminal(global, interrupt.signal)), interrupt.givenUp])
}

/** How an error is to be shown, read from the bare arguments: they may be what the error is about. */
function meantFor(args: readonly string[]): Pick<GlobalValues, 'json' | 'noColor'> {
  const end = args.indexOf('--')
  const flags = new Set(end < 0 ? args : args.slice(0, end))
  return { json: flags.has('--json'), noColor: flags.has('--no-color') }
}
