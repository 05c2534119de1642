import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { migrateFile } from './migrate-file.ts'
import { contents, run } from './run-migrate.ts'

const folder = mkdtempSync(join(tmpdir(), 'godwit-concurrent-'))
process.on('exit', () => rmSync(folder, { recursive: true, force: true }))

test('four processes that migrate at once apply every migration once', async () => {
  const alone = join(folder, 'alone.db')
  await migrateFile(alone, 'forwards')
  const shared = join(folder, 'shared.db')
  const outcomes = await Promise.all(Array.from({ length: 4 }, () => run(shared, 'forwards', 0)))
  assert.deepEqual(
    outcomes.map(({ code, stderr }) => ({ code, stderr })),
    Array.from({ length: 4 }, () => ({ code: 0, stderr: '' })),
  )
  assert.deepEqual(await contents(shared), await contents(alone))
})
