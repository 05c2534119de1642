import assert from 'node:assert/strict'
import { setTimeout as sleep } from 'node:timers/promises'
import { interruptible } from '../../src/api/interruptible.ts'
import { GodwitError } from '../../src/errors/error.ts'
import { type MigrateEvent, migrate } from '../../src/execution/migrate.ts'
import { databases, testOnEach } from '../support/databases.ts'
import { threadsIn } from '../support/mysql-threads.ts'
import { finished } from '../support/project.ts'
import type { Client, DatabaseUnderTest, TestDatabase } from '../support/test-database.ts'
import { historyOf } from './history.ts'
import { migrateDatabase } from './migrate-database.ts'
import { start } from './run-migrate.ts'

const history = 'copy'
const servers = databases.filter(({ kind }) => kind === 'mariadb' || kind === 'mysql')

testOnEach(
  'an ALTER that runs on after its client was killed is waited for, not raced, and counts when it is through',
  async (on) => {
    const { database, watch } = await tableWithManyRows(on)
    const child = start(database.url, 'forwards', 0, history)
    const death = finished(child)
    const thread = await untilAltering(watch)
    child.kill('SIGKILL')
    assert.equal((await death).signal, 'SIGKILL')

    const seen: number[] = []
    let waited = false
    const onEvent = ({ kind }: MigrateEvent): void => {
      if (kind === 'lockWait') waited = true
    }
    const session = await database.openSession({
      observe: (phase, statement) => {
        if (phase === 'before' && /^ALTER TABLE/.test(statement)) seen.push(1)
      },
    })
    const wasAltering = (await altering(watch)).includes(thread)
    await migrate({ session, graph: historyOf(history), onEvent })
    await session.close()
    assert.ok(wasAltering, 'the statement ended before anybody could wait for it: it needs more rows')
    assert.ok(waited)
    assert.deepEqual(seen, [], 'what took effect is not done again')
    assert.deepEqual(await shape(database), { views: 'bigint', journal: [], record: 2 })
    console.log(`${on.name}: a second migrate waited for the ALTER of a killed one, and did not send it again`)
    await watch.close()
  },
  servers,
)

testOnEach(
  'Ctrl-C in the middle of a long ALTER stops it on the server, the table is as it was, and the next run completes',
  async (on) => {
    const { database, watch } = await tableWithManyRows(on)
    const stop = new AbortController()
    const plain = await database.openSession()
    const running = migrate({
      session: interruptible(plain, stop.signal),
      uninterrupted: plain,
      graph: historyOf(history),
      signal: stop.signal,
    })
    const failure = assert.rejects(running)
    await untilAltering(watch)
    const stopped = performance.now()
    stop.abort(new GodwitError('cli.interrupted', {}))
    await failure
    const took = Math.round(performance.now() - stopped)
    await plain.close()
    assert.deepEqual(await altering(watch), [])
    assert.equal((await shape(database)).views, 'int')
    await migrateDatabase(database.url, 'forwards', { history })
    assert.deepEqual(await shape(database), { views: 'bigint', journal: [], record: 2 })
    console.log(`${on.name}: Ctrl-C stopped the ALTER in ${took} ms, and the next run completed`)
    await watch.close()
  },
  servers,
)

/** A database migrated so far that the next migration copies a table which takes some seconds to copy. */
async function tableWithManyRows(on: DatabaseUnderTest) {
  const database = await on.create()
  await migrateDatabase(database.url, 'forwards', { history, to: '0001_initial' })
  const watch = await database.connect()
  await watch.exec("INSERT INTO blog_post (views, body) VALUES (1, repeat('x', 200))")
  for (let doubling = 0; doubling < 18; doubling += 1) {
    await watch.exec('INSERT INTO blog_post (views, body) SELECT views, body FROM blog_post')
  }
  return { database, watch }
}

/** The threads of the server that alter a table of this database. */
async function altering(client: Client): Promise<readonly number[]> {
  const [place] = await client.all('SELECT DATABASE() AS name')
  return threadsIn(String(place?.['name']), client.all, 'ALTER TABLE')
}

async function untilAltering(client: Client): Promise<number> {
  const deadline = Date.now() + 20_000
  while (Date.now() < deadline) {
    const [thread] = await altering(client)
    if (thread !== undefined) return thread
    await sleep(10)
  }
  throw new Error('No ALTER was ever seen.')
}

async function shape(database: TestDatabase) {
  const session = await database.openSession()
  try {
    const table = (await session.inspect()).tables.get('blog_post')
    const record = await session.query({ parts: ['SELECT name FROM godwit_migrations'] })
    return {
      views: table?.columns.find(({ name }) => name === 'views')?.type,
      journal: await session.query({ parts: ['SELECT name FROM godwit_journal'] }),
      record: record.length,
    }
  } finally {
    await session.close()
  }
}
