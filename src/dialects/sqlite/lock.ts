import { setTimeout as sleep } from 'node:timers/promises'
import { fail } from '../../errors/error.ts'
import type { Lock, LockOptions } from '../../schema/dialect.ts'
import { databaseError, isBusy } from './database-error.ts'
import { loadNodeSqlite } from './quiet-loading.ts'

/**
 * Takes the lock by which one process at a time migrates a database file: an exclusive transaction on an empty database beside it, `app.db-godwit`.
 * The operating system frees it when its holder dies. The file stays: who deleted it could leave two processes with a lock each, one on the old
 * file and one on a new one.
 *
 * The wait is here and not in the engine, in short sleeps of uneven length, so that a waiter can be interrupted and two never go in step.
 */
export async function lockFile(file: string, label: string, { timeout, onWait }: LockOptions): Promise<Lock> {
  const { DatabaseSync } = loadNodeSqlite()
  const deadline = Date.now() + timeout
  const database = attempt(label, () => new DatabaseSync(`${file}-godwit`))
  let told = false
  try {
    while (!attempt(label, () => tryLock(() => database.exec('BEGIN EXCLUSIVE')))) {
      if (!told) onWait?.(undefined)
      told = true
      if (Date.now() >= deadline) fail('database.lockTimeout', { database: label, seconds: timeout / 1000 })
      await sleep(20 + Math.random() * 60)
    }
  } catch (error) {
    database.close()
    throw error
  }
  return { release: async () => database.close() }
}

/** The lock of a database that no other process can see. */
export const noLock: Lock = { release: async () => {} }

function tryLock(begin: () => void): boolean {
  try {
    begin()
    return true
  } catch (error) {
    if (isBusy(error)) return false
    throw error
  }
}

function attempt<T>(label: string, body: () => T): T {
  try {
    return body()
  } catch (error) {
    throw databaseError(error, `${label} (its lock file)`, 'BEGIN EXCLUSIVE')
  }
}
