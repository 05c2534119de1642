import assert from 'node:assert/strict'
import { setTimeout as sleep } from 'node:timers/promises'
import { interruptible } from '../../../src/api/interruptible.ts'
import { openDatabase } from '../../../src/dialects/index.ts'
import { sql } from '../../../src/schema/sql.ts'
import { threadsIn } from '../../support/mysql-threads.ts'
import { createProject, finished } from '../../support/project.ts'
import { rows, testBothWays, testOnEachProduct } from './two-ways.ts'

/** A statement that takes a minute, and one that changes the schema. */
const slow = 'INSERT INTO t (n) SELECT 1 FROM t AS a WHERE SLEEP(60) = 0'
const slowAlter =
  'ALTER TABLE t ADD CONSTRAINT t_check CHECK (length(sha2(repeat(word, 1000000), 512)) > n), ALGORITHM=COPY'
const tables = [
  'CREATE TABLE t (n int, word char(1))',
  `INSERT INTO t VALUES ${Array.from({ length: 5000 }, () => "(1, 'x')").join(', ')}`,
]

testBothWays(
  'a statement under way is stopped, and the session goes on',
  ['CREATE TABLE t (n int)', 'INSERT INTO t VALUES (1)'],
  async (session) => {
    const started = performance.now()
    const sleeping = assert.rejects(session.query(sql`INSERT INTO t (n) SELECT 1 FROM t AS a WHERE SLEEP(60) = 0`), {
      code: 'database.cancelled',
      details: { database: session.label, statement: slow },
    })
    await sleep(150)
    await session.cancel()
    await sleeping
    assert.ok(performance.now() - started < 10_000)
    assert.deepEqual(await rows(session, 'SELECT count(*) AS n FROM t'), [{ n: 1 }])
  },
)

testBothWays('a change of the schema that is stopped leaves nothing', tables, async (session) => {
  const altering = assert.rejects(session.script(slowAlter), { code: 'database.cancelled' })
  await sleep(300)
  await session.cancel()
  await altering
  const { tables: found } = await session.inspect()
  assert.deepEqual([...found.keys()], ['t'])
  assert.deepEqual(found.get('t')?.checks, [])
})

testBothWays('with nothing under way there is nothing to stop', [], async (session) => {
  await session.cancel()
  assert.deepEqual(await rows(session, 'SELECT 1 AS n'), [{ n: 1 }])
})

testOnEachProduct('a statement that somebody else stops is cancelled too', async (database) => {
  const [session, other] = await Promise.all([database.openSession(), database.openSession()])
  const [own] = await rows(session, 'SELECT CONNECTION_ID() AS id')
  await session.script('CREATE TABLE t (n int)')
  await session.script('INSERT INTO t VALUES (1)')
  const sleeping = assert.rejects(session.script(slow), { code: 'database.cancelled' })
  await sleep(150)
  await other.script(`KILL QUERY ${own?.['id']}`)
  await sleeping
  await Promise.all([session.close(), other.close()])
})

testOnEachProduct('a statement that takes longer than it may is stopped, whatever it is', async (database) => {
  const session = await openDatabase(database.url, '/', { statementTimeout: 400 })
  for (const statement of tables) await session.script(statement)
  for (const statement of [slow, slowAlter, 'SELECT n FROM t WHERE SLEEP(60) = 0']) {
    const started = performance.now()
    await assert.rejects(session.script(statement), {
      code: 'database.statementTimeout',
      details: { database: session.label, statement, seconds: 0.4 },
    })
    assert.ok(performance.now() - started < 10_000)
  }
  assert.deepEqual(await rows(session, 'SELECT count(*) AS n FROM t'), [{ n: 5000 }])
  await session.close()
})

testOnEachProduct('a table that is rebuilt in place for longer than it may is said to be that', async (database) => {
  const owner = await database.openSession()
  for (const statement of tables) await owner.script(statement)
  await owner.script('CREATE TABLE wide (n int, word varchar(500))')
  await owner.script("INSERT INTO wide SELECT a.n, repeat('x', 500) FROM t AS a, t AS b LIMIT 150000")
  const hurried = await openDatabase(database.url, '/', { statementTimeout: 100 })
  const statement = 'ALTER TABLE wide MODIFY n int NOT NULL, ALGORITHM=INPLACE, LOCK=NONE'
  await assert.rejects(hurried.script(statement), {
    code: 'database.statementTimeout',
    details: { database: hurried.label, statement, seconds: 0.1 },
  })
  await hurried.close()
  await owner.close()
})

testOnEachProduct(
  'an abort stops the statement on the server, rolls back and leaves the session as it was',
  async (database) => {
    for (const byKysely of [false, true]) {
      const session = await database.openSession()
      const controller = new AbortController()
      const live = interruptible(session, controller.signal)
      await session.script('CREATE TABLE IF NOT EXISTS t (n int)')
      const lock = await live.lock({ timeout: 0 })
      const started = performance.now()
      const work = live.transaction(async () => {
        await live.script('INSERT INTO t VALUES (1)')
        setTimeout(() => controller.abort(new Error('stop')), 150)
        if (!byKysely) return live.script(slow)
        const { sql: raw } = await import('kysely')
        await raw`INSERT INTO t (n) SELECT 1 FROM t AS a WHERE SLEEP(60) = 0`.execute(live.kysely)
      })
      await assert.rejects(work, { code: 'database.cancelled' })
      assert.ok(performance.now() - started < 10_000)
      await assert.rejects(live.query(sql`SELECT 1`), { message: 'stop' })
      await lock.release()
      assert.deepEqual(await rows(session, 'SELECT * FROM t'), [])
      await session.close()
    }
  },
)

testOnEachProduct('Ctrl-C stops what the server is doing, undoes it, and the next run completes', async (database) => {
  const project = createProject({
    database,
    files: {
      'shop/models.ts': 'export {}',
      'shop/migrations/0001_slow.ts': `
        import { defineMigration, runSql } from 'godwit/migrations'
        export default defineMigration({
          operations: [
            runSql({ forwards: 'INSERT INTO t SELECT 1 FROM patience WHERE SLEEP(seconds) = 0', backwards: 'DELETE FROM t' }),
          ],
        })`,
    },
  })
  const client = await database.connect()
  await client.exec('CREATE TABLE t (n int); CREATE TABLE patience (seconds int); INSERT INTO patience VALUES (60)')
  const started = performance.now()
  const child = project.start(['migrate'])
  const name = new URL(database.url).pathname.slice(1)
  const asleep = async (): Promise<boolean> => (await threadsIn(name, client.all, 'INSERT INTO t SELECT')).length > 0
  while (!(await asleep()) && child.exitCode === null) await sleep(20)
  child.kill('SIGINT')
  const { code, stderr } = await finished(child)
  assert.equal(code, 130, stderr)
  assert.match(stderr, /error: Interrupted\./)
  assert.ok(performance.now() - started < 30_000)
  assert.equal(await asleep(), false)
  assert.deepEqual(await client.all('SELECT * FROM t'), [])
  await client.exec('UPDATE patience SET seconds = 0')
  const again = await project.run(['migrate'])
  assert.equal(again.code, 0, again.stderr)
  assert.deepEqual(await client.all('SELECT n FROM t'), [{ n: 1 }])
  await client.close()
})
