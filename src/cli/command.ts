import type { Terminal } from './terminal.ts'

/** One flag of a command: with `value`, the name of what it takes, it has an argument; without, it is a switch. */
export interface Flag {
  readonly help: string
  readonly value?: string
  readonly repeatable?: true
  readonly short?: string
  /** Other spellings, accepted and not advertised. */
  readonly aliases?: readonly string[]
}

/** Flags by the name that code uses: `dryRun` is `--dry-run`. */
export interface FlagTable {
  readonly [name: string]: Flag
}

export type FlagValue = string | boolean | readonly string[] | undefined

/** What parsing makes of a table of flags: exact for a known table, any of the kinds of value for one that is not known. */
export type FlagValues<Flags extends FlagTable> = {
  readonly [Name in keyof Flags]: Flag extends Flags[Name]
    ? FlagValue
    : Flags[Name] extends { repeatable: true }
      ? readonly string[]
      : Flags[Name] extends { value: string }
        ? string | undefined
        : boolean
}

/** A positional argument; `repeatable` is for the last one only. */
export interface Argument {
  readonly name: string
  readonly help: string
  readonly optional?: true
  readonly repeatable?: true
}

export interface Example {
  readonly line: string
  readonly does: string
}

/** What a command line asked for. */
export interface Call<Flags extends FlagTable> {
  readonly arguments: readonly string[]
  readonly flags: FlagValues<Flags>
  readonly global: GlobalValues
}

/** What a command answers: `data` for `--json`, `lines` for people. Both go to stdout. */
export interface Outcome {
  readonly data: unknown
  readonly lines: readonly string[]
  /** 2: a check found something. */
  readonly exitCode?: 2
  /** What to do now, for a person: lines on stderr, below the answer. */
  readonly next?: readonly string[]
}

/** One command: what can be said to it, what it says of itself, and what it does. */
export interface Command<Flags extends FlagTable = FlagTable> {
  readonly name: string
  /** One line, for the list of commands. */
  readonly summary: string
  /** More, for the command's own help. */
  readonly details?: string
  readonly arguments: readonly Argument[]
  readonly flags: Flags
  readonly examples: readonly Example[]
  run(call: Call<Flags>, terminal: Terminal): Promise<Outcome>
}

/** Types a command by its flags; returns it as it is. */
export function defineCommand<const Flags extends FlagTable>(command: Command<Flags>): Command<Flags> {
  return command
}

/** The flags that every command has. */
export const globalFlags = {
  config: {
    value: 'FILE',
    help: 'The config file; else the nearest godwit.config.ts, .mts, .js or .mjs from here upwards',
  },
  database: { value: 'NAME', help: 'Which of the databases in the config; "default" if not given' },
  json: { help: 'Print one JSON document on stdout, errors included' },
  noInput: { aliases: ['noinput'], help: 'Never ask; fail with the flags that answer the questions' },
  noColor: { help: 'No colours (as does the environment variable NO_COLOR)' },
  verbosity: { value: '0..3', short: 'v', help: '0 says nothing but the answer, 1 is the default, 2 and 3 say more' },
  help: { short: 'h', help: 'Explain the command' },
  version: { help: 'Print the version' },
} as const satisfies FlagTable

export type GlobalValues = FlagValues<typeof globalFlags>

/** `dryRun` → `dry-run`. */
export function flagName(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)
}
