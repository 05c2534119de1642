import assert from 'node:assert/strict'
import { test } from 'node:test'
import { firstSize, nextSize, smallerSize } from './batch-size.ts'

test('a batch that took about as long as it should is followed by one of the same size', () => {
  assert.deepEqual(
    [200, 300, 500].map((milliseconds) => nextSize(1000, milliseconds)),
    [1000, 1000, 1000],
  )
})

test('a quick batch is followed by a larger one, up to ten times its size, and a slow one by a smaller one', () => {
  assert.equal(nextSize(1000, 150), 2000)
  assert.equal(nextSize(1000, 0), 10_000)
  assert.equal(nextSize(1000, 600), 500)
  assert.equal(nextSize(1000, 60_000), 250)
})

test('sizes stay within bounds, those that were asked for among them', () => {
  assert.equal(nextSize(90_000, 1), 100_000)
  assert.equal(nextSize(2, 60_000), 1)
  assert.equal(nextSize(40, 1, 50), 50)
  assert.deepEqual([firstSize(), firstSize(7)], [1000, 7])
  assert.equal(nextSize(7, 60_000, 7), 2)
})

test('who had to wait for a lock takes half of it next time', () => {
  assert.deepEqual(
    [1000, 12, 1].map((size) => smallerSize(size)),
    [500, 6, 1],
  )
})
