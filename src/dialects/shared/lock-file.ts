import type { DatabaseSync } from 'node:sqlite'
import { setTimeout as sleep } from 'node:timers/promises'
import { defined } from '../../lib/defined.ts'
import type { Lock, LockOptions } from '../../schema/dialect.ts'
import { loadNodeSqlite } from './quiet-loading.ts'

export interface LockFileOptions extends LockOptions {
  /** Throws what there is to say when the time is up. */
  readonly giveUp: () => never
  /** What there is to say when the file cannot be made or read. */
  readonly explain: (error: unknown) => Error
}

/**
 * Takes a lock that the operating system frees when its holder dies: an exclusive transaction on an empty SQLite database. The file stays: who deleted
 * it could leave two processes with a lock each, one on the old file and one on a new one.
 *
 * The wait is here and not in the engine, in short sleeps of uneven length, so that a waiter can be interrupted and two never go in step.
 */
export async function lockFile(path: string, options: LockFileOptions): Promise<Lock> {
  const { timeout, onWait, signal, giveUp, explain } = options
  const { DatabaseSync: Database } = loadNodeSqlite()
  const attempt = <Result>(body: () => Result): Result => {
    try {
      return body()
    } catch (error) {
      throw explain(error)
    }
  }
  const deadline = Date.now() + timeout
  const database = attempt(() => new Database(path))
  let told = false
  try {
    while (!attempt(() => tryLock(database))) {
      if (!told) onWait?.(undefined)
      told = true
      if (Date.now() >= deadline) giveUp()
      await sleep(20 + Math.random() * 60, undefined, defined({ signal }))
    }
  } catch (error) {
    database.close()
    throw error
  }
  return { release: async () => database.close() }
}

const busy = 5

function tryLock(database: DatabaseSync): boolean {
  try {
    database.exec('BEGIN EXCLUSIVE')
    return true
  } catch (error) {
    // The lowest byte tells the kind of failure (https://sqlite.org/rescode.html).
    if (error instanceof Error && 'errcode' in error && (Number(error.errcode) & 0xff) === busy) return false
    throw error
  }
}
