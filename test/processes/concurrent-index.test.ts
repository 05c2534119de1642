import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { GodwitError } from '../../src/errors/error.ts'
import { postgresUnderTest } from '../support/postgres-database.ts'
import { finished } from '../support/project.ts'
import type { Client, TestDatabase } from '../support/test-database.ts'
import { migrateDatabase } from './migrate-database.ts'
import { start } from './run-migrate.ts'

const on = postgresUnderTest

/** What the history leaves of indexes, the key's aside. */
const expected = [{ name: 'post_share', valid: true }]

describe(`${on.name}: an index that comes or goes concurrently`, { concurrency: 2, skip: on.skip }, () => {
  test('outlasts the lock timeout, and is valid once the table is quiet', async () => {
    const { database, watch, writer } = await tableInUse('0002_rows')
    const migrating = migrateDatabase(database.url, 'forwards', { history: 'indexes', lockTimeout: 100 })
    await untilWaiting(watch, 'CREATE INDEX CONCURRENTLY')
    await sleep(1000)
    assert.deepEqual(await stateOf(watch, 'post_share'), 'invalid')
    await writer.exec('COMMIT')
    await migrating
    assert.deepEqual(await indexes(watch), expected)
    await Promise.all([watch.close(), writer.close()])
  })

  for (const { statement, name, after } of [
    { statement: 'CREATE INDEX CONCURRENTLY', name: 'post_share', after: '0002_rows' },
    { statement: 'DROP INDEX CONCURRENTLY', name: 'post_likes', after: '0003_share' },
  ]) {
    test(`is seen to by the next migrate when its process was killed during ${statement}`, async () => {
      const { database, watch, writer } = await tableInUse(after)
      const child = start(database.url, 'forwards', 0, 'indexes')
      const death = finished(child)
      const pid = await untilWaiting(watch, statement)
      child.kill('SIGKILL')
      assert.equal((await death).signal, 'SIGKILL')
      const seconds = await untilGone(watch, pid)
      assert.equal(await stateOf(watch, name), 'invalid')
      await writer.exec('COMMIT')
      await migrateDatabase(database.url, 'forwards', { history: 'indexes' })
      assert.deepEqual(await indexes(watch), expected)
      console.log(
        `${on.name}: ${statement} of a killed process ended ${seconds} s later, left an invalid index, and converged`,
      )
      await Promise.all([watch.close(), writer.close()])
    })
  }

  test('is built anew by the next migrate when the server was told to stop it', async () => {
    const { database, watch, writer } = await tableInUse('0002_rows')
    const failure = failureOf(database)
    const pid = await untilWaiting(watch, 'CREATE INDEX CONCURRENTLY')
    await watch.exec(`SELECT pg_cancel_backend(${pid})`)
    assert.match(await failure, /stopped on request/)
    assert.equal(await stateOf(watch, 'post_share'), 'invalid')
    await writer.exec('COMMIT')
    await migrateDatabase(database.url, 'forwards', { history: 'indexes' })
    assert.deepEqual(await indexes(watch), expected)
    await Promise.all([watch.close(), writer.close()])
  })

  test('is built anew by the next migrate when a row was in its way', async () => {
    const { database, watch, writer } = await tableInUse('0002_rows')
    await writer.exec("INSERT INTO blog_post (title, views, likes) VALUES ('unread', 0, 0); COMMIT")
    assert.match(await failureOf(database), /division by zero/)
    assert.equal(await stateOf(watch, 'post_share'), 'invalid')
    await writer.exec("UPDATE blog_post SET views = 1 WHERE title = 'unread'")
    await migrateDatabase(database.url, 'forwards', { history: 'indexes' })
    assert.deepEqual(await indexes(watch), expected)
    await Promise.all([watch.close(), writer.close()])
  })
})

/** A database migrated so far, and a transaction that writes to its table and stays open: an index is built or dropped when it has ended. */
async function tableInUse(to: string) {
  const database = await on.create()
  await migrateDatabase(database.url, 'forwards', { history: 'indexes', to })
  const [watch, writer] = await Promise.all([database.connect(), database.connect()])
  await writer.exec("BEGIN; INSERT INTO blog_post (title, views, likes) VALUES ('under way', 3, 0)")
  return { database, watch, writer }
}

/** What a migrate says that fails in the middle of the index. */
async function failureOf(database: TestDatabase): Promise<string> {
  try {
    await migrateDatabase(database.url, 'forwards', { history: 'indexes' })
  } catch (error) {
    assert.ok(error instanceof GodwitError && error.code === 'execution.stepFailed', String(error))
    return error.message
  }
  return 'nothing failed'
}

async function indexes(client: Client) {
  return client.all(`SELECT i.indexrelid::regclass::text AS name, i.indisvalid AS valid FROM pg_index i
    WHERE i.indrelid = 'blog_post'::regclass AND NOT i.indisprimary ORDER BY 1`)
}

async function stateOf(client: Client, name: string): Promise<string> {
  const found = (await indexes(client)).find((index) => index['name'] === name)
  if (found === undefined) return 'absent'
  return found['valid'] === true ? 'valid' : 'invalid'
}

/** Waits until a statement waits for others, and returns the process that carries it out. */
async function untilWaiting(client: Client, statement: string): Promise<number> {
  return soon(`${statement} waits`, async () => {
    const [row] = await client.all(`SELECT pid FROM pg_stat_activity
      WHERE datname = current_database() AND query LIKE '${statement}%' AND wait_event_type = 'Lock'`)
    return row === undefined ? undefined : Number(row['pid'])
  })
}

/** Waits until the server has ended a process, and returns how many seconds that took. The server looks now and then whether its client is there. */
async function untilGone(client: Client, pid: number): Promise<string> {
  const started = performance.now()
  return soon(`process ${pid} is gone`, async () => {
    const rows = await client.all(`SELECT pid FROM pg_stat_activity WHERE pid = ${pid}`)
    return rows.length > 0 ? undefined : ((performance.now() - started) / 1000).toFixed(1)
  })
}

async function soon<Found>(what: string, look: () => Promise<Found | undefined>): Promise<Found> {
  const deadline = Date.now() + 20_000
  while (Date.now() < deadline) {
    const found = await look()
    if (found !== undefined) return found
    await sleep(20)
  }
  throw new Error(`It never came to be that ${what}.`)
}
