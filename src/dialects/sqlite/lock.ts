import { fail } from '../../errors/error.ts'
import type { Lock, LockOptions } from '../../schema/dialect.ts'
import { lockFile } from '../shared/lock-file.ts'
import { databaseError } from './database-error.ts'

/** Takes the lock by which one process at a time migrates a database file: that of a file beside it, `app.db-godwit`. */
export function lockDatabaseFile(file: string, label: string, options: LockOptions): Promise<Lock> {
  return lockFile(`${file}-godwit`, {
    ...options,
    giveUp: () => fail('database.lockTimeout', { database: label, seconds: options.timeout / 1000 }),
    explain: (error) => databaseError(error, `${label} (its lock file)`, 'BEGIN EXCLUSIVE'),
  })
}

/** The lock of a database that no other process can see. */
export const noLock: Lock = { release: async () => {} }
