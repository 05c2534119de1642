import { parseArgs } from 'node:util'
import { fail } from '../errors/error.ts'
import type { Argument, Command, Flag, FlagTable, FlagValue, GlobalValues } from './command.ts'
import { flagName, globalFlags } from './command.ts'

/** The command line, understood: which command, and what was said to it. */
export interface Parsed {
  /** Absent when no command was named. */
  readonly command?: Command
  readonly arguments: readonly string[]
  readonly flags: Readonly<Record<string, FlagValue>>
  readonly global: GlobalValues
}

/**
 * Reads a command line against the table of commands. Throws `cli.*` errors for what it cannot make sense of, with the nearest name where
 * something looks mistyped.
 */
export function parseCommandLine(args: readonly string[], commands: readonly Command[]): Parsed {
  const name = tokensOf(args, globalFlags).find((token) => token.kind === 'positional')?.value
  const command = name === undefined ? undefined : commands.find((candidate) => candidate.name === name)
  if (name !== undefined && command === undefined) {
    fail('cli.unknownCommand', { command: name, known: commands.map((candidate) => candidate.name) })
  }
  const table: FlagTable = { ...globalFlags, ...command?.flags }
  const values = readFlags(tokensOf(args, table), table, command?.name)
  const positionals = tokensOf(args, table)
    .filter((token) => token.kind === 'positional')
    .map((token) => token.value)
    .slice(1)
  const { global, flags } = split(values, command?.flags ?? {})
  const asksForHelp = global.help || global.version
  if (command !== undefined && !asksForHelp) checkArguments(command, positionals)
  return { ...(command === undefined ? {} : { command }), arguments: positionals, flags, global }
}

type Token =
  | {
      readonly kind: 'option'
      readonly name: string
      readonly rawName: string
      readonly value?: string
      readonly inlineValue?: boolean
    }
  | { readonly kind: 'positional'; readonly value: string }
  | { readonly kind: 'option-terminator' }

function tokensOf(args: readonly string[], table: FlagTable): readonly Token[] {
  const options: Record<string, { type: 'string' | 'boolean'; short?: string }> = {}
  for (const [name, flag] of Object.entries(table)) {
    const type = flag.value === undefined ? 'boolean' : 'string'
    options[flagName(name)] = { type, ...(flag.short === undefined ? {} : { short: flag.short }) }
    for (const alias of flag.aliases ?? []) options[alias] = { type }
  }
  // Not strict: the errors of parseArgs are English texts, and these must be codes with details.
  const { tokens } = parseArgs({ args: [...args], options, strict: false, allowPositionals: true, tokens: true })
  return tokens as readonly Token[]
}

type Values = Record<string, FlagValue>

function readFlags(tokens: readonly Token[], table: FlagTable, command: string | undefined): Values {
  const spellings = new Map<string, { readonly name: string; readonly flag: Flag }>()
  for (const [name, flag] of Object.entries(table)) {
    for (const spelling of [flagName(name), ...(flag.aliases ?? [])]) spellings.set(spelling, { name, flag })
  }
  const values: Values = Object.fromEntries(Object.entries(table).map(([name, flag]) => [name, initialValue(flag)]))
  for (const token of tokens) {
    if (token.kind !== 'option') continue
    const known = spellings.get(token.name)
    if (known === undefined) {
      fail('cli.unknownFlag', {
        flag: token.rawName,
        command,
        known: Object.keys(table).map((name) => `--${flagName(name)}`),
      })
    }
    const { name, flag } = known
    if (flag.value === undefined) {
      if (token.inlineValue === true) fail('cli.flagTakesNoValue', { flag: token.rawName })
      values[name] = true
      continue
    }
    const value = token.value
    const isFlagItself = token.inlineValue !== true && value !== undefined && /^--?[a-z]/i.test(value)
    if (value === undefined || isFlagItself) fail('cli.flagNeedsValue', { flag: token.rawName, value: flag.value })
    const earlier = values[name]
    values[name] = flag.repeatable === true && Array.isArray(earlier) ? [...earlier, value] : value
  }
  return values
}

function initialValue(flag: Flag): FlagValue {
  if (flag.repeatable === true) return []
  return flag.value === undefined ? false : undefined
}

function split(values: Values, commandFlags: FlagTable): { readonly global: GlobalValues; readonly flags: Values } {
  const pick = (table: FlagTable): Values => Object.fromEntries(Object.keys(table).map((name) => [name, values[name]]))
  // The table says which kind of value each flag has, and `readFlags` keeps to it.
  return { global: pick(globalFlags) as unknown as GlobalValues, flags: pick(commandFlags) }
}

function checkArguments(command: Command, given: readonly string[]): void {
  const required = command.arguments.filter((argument) => argument.optional !== true)
  const missing = required[given.length]
  if (missing !== undefined) {
    fail('cli.missingArgument', { command: command.name, argument: missing.name, usage: usageOf(command) })
  }
  const takesMore = command.arguments.some((argument) => argument.repeatable === true)
  const excess = given[command.arguments.length]
  if (!takesMore && excess !== undefined) {
    fail('cli.tooManyArguments', { command: command.name, argument: excess, usage: usageOf(command) })
  }
}

/** `godwit migrate [app] [migration] [flags]` */
export function usageOf(command: Command): string {
  return ['godwit', command.name, ...command.arguments.map(argumentUsage), '[flags]'].join(' ')
}

function argumentUsage({ name, optional, repeatable }: Argument): string {
  const many = repeatable === true ? `${name}…` : name
  return optional === true ? `[${many}]` : `<${many}>`
}
