import assert from 'node:assert/strict'
import { testOnEach } from '../support/databases.ts'
import { contents } from './contents.ts'
import { migrateDatabase } from './migrate-database.ts'
import { run } from './run-migrate.ts'

testOnEach('four processes that migrate at once apply every migration once', async (on) => {
  const alone = await on.create()
  await migrateDatabase(alone.url, 'forwards')
  const shared = await on.create()
  const outcomes = await Promise.all(Array.from({ length: 4 }, () => run(shared.url, 'forwards', 0)))
  assert.deepEqual(
    outcomes.map(({ code, stderr }) => ({ code, stderr })),
    Array.from({ length: 4 }, () => ({ code: 0, stderr: '' })),
  )
  assert.deepEqual(await contents(shared.url), await contents(alone.url))
})
