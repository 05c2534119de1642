import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { testOnEach } from './support/databases.ts'
import { temporaryFolder } from './support/temporary-folder.ts'

testOnEach('the demo runs to its end and shows each stage', async (on) => {
  const named = on.kind === 'sqlite' ? [] : ['--database', (await on.create()).url]
  // A folder of its own: somebody may be running the demo in the usual one.
  const { code, stdout, stderr } = await runDemo([join(temporaryFolder('demo'), 'shop'), ...named])
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

function runDemo(args: readonly string[]): Promise<Finished> {
  const { FORCE_COLOR: _, ...environment } = process.env
  const { promise, resolve } = Promise.withResolvers<Finished>()
  const child = execFile(
    process.execPath,
    ['demo/demo.ts', ...args],
    { env: { ...environment, NO_COLOR: '1' } },
    (_error, stdout, stderr) => resolve({ code: child.exitCode, stdout, stderr }),
  )
  return promise
}
