import { createHash } from 'node:crypto'
import { fail } from '../../errors/error.ts'
import type { Lock, LockOptions } from '../../schema/dialect.ts'
import { type Sql, sql, value, verbatim } from '../../schema/sql.ts'
import { pollForLock } from '../shared/poll-for-lock.ts'
import { backendColumns, backendInWords, backendOf } from './blockers.ts'
import type { Query } from './catalog.ts'

/** The database, and the schema in it, that one process at a time migrates: two projects in two schemas do not hinder each other. */
export interface LockedPlace {
  readonly label: string
  readonly database: string
  readonly schema: string
}

/**
 * Takes the advisory lock by which one process at a time migrates a database. It belongs to the session that does the work and dies with it, and not
 * before the server has finished the session's last statement.
 *
 * The wait is here and not in the server: who waits there keeps a snapshot, and a CREATE INDEX CONCURRENTLY of the holder waits for that for ever.
 */
export async function lockDatabase(query: Query, place: LockedPlace, options: LockOptions): Promise<Lock> {
  const key = sql`${value({ $bigint: lockKey(place) })}::bigint`
  const isTaken = async (): Promise<boolean> =>
    (await query(sql`SELECT pg_catalog.pg_try_advisory_lock(${key}) AS locked`))[0]?.['locked'] === true
  await pollForLock({ label: place.label, tryLock: isTaken, holder: () => holderOf(query, place) }, options)
  // A pooler that was not found out may have given the lock to a process that serves somebody else by now.
  if (!(await isOwn(query, place))) fail('database.transactionPooler', { database: place.label })
  return {
    async release() {
      // A connection that is gone has taken the lock with it, and closing this one does so too.
      await query(sql`SELECT pg_catalog.pg_advisory_unlock(${key})`).catch(() => {})
    },
  }
}

/** A number of our own for each schema of each database: the first eight bytes of a hash, as the signed integer that the server takes. */
function lockKey({ database, schema }: LockedPlace): string {
  const hash = createHash('sha256').update(`godwit\0${database}\0${schema}`).digest()
  return String(hash.readBigInt64BE())
}

/** Who has the lock, in words; undefined when it was given back meanwhile. */
async function holderOf(query: Query, place: LockedPlace): Promise<string | undefined> {
  const [row] = await query(sql`SELECT ${verbatim(backendColumns)}
FROM pg_catalog.pg_locks l JOIN pg_catalog.pg_stat_activity a USING (pid) WHERE ${isTheLock(place)}`)
  return row === undefined ? undefined : backendInWords(backendOf(row))
}

/** Whether the process that serves the connection has the lock. */
async function isOwn(query: Query, place: LockedPlace): Promise<boolean> {
  const own = sql`l.pid = pg_catalog.pg_backend_pid()`
  return (await query(sql`SELECT FROM pg_catalog.pg_locks l WHERE ${own} AND ${isTheLock(place)}`)).length > 0
}

/** A lock by one number shows its two halves (https://www.postgresql.org/docs/current/view-pg-locks.html). */
function isTheLock(place: LockedPlace): Sql {
  const bits = BigInt.asUintN(64, BigInt(lockKey(place)))
  const [high, low] = [String(bits >> 32n), String(bits & 0xffff_ffffn)]
  return sql`l.locktype = 'advisory' AND l.granted AND l.objsubid = 1
  AND l.database = (SELECT d.oid FROM pg_catalog.pg_database d WHERE d.datname = pg_catalog.current_database())
  AND l.classid::text = ${value(high)} AND l.objid::text = ${value(low)}`
}
