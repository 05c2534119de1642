import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { describe, test } from 'node:test'
import { pathToFileURL } from 'node:url'

const bin = resolve(import.meta.dirname, '../../src/cli/bin.ts')

function godwit(
  args: readonly string[],
  { node = [], env = {} }: { node?: readonly string[]; env?: NodeJS.ProcessEnv } = {},
) {
  const { NODE_OPTIONS: _options, FORCE_COLOR: _color, ...rest } = process.env
  const { status, stdout, stderr } = spawnSync(process.execPath, [...node, bin, ...args], {
    encoding: 'utf8',
    cwd: tmpdir(),
    env: { ...rest, NO_COLOR: '1', ...env },
  })
  return { code: status, stdout, stderr }
}

/** Runs the command as if by another program. */
function under(context: { after(done: () => void): void }, versions: object) {
  const dir = mkdtempSync(join(tmpdir(), 'godwit-bin-'))
  context.after(() => rmSync(dir, { recursive: true }))
  const file = join(dir, 'pretend.mjs')
  const pretended = JSON.stringify({ ...process.versions, ...versions })
  writeFileSync(file, `Object.defineProperty(process, 'versions', { value: ${pretended} })`)
  return godwit(['--version'], { node: ['--import', pathToFileURL(file).href] })
}

describe('the command', () => {
  test('says its version and its help on stdout', () => {
    assert.match(godwit(['--version']).stdout, /^\d+\.\d+\.\d+\n$/)
    const help = godwit(['--help'])
    assert.deepEqual([help.code, help.stderr], [0, ''])
    assert.deepEqual(godwit([]), help)
    const names = 'init inspectdb makemigrations migrate showmigrations sqlmigrate squashmigrations optimizemigration'
    for (const command of names.split(' ')) {
      assert.match(help.stdout, new RegExp(`^  ${command} +\\w`, 'm'))
      const own = godwit([command, '--help'])
      assert.deepEqual([own.code, own.stderr], [0, ''])
      assert.match(own.stdout, new RegExp(`^Usage: godwit ${command}`, 'm'))
      assert.match(own.stdout, /^Examples$/m)
      assert.ok(own.stdout.split('\n').every((line) => line.length <= 150))
    }
  })

  test('exits with 2 and one sentence when it cannot make sense of what it is told', () => {
    assert.deepEqual(godwit(['migrte']), {
      code: 2,
      stdout: '',
      stderr: [
        'error: There is no command "migrte". Did you mean "migrate"?',
        '  fix: The commands are init, inspectdb, adopt, makemigrations, migrate, showmigrations, drift, check, sqlmigrate, squashmigrations, optimizemigration, resetmigrations, verify; `godwit --help` says what each does.',
        '',
      ].join('\n'),
    })
  })

  test('prints an error as one JSON document where JSON is wanted, even if that is said last', () => {
    const { code, stdout, stderr } = godwit(['migrate', '--fke', '--json'])
    assert.deepEqual([code, stderr], [2, ''])
    assert.equal(JSON.parse(stdout).error.code, 'cli.unknownFlag')
  })

  test('is coloured where colours are wanted only', () => {
    const env = { FORCE_COLOR: '1', NO_COLOR: undefined }
    const colour = String.fromCharCode(27)
    assert.ok(godwit(['migrte'], { env }).stderr.includes(colour))
    assert.ok(!godwit(['migrte', '--no-color'], { env }).stderr.includes(colour))
  })

  test('tells an old Node, Bun and Deno what to do instead', (t) => {
    const needed = 'Godwit needs Node 22.18 or newer, which loads TypeScript by itself'
    assert.deepEqual(
      [{ node: '22.17.1' }, { node: '20.20.2' }, { bun: '1.2.3' }, { deno: '2.1.0' }].map((versions) =>
        under(t, versions),
      ),
      [
        `${needed}; this is Node 22.17.1. Install a newer one from https://nodejs.org.\n`,
        `${needed}; this is Node 20.20.2. Install a newer one from https://nodejs.org.\n`,
        `${needed}; this is Bun 1.2.3. Run it with Node: npx godwit, or without the --bun flag.\n`,
        `${needed}; this is Deno 2.1.0. Run it with Node: npx godwit.\n`,
      ].map((stderr) => ({ code: 2, stdout: '', stderr })),
    )
  })
})
