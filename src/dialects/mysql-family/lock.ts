import { createHash } from 'node:crypto'
import { fail } from '../../errors/error.ts'
import type { Lock, LockOptions, Row } from '../../schema/dialect.ts'
import { type Sql, sql, value, verbatim } from '../../schema/sql.ts'
import { pollForLock } from '../shared/poll-for-lock.ts'
import { threadColumns, threadInWords } from './blockers.ts'
import type { Variant } from './variant.ts'

type Query = (statement: Sql) => Promise<readonly Row[]>

/** The database that one process at a time migrates. */
export interface LockedPlace {
  readonly label: string
  readonly database: string
  /** The thread that serves the connection. */
  readonly id: number
  readonly variant: Pick<Variant, 'server'>
}

/**
 * Takes the lock by which one process at a time migrates a database. It belongs to the session that does the work and dies with it, and not before the
 * server has finished the session's last statement: it goes on with an ALTER TABLE whose client is gone.
 *
 * The wait is here and not in the server, so that it can be interrupted and no timeout of statements ends it.
 */
export async function lockDatabase(query: Query, place: LockedPlace, options: LockOptions): Promise<Lock> {
  const key = value(lockName(place.database))
  await pollForLock(
    { label: place.label, tryLock: () => isTaken(query, key), holder: () => holderOf(query, key, place) },
    options,
  )
  // A proxy that was not found out may have given the lock to a thread that serves somebody else by now.
  const [owner] = await query(sql`SELECT IS_USED_LOCK(${key}) AS id`)
  if (Number(owner?.['id']) !== place.id) fail('database.transactionPooler', { database: place.label })
  return {
    async release() {
      // A connection that is gone has taken the lock with it, and closing this one does so too.
      await query(sql`SELECT RELEASE_LOCK(${key}) AS released`).catch(() => {})
    },
  }
}

async function isTaken(query: Query, key: Sql): Promise<boolean> {
  const [row] = await query(sql`SELECT GET_LOCK(${key}, 0) AS locked`)
  return Number(row?.['locked'] ?? 0) === 1
}

/** Names of locks are one list for the whole server, and end after 64 characters (https://dev.mysql.com/doc/refman/9.7/en/locking-functions.html). */
export function lockName(database: string): string {
  const whole = `godwit ${database}`
  // Not all letters count the same there: with a hash, two databases that differ in case alone have two locks.
  const hash = createHash('sha256').update(database).digest('hex').slice(0, 12)
  return whole.length <= 50 ? `${whole} ${hash}` : `${whole.slice(0, 50)} ${hash}`
}

/** Who has the lock, in words; undefined when it was given back meanwhile. */
async function holderOf(query: Query, key: Sql, { variant }: LockedPlace): Promise<string | undefined> {
  const [row] = await query(
    sql`SELECT ${threadColumns} FROM ${verbatim(variant.server.threads)} p WHERE p.id = IS_USED_LOCK(${key})`,
  ).catch(() => [])
  return row === undefined ? undefined : threadInWords(row)
}
