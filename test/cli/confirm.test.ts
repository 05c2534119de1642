import assert from 'node:assert/strict'
import { PassThrough } from 'node:stream'
import { test } from 'node:test'
import { confirmOn } from '../../src/cli/confirm.ts'
import { failsWith } from '../history/migrations.ts'

/** What a person who presses these keys means. */
async function confirmed(keys: string): Promise<boolean> {
  const input = Object.assign(new PassThrough(), { isTTY: true, setRawMode: () => undefined })
  const output = Object.assign(new PassThrough(), { isTTY: true, columns: 160, rows: 40 })
  output.once('data', () => setImmediate(() => input.write(keys)))
  return confirmOn({ input, output }, 'Do you wish to proceed?')
}

test('a person at the terminal says yes, or no by Enter alone, or gives up', async () => {
  assert.equal(await confirmed('y\r'), true)
  assert.equal(await confirmed('\r'), false)
  await assert.rejects(confirmed('\u0003'), failsWith('cli.interrupted'))
})
