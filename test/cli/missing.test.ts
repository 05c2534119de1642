import assert from 'node:assert/strict'
import { PassThrough } from 'node:stream'
import { describe, test } from 'node:test'
import { stripVTControlCharacters } from 'node:util'
import type { Loss } from '../../src/api/migrate.ts'
import { askingToUnapply } from '../../src/cli/missing.ts'
import { migrationKey } from '../../src/history/migration.ts'

const migration = migrationKey('blog', '0002_tags')
const migrations = [{ migration, operations: ['Undo Create model Tag'] }]
const losses: readonly Loss[] = [{ table: 'blog_tag', rows: 2 }]

/** Presses keys once the question has been shown, and tells what was. */
async function ask(keys: string, lost: readonly Loss[], agreed: readonly string[] = []) {
  const input = Object.assign(new PassThrough(), { isTTY: true, setRawMode: () => undefined })
  const output = Object.assign(new PassThrough(), { isTTY: true, columns: 160, rows: 40 })
  let shown = ''
  output.on('data', (chunk: Buffer) => {
    const isAsking = shown.includes('Unapply them')
    shown += stripVTControlCharacters(chunk.toString())
    if (!isAsking && shown.includes('Unapply them')) setImmediate(() => input.write(keys))
  })
  const consent = askingToUnapply({ input, output }, new Set(agreed), { pause: () => undefined, say: () => undefined })
  return { consent: await consent({ migrations, losses: lost }), question: /Unapply them[^?]*\?/.exec(shown)?.[0] }
}

describe('a person at the terminal, asked about migrations without a file', () => {
  test('keeps them by doing nothing', async () => {
    assert.deepEqual(await ask('\r', losses), { consent: false, question: 'Unapply them, and lose this data?' })
    assert.deepEqual(await ask('\r', []), { consent: false, question: 'Unapply them?' })
  })

  test('can let them go', async () => {
    assert.equal((await ask('y', losses)).consent, true)
  })

  test('can end it all', async () => {
    await assert.rejects(ask('\u0003', losses), { code: 'cli.interrupted' })
  })

  test('is not asked again for what was agreed to by name', async () => {
    assert.deepEqual(await ask('', losses, [migration]), { consent: true, question: undefined })
  })
})

test('where nobody is, nothing is agreed to that loses data', async () => {
  const said: string[] = []
  const speaking = { pause: () => undefined, say: (text: string) => void said.push(text) }
  const consent = askingToUnapply(undefined, new Set(), speaking)
  assert.equal(await consent({ migrations, losses }), false)
  assert.equal(await consent({ migrations, losses: [] }), true)
  assert.equal(
    said[0],
    'To be unapplied, having no file here:\n  blog.0002_tags\n    Undo Create model Tag\n  Goes with it: 2 rows of blog_tag\n',
  )
})
