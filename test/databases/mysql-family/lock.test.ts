import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { lockName } from '../../../src/dialects/mysql-family/lock.ts'
import type { GodwitError } from '../../../src/errors/error.ts'
import type { Session } from '../../../src/schema/dialect.ts'
import { threadsIn } from '../../support/mysql-threads.ts'
import { openSession } from '../../support/open-session.ts'
import { rows, testOnEachProduct } from './two-ways.ts'

/** A test on each product with two sessions on one database. */
function testWithTwo(name: string, work: (first: Session, second: Session, url: string) => Promise<void>): void {
  testOnEachProduct(name, async (database) => {
    const [first, second] = await Promise.all([database.openSession(), database.openSession()])
    try {
      await work(first, second, database.url)
    } finally {
      await Promise.all([first.close(), second.close()])
    }
  })
}

async function connectionId(session: Session): Promise<unknown> {
  return (await rows(session, 'SELECT CONNECTION_ID() AS id'))[0]?.['id']
}

testWithTwo('the lock is held by one, waited for by others, who are told by whom', async (first, second) => {
  const lock = await first.lock({ timeout: 0 })
  const id = await connectionId(first)
  const told: (string | undefined)[] = []
  await assert.rejects(second.lock({ timeout: 150, onWait: (holder) => told.push(holder) }), (error: GodwitError) => {
    assert.equal(error.code, 'database.lockTimeout')
    assert.match(error.message, new RegExp(`0.15 seconds .*connection ${id} of `))
    return true
  })
  assert.equal(told.length, 1)
  assert.match(told[0] ?? '', new RegExp(`^connection ${id} of \\w+@[\\w.:]+, idle for \\d seconds?$`))
  await second.script('CREATE TABLE not_hindered (n int)')
  const waiting = second.lock({ timeout: 5000 })
  await lock.release()
  await (await waiting).release()
  const again = await first.lock({ timeout: 0 })
  await again.release()
})

testWithTwo('the lock outlives transactions, and statements that end them', async (first, second) => {
  const lock = await first.lock({ timeout: 0 })
  await assert.rejects(
    first.transaction(() => Promise.reject(new Error('stop'))),
    { message: 'stop' },
  )
  await first.script('CREATE TABLE t (n int)')
  await assert.rejects(second.lock({ timeout: 0 }), { code: 'database.lockTimeout' })
  await lock.release()
})

testOnEachProduct('two databases do not hinder each other', async (database, on) => {
  const other = await on.create()
  const [here, there] = await Promise.all([database.openSession(), other.openSession()])
  const [one, two] = [await here.lock({ timeout: 0 }), await there.lock({ timeout: 0 })]
  await Promise.all([one.release(), two.release()])
  await Promise.all([here.close(), there.close()])
})

test('names of locks fit, and differ where names of databases do', () => {
  const long = 'x'.repeat(64)
  const names = ['shop', 'SHOP', long, `${long.slice(1)}y`, 'ünïcödé'].map(lockName)
  assert.equal(new Set(names.map((name) => name.toLowerCase())).size, names.length)
  assert.deepEqual(
    names.filter((name) => name.length > 64),
    [],
  )
})

testWithTwo('a wait ends when its signal says so', async (first, second) => {
  const lock = await first.lock({ timeout: 0 })
  const controller = new AbortController()
  const waiting = second.lock({ timeout: 60_000, signal: controller.signal, onWait: () => controller.abort() })
  await assert.rejects(waiting, { name: 'AbortError' })
  await lock.release()
  await (await second.lock({ timeout: 0 })).release()
})

testWithTwo(
  'a connection that the server ends frees the lock, and its holder can let go all the same',
  async (first, second) => {
    const lock = await first.lock({ timeout: 0 })
    await second.script(`KILL ${await connectionId(first)}`)
    await (await second.lock({ timeout: 5000 })).release()
    await lock.release()
  },
)

testOnEachProduct('eight that start at once take the lock one after the other', async (database) => {
  const sessions = await Promise.all(Array.from({ length: 8 }, () => database.openSession()))
  let inside = 0
  let most = 0
  await Promise.all(
    sessions.map(async (session) => {
      const lock = await session.lock({ timeout: 60_000 })
      inside += 1
      most = Math.max(most, inside)
      await rows(session, 'SELECT SLEEP(0.01)')
      inside -= 1
      await lock.release()
    }),
  )
  assert.equal(most, 1)
  await Promise.all(sessions.map((session) => session.close()))
})

/** Takes some seconds on any machine: each row is looked at, by a hash over half a megabyte. */
const slowAlter =
  'ALTER TABLE slow ADD CONSTRAINT slow_check CHECK (length(sha2(repeat(word, 500000), 512)) > n), ALGORITHM=COPY'

testOnEachProduct(
  'who died while a statement of theirs runs has the lock until the server is through',
  async (database) => {
    const session = await database.openSession()
    await session.script('CREATE TABLE slow (n int, word char(1))')
    await session.script(`INSERT INTO slow VALUES ${Array.from({ length: 2000 }, () => "(1, 'x')").join(', ')}`)
    const child = spawn(
      process.execPath,
      [
        '--input-type=module',
        '-e',
        `const { openSession } = await import(${JSON.stringify(new URL('../../support/open-session.ts', import.meta.url).href)})
       const session = await openSession(${JSON.stringify(database.url)})
       await session.lock({ timeout: 0 })
       console.log('held')
       await session.script(${JSON.stringify(slowAlter)})`,
      ],
      { stdio: ['ignore', 'pipe', 'inherit'] },
    )
    await once(child.stdout, 'data')
    const name = new URL(database.url).pathname.slice(1)
    const isAltering = async (): Promise<boolean> =>
      (await threadsIn(name, (query) => rows(session, query), 'ALTER TABLE slow')).length > 0
    while (!(await isAltering())) await sleep(10)
    child.kill('SIGKILL')
    await once(child, 'close')
    const told: (string | undefined)[] = []
    const lock = await session.lock({ timeout: 60_000, onWait: (holder) => told.push(holder) })
    assert.match(told[0] ?? '', /^connection \d+ of .*, busy for \d+ seconds? with `ALTER TABLE slow ADD/)
    assert.equal(await isAltering(), false)
    assert.equal((await session.inspect()).tables.get('slow')?.checks.length, 1)
    await lock.release()
    await session.close()
  },
)

testWithTwo('who holds the lock is known whatever letters others write', async (first, second, url) => {
  const other = await openSession(url)
  const lock = await first.lock({ timeout: 0 })
  const asleep = other.script("SELECT '😀', SLEEP(1)")
  await sleep(200)
  await assert.rejects(second.lock({ timeout: 0 }), { message: /The lock is held by connection \d+ of/ })
  await asleep
  await Promise.all([lock.release(), other.close()])
})

testOnEachProduct('a holder that is killed while it does nothing frees the lock', async (database) => {
  const child = spawn(
    process.execPath,
    [
      '--input-type=module',
      '-e',
      `const { openSession } = await import(${JSON.stringify(new URL('../../support/open-session.ts', import.meta.url).href)})
       const session = await openSession(${JSON.stringify(database.url)})
       await session.lock({ timeout: 0 })
       console.log('held')`,
    ],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  )
  await once(child.stdout, 'data')
  const session = await database.openSession()
  await assert.rejects(session.lock({ timeout: 100 }), { code: 'database.lockTimeout' })
  child.kill('SIGKILL')
  await (await session.lock({ timeout: 20_000 })).release()
  await session.close()
})

testOnEachProduct('a statement gives up waiting for a lock, and names who may have it', async (database) => {
  const impatient = await openSession(database.url, { lockTimeout: 900 })
  await impatient.script('CREATE TABLE busy (n int)')
  await impatient.script('INSERT INTO busy VALUES (1)')
  const holder = await database.connect()
  await holder.exec('BEGIN')
  await holder.all('SELECT * FROM busy')
  const [own] = await holder.all('SELECT CONNECTION_ID() AS id')
  const started = performance.now()
  await assert.rejects(impatient.script('ALTER TABLE busy ADD COLUMN m int'), (error: GodwitError) => {
    assert.equal(error.code, 'database.lockNotAvailable')
    const { seconds, statement, holder: words } = error.details as Record<string, string>
    assert.deepEqual([Number(seconds), statement], [1, 'ALTER TABLE busy ADD COLUMN m int'])
    assert.match(words ?? '', new RegExp(`^connection ${own?.['id']} of .*, idle for \\d+ seconds?$`))
    return true
  })
  assert.ok(performance.now() - started < 4000)
  await holder.exec('UPDATE busy SET n = 2')
  const update = impatient.transaction(() => impatient.script('UPDATE busy SET n = 3'))
  await assert.rejects(update, {
    code: 'database.lockNotAvailable',
    details: { ...(await detailsOf(update)), seconds: 1 },
  })
  await assert.rejects(
    impatient.transaction(() => impatient.script('SELECT * FROM busy FOR UPDATE NOWAIT')),
    { code: 'database.lockNotAvailable', message: /would not wait/ },
  )
  await holder.exec('COMMIT')
  await impatient.script('ALTER TABLE busy ADD COLUMN m int')
  await holder.close()
  await impatient.close()
})

testOnEachProduct('who may not see others is told that somebody has the lock', async (database) => {
  const owner = await database.openSession()
  const user = `godwit_test_${process.pid}_blind`
  await owner.script('CREATE TABLE busy (n int)')
  await owner.script(`CREATE USER ${user}`)
  await owner.script(`GRANT SELECT, ALTER, CREATE, INSERT ON ${new URL(database.url).pathname.slice(1)}.* TO ${user}`)
  const url = new URL(database.url)
  url.username = user
  try {
    const blind = await openSession(url.href, { lockTimeout: 900 })
    const holder = await database.connect()
    await holder.exec('BEGIN')
    await holder.all('SELECT * FROM busy')
    await assert.rejects(blind.script('ALTER TABLE busy ADD COLUMN m int'), {
      code: 'database.lockNotAvailable',
      message: /held by a connection that this user may not see \(it takes the privilege PROCESS\)/,
    })
    await holder.close()
    await blind.close()
  } finally {
    await owner.script(`DROP USER ${user}`)
    await owner.close()
  }
})

async function detailsOf(failing: Promise<unknown>): Promise<Readonly<Record<string, unknown>>> {
  const outcome = await Promise.allSettled([failing])
  const [first] = outcome
  return first?.status === 'rejected' ? first.reason.details : {}
}
