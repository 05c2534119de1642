import { setTimeout as pause } from 'node:timers/promises'
import { hasCode } from '../errors/error.ts'

/** How patient a migration is with whoever holds the locks that it needs. */
export interface LockPatience {
  /** How often a transaction that gave up waiting is tried again. */
  readonly retries: number
  /** Ends the wait between two tries. */
  readonly signal?: AbortSignal
  readonly onRetry?: (retry: LockRetry) => void
}

/** One more try that is to come. */
export interface LockRetry {
  /** 1 for the first retry. */
  readonly attempt: number
  readonly of: number
  readonly waitMs: number
  /** Who was in the way, where the database says so. */
  readonly holder?: string
}

/**
 * Runs a body that leaves nothing behind when it throws, and runs it again when it gave up waiting for a lock: after a pause that doubles each time, so
 * that whoever had to queue behind it gets through in between. Any other failure, and the last of all tries, is the outcome.
 */
export async function withLockRetries<Result>(
  body: () => Promise<Result>,
  patience: LockPatience,
  sleep: (milliseconds: number, signal: AbortSignal | undefined) => Promise<void> = sleepUnlessAborted,
): Promise<Result> {
  const { retries, signal, onRetry } = patience
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await body()
    } catch (error) {
      const obstacle = obstacleIn(error)
      if (obstacle === undefined || attempt > retries) throw error
      const waitMs = waitBefore(attempt)
      onRetry?.({ attempt, of: retries, waitMs, ...obstacle })
      await sleep(waitMs, signal)
    }
  }
}

const firstWait = 500
const longestWait = 15_000

/** How long to wait before a retry, in milliseconds: 0.5 s doubling up to 15 s, a quarter more or less by chance, so that two who met part. */
export function waitBefore(attempt: number, chance: number = Math.random()): number {
  const whole = Math.min(firstWait * 2 ** (attempt - 1), longestWait)
  return Math.round(whole * (0.75 + chance / 2))
}

/** What stood in the way, where waiting helps; the error that says so may be the reason of another. */
function obstacleIn(error: unknown): Pick<LockRetry, 'holder'> | undefined {
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    if (hasCode(cause, 'database.deadlock')) return {}
    if (hasCode(cause, 'database.lockNotAvailable')) {
      const { holder } = cause.details
      return holder === undefined ? {} : { holder }
    }
  }
  return undefined
}

async function sleepUnlessAborted(milliseconds: number, signal: AbortSignal | undefined): Promise<void> {
  try {
    await pause(milliseconds, undefined, signal === undefined ? {} : { signal })
  } catch (error) {
    // What interrupts has its own words for it.
    signal?.throwIfAborted()
    throw error
  }
}
