import type { Argument, Command, Example, FlagTable } from './command.ts'
import { flagName, globalFlags } from './command.ts'
import { usageOf } from './parse.ts'

/** What `godwit --help` prints. */
export function overviewHelp(commands: readonly Command[]): readonly string[] {
  return [
    'Godwit: migrations for TypeScript, the Django way.',
    '',
    'Usage: godwit <command> [flags]',
    '',
    'Once `godwit init`; then, as often as you like: change the models, `godwit makemigrations`, read the new file, `godwit migrate`.',
    '',
    'Commands',
    ...columns(commands.map((command) => [command.name, command.summary])),
    '',
    'Flags of every command',
    ...columns(flagRows(globalFlags)),
    '',
    '`godwit <command> --help` says more, with examples.',
    'Exit codes: 0 done · 1 a bug of Godwit · 2 it cannot be done, or a check found something · 130 interrupted.',
  ]
}

/** What `godwit migrate --help` prints. */
export function commandHelp(command: Command): readonly string[] {
  return [
    command.summary,
    ...(command.details === undefined ? [] : ['', ...command.details.split('\n')]),
    '',
    `Usage: ${usageOf(command)}`,
    ...section('Arguments', command.arguments.map(argumentRow)),
    ...section('Flags', flagRows(command.flags)),
    ...section('Flags of every command', flagRows(globalFlags)),
    ...section('Examples', command.examples.map(exampleRow)),
  ]
}

type Row = readonly [left: string, right: string]

function section(title: string, rows: readonly Row[]): readonly string[] {
  return rows.length === 0 ? [] : ['', title, ...columns(rows)]
}

function argumentRow({ name, help }: Argument): Row {
  return [name, help]
}

function exampleRow({ line, does }: Example): Row {
  return [line, does]
}

function flagRows(flags: FlagTable): readonly Row[] {
  return Object.entries(flags).map(([name, flag]) => {
    const short = flag.short === undefined ? '' : `-${flag.short}, `
    const value = flag.value === undefined ? '' : ` ${flag.value}`
    return [`${short}--${flagName(name)}${value}`, flag.repeatable === true ? `${flag.help} (repeatable)` : flag.help]
  })
}

function columns(rows: readonly Row[]): readonly string[] {
  const width = Math.max(...rows.map(([left]) => left.length))
  return rows.map(([left, right]) => `  ${left.padEnd(width)}  ${right}`)
}
