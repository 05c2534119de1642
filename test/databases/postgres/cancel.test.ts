import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { interruptible } from '../../../src/api/interruptible.ts'
import { openPglite, openPostgres } from '../../../src/dialects/postgres/index.ts'
import { openSqlite } from '../../../src/dialects/sqlite/index.ts'
import { sql } from '../../../src/schema/sql.ts'
import { postgresUnderTest } from '../../support/postgres-database.ts'
import { rows } from './two-servers.ts'

const { skip } = postgresUnderTest
const database = skip === false ? await postgresUnderTest.create() : undefined
const url = database?.url ?? ''
after(async () => database?.drop())

const asleep = sql`SELECT pg_sleep(30)`

test('a statement under way is stopped, and the session goes on', { skip }, async () => {
  const session = await openPostgres({ url })
  const started = performance.now()
  const sleeping = session.query(asleep)
  await sleep(100)
  await session.cancel()
  await assert.rejects(sleeping, {
    code: 'database.cancelled',
    details: { database: session.label, statement: 'SELECT pg_sleep(30)' },
  })
  assert.ok(performance.now() - started < 10_000)
  assert.deepEqual(await rows(session, 'SELECT 1 AS n'), [{ n: 1 }])
  await session.close()
})

test('with nothing under way there is nothing to stop', { skip }, async () => {
  const session = await openPostgres({ url })
  await session.cancel()
  assert.deepEqual(await rows(session, 'SELECT 1 AS n'), [{ n: 1 }])
  await session.close()
  await session.cancel()
})

test('a statement that somebody else stops is cancelled too', { skip }, async () => {
  const [session, other] = [await openPostgres({ url }), await openPostgres({ url })]
  const [backend] = await rows(session, 'SELECT pg_backend_pid() AS pid')
  const sleeping = session.query(asleep)
  await sleep(100)
  await rows(other, `SELECT pg_cancel_backend(${backend?.['pid']})`)
  await assert.rejects(sleeping, { code: 'database.cancelled' })
  await Promise.all([session.close(), other.close()])
})

test('a statement that takes longer than it may is stopped by the server', { skip }, async () => {
  const session = await openPostgres({ url, statementTimeout: 150 })
  await assert.rejects(session.query(asleep), {
    code: 'database.statementTimeout',
    details: { database: session.label, statement: 'SELECT pg_sleep(30)', seconds: 0.15 },
  })
  await session.outsideTransaction(async () => {
    await session.query(sql`SELECT pg_sleep(0.4)`)
  })
  await assert.rejects(session.query(asleep), { code: 'database.statementTimeout' })
  await session.close()
})

test('an abort stops the statement on the server, rolls back and leaves the session as it was', { skip }, async () => {
  for (const byKysely of [false, true]) {
    const session = await openPostgres({ url })
    const controller = new AbortController()
    const live = interruptible(session, controller.signal)
    await session.script('CREATE TABLE IF NOT EXISTS t (n int)')
    const lock = await live.lock({ timeout: 0 })
    const started = performance.now()
    const work = live.transaction(async () => {
      await live.script('INSERT INTO t VALUES (1)')
      setTimeout(() => controller.abort(new Error('stop')), 100)
      if (!byKysely) return live.query(asleep)
      const { sql: raw } = await import('kysely')
      return raw`SELECT pg_sleep(30)`.execute(live.kysely)
    })
    await assert.rejects(work, { code: 'database.cancelled' })
    assert.ok(performance.now() - started < 10_000)
    await assert.rejects(live.query(asleep), { message: 'stop' })
    await lock.release()
    assert.deepEqual(await rows(session, 'SELECT * FROM t'), [])
    assert.deepEqual(
      await rows(
        session,
        "SELECT count(*)::int AS n FROM pg_locks WHERE locktype = 'advisory' AND pid = pg_backend_pid()",
      ),
      [{ n: 0 }],
    )
    await session.close()
  }
})

test('an abort ends the wait for the lock, and listens no longer than there is work', { skip }, async () => {
  const [holder, session] = [await openPostgres({ url }), await openPostgres({ url })]
  const lock = await holder.lock({ timeout: 0 })
  const controller = new AbortController()
  const live = interruptible(session, controller.signal)
  await live.query(sql`SELECT 1`)
  setTimeout(() => controller.abort(new Error('stop')), 50)
  await assert.rejects(live.lock({ timeout: 60_000 }), { name: 'AbortError' })
  await lock.release()
  await Promise.all([session.close(), holder.close()])
})

test('where nothing can be stopped, an abort ends the work behind the statement under way', async () => {
  for (const session of [await openPglite({}), await openSqlite({ path: ':memory:' })]) {
    const controller = new AbortController()
    const live = interruptible(session, controller.signal)
    await session.script('CREATE TABLE t (n int)')
    await assert.rejects(
      live.transaction(async () => {
        await live.script('INSERT INTO t VALUES (1)')
        controller.abort(new Error('stop'))
        await live.script('INSERT INTO t VALUES (2)')
      }),
      { message: 'stop' },
    )
    assert.deepEqual(await rows(session, 'SELECT * FROM t'), [])
    await session.close()
  }
})
