import assert from 'node:assert/strict'
import { test } from 'node:test'
import { GodwitError } from '../errors/error.ts'
import { type LockRetry, waitBefore, withLockRetries } from './with-lock-retries.ts'

const statement = 'ALTER TABLE blog_post …'
const blocked = (holder?: string) =>
  new GodwitError('database.lockNotAvailable', { database: 'test', statement, seconds: 2, holder })
const deadlock = new GodwitError('database.deadlock', { database: 'test', statement, message: 'deadlock detected' })
const tooSlow = new GodwitError('database.statementTimeout', { database: 'test', statement, seconds: 5 })

/** A body that fails with these, one after the other, and then succeeds. */
function failing(...errors: readonly Error[]) {
  let runs = 0
  return {
    runs: () => runs,
    body: async () => {
      const error = errors[runs]
      runs += 1
      if (error !== undefined) throw error
      return 'done'
    },
  }
}

const noSleep = async () => {}

test('a body that waited too long is run again, and each retry is told with who was in the way', async () => {
  const told: LockRetry[] = []
  const slept: number[] = []
  const { body, runs } = failing(blocked('process 7'), deadlock, blocked())
  const outcome = await withLockRetries(body, { retries: 20, onRetry: (retry) => told.push(retry) }, async (wait) => {
    slept.push(wait)
  })
  assert.equal(outcome, 'done')
  assert.equal(runs(), 4)
  assert.deepEqual(
    told.map(({ waitMs: _, ...rest }) => rest),
    [
      { attempt: 1, of: 20, holder: 'process 7' },
      { attempt: 2, of: 20 },
      { attempt: 3, of: 20 },
    ],
  )
  assert.deepEqual(
    told.map(({ waitMs }) => waitMs),
    slept,
  )
})

test('the obstacle is found behind the error of a step', async () => {
  const { body, runs } = failing(new Error('the step failed', { cause: blocked() }))
  assert.equal(await withLockRetries(body, { retries: 1 }, noSleep), 'done')
  assert.equal(runs(), 2)
})

test('after the last retry the failure is the outcome', async () => {
  const last = blocked('process 9')
  const { body, runs } = failing(blocked(), blocked(), last, blocked())
  await assert.rejects(withLockRetries(body, { retries: 2 }, noSleep), last)
  assert.equal(runs(), 3)
  await assert.rejects(withLockRetries(failing(last).body, { retries: 0 }, noSleep), last)
})

test('what waiting does not help is not tried again', async () => {
  for (const error of [tooSlow, new Error('syntax error'), new Error('wrapped', { cause: tooSlow })]) {
    const { body, runs } = failing(error)
    await assert.rejects(withLockRetries(body, { retries: 20 }, noSleep), error)
    assert.equal(runs(), 1)
  }
})

test('the pause doubles up to a quarter of a minute, by chance a quarter shorter or longer', () => {
  assert.deepEqual(
    [1, 2, 3, 4, 5, 6, 7, 20].map((attempt) => waitBefore(attempt, 0.5)),
    [500, 1000, 2000, 4000, 8000, 15_000, 15_000, 15_000],
  )
  assert.deepEqual([waitBefore(1, 0), waitBefore(1, 1)], [375, 625])
})

test('an interruption ends the pause with its own reason', async () => {
  const controller = new AbortController()
  const reason = new GodwitError('cli.interrupted', {})
  const { body, runs } = failing(blocked(), blocked())
  const started = performance.now()
  const outcome = withLockRetries(body, {
    retries: 20,
    signal: controller.signal,
    onRetry: () => setTimeout(() => controller.abort(reason), 20),
  })
  await assert.rejects(outcome, reason)
  assert.equal(runs(), 1)
  assert.ok(performance.now() - started < 370, 'the pause was cut short')
})
