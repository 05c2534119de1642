import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { GodwitError } from '../errors/error.ts'
import { commands } from './commands.ts'
import { parseCommandLine } from './parse.ts'

function parsed(...args: string[]) {
  const { command, arguments: positionals, flags, global } = parseCommandLine(args, commands)
  return { command: command?.name, positionals, flags, global }
}

function refusal(...args: string[]) {
  try {
    parseCommandLine(args, commands)
  } catch (error) {
    if (error instanceof GodwitError) return `${error.code}: ${error.message}`
    throw error
  }
  return 'not refused'
}

describe('a command line', () => {
  test('names a command, its arguments and its flags, in any order', () => {
    const expected = parsed('migrate', 'billing', '0002', '--fake', '--database', 'replica')
    assert.equal(expected.command, 'migrate')
    assert.deepEqual(expected.positionals, ['billing', '0002'])
    assert.equal(expected.flags['fake'], true)
    assert.equal(expected.global.database, 'replica')
    assert.deepEqual(parsed('--database=replica', 'migrate', '--fake', 'billing', '0002'), expected)
  })

  test('collects a repeatable flag, and takes the last of any other', () => {
    const { flags } = parsed(
      'makemigrations',
      '--answer',
      'a.B:x=1',
      '--answer=c.D:y=2',
      '-n',
      'first',
      '--name',
      'second',
    )
    assert.deepEqual(flags['answer'], ['a.B:x=1', 'c.D:y=2'])
    assert.equal(flags['name'], 'second')
  })

  test('knows the spelling that Django has for --no-input', () => {
    assert.equal(parsed('makemigrations', '--noinput').global.noInput, true)
  })

  test('ends its flags at --', () => {
    assert.deepEqual(parsed('makemigrations', '--', '--odd').positionals, ['--odd'])
  })

  test('needs no arguments where it asks for help', () => {
    assert.equal(parsed('sqlmigrate', '--help').global.help, true)
  })

  test('is refused with the nearest name where something is mistyped', () => {
    const refusals: readonly (readonly [args: string[], refusal: string])[] = [
      [['migrte'], 'cli.unknownCommand: There is no command "migrte". Did you mean "migrate"?'],
      [['migrate', '--fke'], 'cli.unknownFlag: `godwit migrate` has no flag --fke. Did you mean "--fake"?'],
      [['migrate', '-x'], 'cli.unknownFlag: `godwit migrate` has no flag -x.'],
      [['--jsn'], 'cli.unknownFlag: godwit has no flag --jsn. Did you mean "--json"?'],
      [['migrate', '--fake=yes'], 'cli.flagTakesNoValue: --fake is a switch and takes no value.'],
      [['migrate', '--database'], 'cli.flagNeedsValue: --database needs a value.'],
      [['makemigrations', '--name', '--check'], 'cli.flagNeedsValue: --name needs a value.'],
      [['sqlmigrate', 'billing'], 'cli.missingArgument: `godwit sqlmigrate` needs <migration>.'],
      [['migrate', 'a', 'b', 'c'], 'cli.tooManyArguments: `godwit migrate` does not know what to do with "c".'],
    ]
    assert.deepEqual(
      refusals.map(([args]) => refusal(...args)),
      refusals.map(([, expected]) => expected),
    )
  })
})
