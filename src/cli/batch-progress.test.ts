import assert from 'node:assert/strict'
import { test } from 'node:test'
import { batchInWords, pacedBatches } from './batch-progress.ts'

test('how far a backfill has come is one line', () => {
  assert.equal(batchInWords({ rows: 1 }), '1 row')
  assert.equal(batchInWords({ rows: 12_000 }), '12,000 rows')
  assert.equal(
    batchInWords({ rows: 120_000, total: 1_000_000, remainingMs: 34_000 }),
    '120,000 of about 1,000,000 rows (12%), 34.0 s to go',
  )
  assert.equal(batchInWords({ rows: 7, total: 7, remainingMs: 0 }), '7 of about 7 rows (100%)')
})

test('where no line can be written over, there is one every ten seconds, and none of what is quick', () => {
  const isDue = pacedBatches()
  assert.deepEqual([0, 9000, 10_000, 10_001, 20_000].map(isDue), [false, false, true, false, true])
})
