import assert from 'node:assert/strict'
import { test } from 'node:test'
import { progressMeter } from './batch-progress.ts'

test('how many rows there are is asked for once a backfill goes on for a while, and once only', () => {
  const meter = progressMeter(0, 0)
  assert.deepEqual(meter.after(1000, 100), { rows: 1000 })
  assert.deepEqual([meter.wantsTotal(100), meter.wantsTotal(2000)], [false, true])
  meter.setRest(undefined)
  assert.equal(meter.wantsTotal(9000), false)
  assert.deepEqual(meter.after(1000, 9000), { rows: 2000 })
})

test('the rest takes as long, row by row, as what was done in this run', () => {
  const meter = progressMeter(0, 5000)
  meter.after(1000, 1000)
  meter.setRest(3000)
  assert.deepEqual(meter.after(1000, 2000), { rows: 7000, total: 9000, remainingMs: 2000 })
})

test('rows that were added meanwhile make the total no less than what was done', () => {
  const meter = progressMeter(0, 0)
  meter.setRest(10)
  assert.deepEqual(meter.after(30, 3000), { rows: 30, total: 30, remainingMs: 0 })
})
