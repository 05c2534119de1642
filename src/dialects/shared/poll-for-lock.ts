import { setTimeout as sleep } from 'node:timers/promises'
import { fail } from '../../errors/error.ts'
import { defined } from '../../lib/defined.ts'
import type { LockOptions } from '../../schema/dialect.ts'

/** A lock of a server that one asks for, and is given or not. */
export interface Polled {
  readonly label: string
  readonly tryLock: () => Promise<boolean>
  /** Who has it, in words; undefined when it was given back meanwhile. */
  readonly holder: () => Promise<string | undefined>
}

/** Asks for a lock until it is given, or the time is up. The wait is here and not in the server. */
export async function pollForLock({ label, tryLock, holder: ask }: Polled, options: LockOptions): Promise<void> {
  const { timeout, onWait, signal } = options
  const deadline = Date.now() + timeout
  for (let tries = 0; !(await tryLock()); tries += 1) {
    const late = Date.now() >= deadline
    const holder = late || tries === 0 ? await ask() : undefined
    if (tries === 0) onWait?.(holder)
    if (late) fail('database.lockTimeout', { database: label, seconds: timeout / 1000, holder })
    await sleep(Math.min(pause(tries), deadline - Date.now()), undefined, defined({ signal }))
  }
}

/** Of uneven length, so that two that wait never go in step; longer as time goes by, as another migrate may take minutes. */
function pause(tries: number): number {
  return Math.min(1000, 40 * 1.3 ** tries) * (0.5 + Math.random())
}
