import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { test } from 'node:test'

test('the demo runs to its end and shows each stage', async () => {
  const { promise, resolve } = Promise.withResolvers<{ code: number; stdout: string; stderr: string }>()
  const { FORCE_COLOR: _, ...environment } = process.env
  const child = execFile(
    process.execPath,
    ['demo/demo.ts'],
    { env: { ...environment, NO_COLOR: '1' } },
    (_error, stdout, stderr) => resolve({ code: child.exitCode ?? -1, stdout, stderr }),
  )
  const { code, stdout, stderr } = await promise
  assert.equal(code, 0, `${stdout}\n${stderr}`)

  const titles = [...stdout.matchAll(/^== (.*?) =*$/gm)].map(([, title]) => title)
  assert.equal(titles.length, 8)
  assert.match(stdout, /--answer billing\.Invoice\.currency:fill=/)
  assert.match(stdout, /\$ godwit makemigrations --no-input {4}\(exit code 2\)/)
  assert.match(stdout, /renameField\(\{ model: 'Invoice', from: 'sum', to: 'total' \}\)/)
  assert.match(stdout, /renameModel\(\{ from: 'Post', to: 'Article' \}\)/)
  assert.match(stdout, /2 of 3 addresses changed/)
  assert.match(stdout, /ok: nothing is left but the record of Godwit/)
  assert.match(stdout, /to the letter what they were\n$/)
})
