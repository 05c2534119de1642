import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { interruptible } from '../../../src/api/interruptible.ts'
import { openPglite, openPostgres } from '../../../src/dialects/postgres/index.ts'
import { openSqlite } from '../../../src/dialects/sqlite/index.ts'
import { sql } from '../../../src/schema/sql.ts'
import { postgresUnderTest } from '../../support/postgres-database.ts'
import { createProject, finished } from '../../support/project.ts'
import { rows } from './two-servers.ts'

const { skip } = postgresUnderTest
const database = skip === false ? await postgresUnderTest.create() : undefined
const url = database?.url ?? ''
after(async () => database?.drop())

const asleep = sql`SELECT pg_sleep(30)`

test('a statement under way is stopped, and the session goes on', { skip }, async () => {
  const session = await openPostgres({ url })
  const started = performance.now()
  const sleeping = assert.rejects(session.query(asleep), {
    code: 'database.cancelled',
    details: { database: session.label, statement: 'SELECT pg_sleep(30)' },
  })
  await sleep(100)
  await session.cancel()
  await sleeping
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
  const sleeping = assert.rejects(session.query(asleep), { code: 'database.cancelled' })
  await sleep(100)
  await rows(other, `SELECT pg_cancel_backend(${backend?.['pid']})`)
  await sleeping
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

test('Ctrl-C stops what the server is doing, undoes it, and the next run completes', { skip }, async () => {
  const own = await postgresUnderTest.create()
  const project = createProject({
    database: own,
    files: {
      'shop/models.ts': 'export {}',
      'shop/migrations/0001_slow.ts': `
        import { defineMigration, runSql } from 'godwit/migrations'
        export default defineMigration({
          operations: [
            runSql({ forwards: 'CREATE TABLE slow (n int)' }),
            runSql({ forwards: "SELECT pg_sleep(current_setting('slow.seconds', true)::float)" }),
          ],
        })`,
    },
  })
  const client = await own.connect()
  await client.exec(`ALTER DATABASE "${new URL(own.url).pathname.slice(1)}" SET slow.seconds = 60`)
  const started = performance.now()
  const child = project.start(['migrate'])
  const asleep = async (): Promise<boolean> =>
    (await client.all("SELECT FROM pg_stat_activity WHERE wait_event = 'PgSleep' AND datname = current_database()"))
      .length > 0
  while (!(await asleep())) await sleep(20)
  child.kill('SIGINT')
  const { code, stderr } = await finished(child)
  assert.equal(code, 130, stderr)
  assert.match(stderr, /error: Interrupted\./)
  assert.ok(performance.now() - started < 30_000)
  assert.equal(await asleep(), false)
  assert.deepEqual(await client.all("SELECT to_regclass('slow') AS slow"), [{ slow: null }])
  await client.exec(`ALTER DATABASE "${new URL(own.url).pathname.slice(1)}" SET slow.seconds = 0`)
  const again = await project.run(['migrate'])
  assert.equal(again.code, 0, again.stderr)
  await client.close()
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
