import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'

test('the demo runs to its end and shows each stage', async (t) => {
  // A folder of its own: somebody may be running the demo in the usual one.
  const scratch = mkdtempSync(join(tmpdir(), 'godwit-demo-'))
  t.after(() => rmSync(scratch, { recursive: true, force: true }))
  const { code, stdout, stderr } = await runDemo(join(scratch, 'shop'))
  assert.equal(code, 0, `${stdout}\n${stderr}`)

  const titles = [...stdout.matchAll(/^== (.*?) =*$/gm)].map(([, title]) => title)
  assert.equal(titles.length, 8)
  assert.match(stdout, /--answer billing\.Invoice\.currency:fill=/)
  assert.match(stdout, /\$ godwit makemigrations --no-input {4}\(exit code 2\)/)
  assert.match(stdout, /renameField\(\{ model: 'Invoice', from: 'sum', to: 'total' \}\)/)
  assert.match(stdout, /renameModel\(\{ from: 'Post', to: 'Article' \}\)/)
  assert.match(stdout, /2 of 3 addresses changed/)
  assert.equal(stdout.match(/^ok: 40 rows before, 40 rows after$/gm)?.length, 6)
  assert.match(stdout, /ok: nothing is left but the record of Godwit/)
  assert.match(stdout, /to the letter what they were\n$/)
})

interface Finished {
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
}

function runDemo(folder: string): Promise<Finished> {
  const { FORCE_COLOR: _, ...environment } = process.env
  const { promise, resolve } = Promise.withResolvers<Finished>()
  const child = execFile(
    process.execPath,
    ['demo/demo.ts', folder],
    { env: { ...environment, NO_COLOR: '1' } },
    (_error, stdout, stderr) => resolve({ code: child.exitCode, stdout, stderr }),
  )
  return promise
}
