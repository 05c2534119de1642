import assert from 'node:assert/strict'
import { PassThrough } from 'node:stream'
import { describe, test } from 'node:test'
import { stripVTControlCharacters } from 'node:util'
import type { TakenAlong } from '../../src/api/migrate.ts'
import { askingOn } from '../../src/cli/dependents.ts'
import { migrationKey } from '../../src/history/migration.ts'

const index: TakenAlong = {
  migration: migrationKey('blog', '0002_no_note'),
  direction: 'forwards',
  kind: 'index',
  name: 'note_by_hand',
  on: 'blog_post.note',
  fate: 'dropped',
}

/** Presses keys once the question has been shown, and tells what was. */
async function ask(keys: string) {
  const input = Object.assign(new PassThrough(), { isTTY: true, setRawMode: () => undefined })
  const output = Object.assign(new PassThrough(), { isTTY: true, columns: 160, rows: 40 })
  let shown = ''
  let pauses = 0
  output.on('data', (chunk: Buffer) => {
    const isAsking = shown.includes('Let it go?')
    shown += stripVTControlCharacters(chunk.toString())
    if (!isAsking && shown.includes('Let it go?')) setImmediate(() => input.write(keys))
  })
  const pause = () => {
    pauses += 1
  }
  const consent = await askingOn({ input, output }, { pause })([index], { inTransaction: false })
  return { consent, pauses, first: shown.split('\n')[0] }
}

describe('a person at the terminal, asked about what would go', () => {
  test('is shown it, and keeps it by doing nothing', async () => {
    assert.deepEqual(await ask('\r'), {
      consent: false,
      pauses: 1,
      first: '  blog.0002_no_note: takes along: index note_by_hand (on blog_post.note)',
    })
  })

  test('can let it go', async () => {
    assert.equal((await ask('y')).consent, true)
  })

  test('can end it all', async () => {
    await assert.rejects(ask('\u0003'), { code: 'cli.interrupted' })
  })

  test('is asked nothing while locks are held, nor where nobody is', async () => {
    const pause = () => assert.fail('something was said')
    const streams = { input: new PassThrough(), output: new PassThrough() }
    assert.equal(await askingOn(streams, { pause })([index], { inTransaction: true }), false)
    assert.equal(await askingOn(undefined, { pause })([index], { inTransaction: false }), false)
  })
})
