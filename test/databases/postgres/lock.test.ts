import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { after, test } from 'node:test'
import { openPostgres } from '../../../src/dialects/postgres/index.ts'
import type { GodwitError } from '../../../src/errors/error.ts'
import type { Session } from '../../../src/schema/dialect.ts'
import { connectPostgres, postgresUnderTest } from '../../support/postgres-database.ts'
import { rows } from './two-servers.ts'

const { skip } = postgresUnderTest
const database = skip === false ? await postgresUnderTest.create() : undefined
const url = database?.url ?? ''
after(async () => database?.drop())

async function twoSessions(work: (first: Session, second: Session) => Promise<void>): Promise<void> {
  const [first, second] = await Promise.all([openPostgres({ url }), openPostgres({ url })])
  try {
    await work(first, second)
  } finally {
    await Promise.all([first.close(), second.close()])
  }
}

test('the lock is held by one, waited for by others, who are told by whom', { skip }, () =>
  twoSessions(async (first, second) => {
    const lock = await first.lock({ timeout: 0 })
    const [backend] = await rows(first, 'SELECT pg_backend_pid() AS pid, current_user AS role')
    const told: (string | undefined)[] = []
    await assert.rejects(second.lock({ timeout: 150, onWait: (holder) => told.push(holder) }), (error: GodwitError) => {
      assert.equal(error.code, 'database.lockTimeout')
      assert.match(error.message, new RegExp(`0.15 seconds .*process ${backend?.['pid']} of `))
      return true
    })
    assert.equal(told.length, 1)
    const words = new RegExp(
      `^process ${backend?.['pid']} of ${backend?.['role']}@[\\d.:]+ \\(godwit\\), since \\d\\d:\\d\\d:\\d\\d UTC$`,
    )
    assert.match(told[0] ?? '', words)
    await second.script('CREATE TABLE not_hindered (n int); DROP TABLE not_hindered')
    const waiting = second.lock({ timeout: 5000 })
    await lock.release()
    await (await waiting).release()
    const again = await first.lock({ timeout: 0 })
    await again.release()
  }),
)

test('who waits keeps no snapshot and waits for nothing in the server', { skip }, () =>
  twoSessions(async (first, second) => {
    await first.script('CREATE TABLE indexed AS SELECT generate_series(1, 100) AS n')
    const lock = await first.lock({ timeout: 0 })
    const waiting = second.lock({ timeout: 20_000 })
    // It would wait for ever for whoever waits inside the server.
    await first.outsideTransaction(() => first.script('CREATE INDEX CONCURRENTLY indexed_n ON indexed (n)'))
    await lock.release()
    await (await waiting).release()
    await first.script('DROP TABLE indexed')
  }),
)

test('the lock outlives transactions that are rolled back', { skip }, () =>
  twoSessions(async (first, second) => {
    const lock = await first.lock({ timeout: 0 })
    await assert.rejects(
      first.transaction(() => Promise.reject(new Error('stop'))),
      { message: 'stop' },
    )
    await assert.rejects(second.lock({ timeout: 0 }), { code: 'database.lockTimeout' })
    await lock.release()
  }),
)

test('two schemas of one database do not hinder each other', { skip }, () =>
  twoSessions(async (first, second) => {
    await first.script('CREATE SCHEMA IF NOT EXISTS other')
    const elsewhere = new URL(url)
    elsewhere.searchParams.set('options', '-c search_path=other')
    const third = await openPostgres({ url: elsewhere.href })
    const [one, two] = [await first.lock({ timeout: 0 }), await third.lock({ timeout: 0 })]
    await assert.rejects(second.lock({ timeout: 0 }), { code: 'database.lockTimeout' })
    await Promise.all([one.release(), two.release()])
    await third.close()
  }),
)

test('a wait ends when its signal says so', { skip }, () =>
  twoSessions(async (first, second) => {
    const lock = await first.lock({ timeout: 0 })
    const controller = new AbortController()
    const waiting = second.lock({ timeout: 60_000, signal: controller.signal, onWait: () => controller.abort() })
    await assert.rejects(waiting, { name: 'AbortError' })
    await lock.release()
    await (await second.lock({ timeout: 0 })).release()
  }),
)

test('a holder that is killed frees the lock', { skip }, async () => {
  const script = `
    const { openPostgres } = await import(${JSON.stringify(new URL('../../../src/dialects/postgres/index.ts', import.meta.url).href)})
    const session = await openPostgres({ url: ${JSON.stringify(url)} })
    await session.lock({ timeout: 0 })
    console.log('held')
    await session.script('SELECT pg_sleep(60)')
  `
  const child = spawn(process.execPath, ['--input-type=module', '-e', script], { stdio: ['ignore', 'pipe', 'inherit'] })
  await once(child.stdout, 'data')
  const session = await openPostgres({ url })
  await assert.rejects(session.lock({ timeout: 100 }), { code: 'database.lockTimeout' })
  child.kill('SIGKILL')
  // The server looks every second whether its client is still there, and stops the statement.
  await (await session.lock({ timeout: 20_000 })).release()
  await session.close()
})

test('a connection that the server ends frees the lock, and its holder can let go all the same', { skip }, () =>
  twoSessions(async (first, second) => {
    const lock = await first.lock({ timeout: 0 })
    const [backend] = await rows(first, 'SELECT pg_backend_pid() AS pid')
    await rows(second, `SELECT pg_terminate_backend(${backend?.['pid']})`)
    await (await second.lock({ timeout: 5000 })).release()
    await lock.release()
  }),
)

test('eight that start at once take the lock one after the other', { skip }, async () => {
  const sessions = await Promise.all(Array.from({ length: 8 }, () => openPostgres({ url })))
  let inside = 0
  let most = 0
  await Promise.all(
    sessions.map(async (session) => {
      const lock = await session.lock({ timeout: 60_000 })
      inside += 1
      most = Math.max(most, inside)
      await session.script('SELECT pg_sleep(0.01)')
      inside -= 1
      await lock.release()
    }),
  )
  assert.equal(most, 1)
  await Promise.all(sessions.map((session) => session.close()))
})

test('a statement gives up waiting for a lock, and names who has it', { skip }, () =>
  twoSessions(async (first) => {
    await first.script('CREATE TABLE IF NOT EXISTS busy (n int)')
    const impatient = await openPostgres({ url, lockTimeout: 200 })
    const holder = await connectPostgres(url)
    await holder.exec("SET application_name = 'shop'; BEGIN; SELECT * FROM busy")
    const [backend] = await holder.all('SELECT pg_backend_pid() AS pid')
    for (const inTransaction of [false, true]) {
      const alter = () => impatient.script('ALTER TABLE busy ADD COLUMN m int')
      const started = performance.now()
      await assert.rejects(inTransaction ? impatient.transaction(alter) : alter(), (error: GodwitError) => {
        assert.equal(error.code, 'database.lockNotAvailable')
        const {
          seconds,
          statement,
          holder: words,
        } = error.details as { seconds: number; statement: string; holder: string }
        assert.deepEqual([seconds, statement], [0.2, 'ALTER TABLE busy ADD COLUMN m int'])
        const expected = `^process ${backend?.['pid']} of .* \\(shop\\), idle in a transaction since .* UTC$`
        assert.match(words, new RegExp(expected))
        return true
      })
      assert.ok(performance.now() - started < 3000)
    }
    await assert.rejects(
      impatient.transaction(() => impatient.script('LOCK TABLE busy NOWAIT')),
      { code: 'database.lockNotAvailable', message: /would not wait/ },
    )
    await holder.exec('COMMIT')
    await impatient.script('ALTER TABLE busy ADD COLUMN m int')
    await holder.close()
    await impatient.close()
  }),
)
