import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { migrate } from '../../src/execution/migrate.ts'
import { buildGraph } from '../../src/history/graph.ts'
import { resolveTarget } from '../../src/history/resolve-target.ts'
import { addField, alterField, createModel, defineMigration, f } from '../../src/migrations.ts'
import { postgresUnderTest } from '../support/postgres-database.ts'
import type { Client, TestDatabase } from '../support/test-database.ts'

const on = postgresUnderTest

/** How long one statement of `migrate` may wait for a lock, in milliseconds. */
const lockTimeout = 600
/** What a write may take besides, on a machine that has other things to do. */
const slack = 400
/** How many times `migrate` must have given up before the table is let go. */
const tries = 2

const id = f.bigAuto({ primaryKey: true })
const graph = buildGraph(
  Object.entries({
    '0001_initial': defineMigration({
      operations: [
        createModel({ name: 'Parcel', fields: { id, code: f.char({ maxLength: 20 }) } }),
        createModel({ name: 'Order', fields: { id, status: f.char({ maxLength: 20 }) } }),
      ],
    }),
    // The first table is locked by the time at which the second one has to be waited for.
    '0002_notes': defineMigration({
      dependencies: [['shop', '0001_initial']],
      operations: [
        alterField({ model: 'Parcel', name: 'code', field: f.char({ maxLength: 40 }) }),
        addField({ model: 'Order', name: 'note', field: f.text({ default: '' }) }),
      ],
    }),
  }).map(([name, definition]) => ({ app: 'shop', name, definition })),
)

const title =
  'DDL gives up within its lock timeout, writers are held up no longer than that, and it succeeds once the table is free'
test(`${on.name}: ${title}`, { skip: on.skip }, async () => {
  const database = await on.create()
  const setUp = await database.openSession()
  await migrate({ session: setUp, graph, target: resolveTarget(graph, 'shop', '0001_initial') })
  await setUp.close()

  const writers = await Promise.all(
    ["INSERT INTO shop_order (status) VALUES ('new')", "INSERT INTO shop_parcel (code) VALUES ('new')"].map((write) =>
      startWriter(database, write),
    ),
  )
  await sleep(300)
  const undisturbed = Math.max(...writers.map(({ longest }) => longest()))

  const blocker = await database.connect()
  await blocker.exec('BEGIN; SELECT count(*) FROM shop_order')
  const attempts = await migrateBeside(database, blocker)
  await Promise.all(writers.map(({ stop }) => stop()))
  const held = Math.max(...writers.map(({ longest }) => longest()))
  await blocker.close()

  console.log(
    `${on.name}: lock timeout ${lockTimeout} ms; gave up ${attempts.gaveUp.length} times, after ${inWords(attempts.gaveUp)}; ` +
      `the longest write took ${Math.round(held)} ms (${Math.round(undisturbed)} ms undisturbed); ` +
      `applied ${Math.round(attempts.afterRelease)} ms after the table was let go`,
  )
  assert.ok(attempts.gaveUp.length >= tries)
  for (const waited of attempts.gaveUp) {
    assert.ok(waited >= lockTimeout * 0.9 && waited < lockTimeout + slack, `gave up after ${waited} ms`)
  }
  assert.ok(held < lockTimeout + slack, `a write took ${held} ms`)
})

/** Migrates until it succeeds, with the blocker let go after some tries; measures how long each failed one waited. */
async function migrateBeside(database: TestDatabase, blocker: Client) {
  const gaveUp: number[] = []
  let asked = 0
  let released = 0
  const session = await database.openSession({
    lockTimeout,
    observe: (phase, statement) => {
      if (phase === 'before' && /ALTER TABLE .*shop_order/.test(statement)) asked = performance.now()
      if (phase === 'before' && statement === 'ROLLBACK' && released === 0) gaveUp.push(performance.now() - asked)
    },
  })
  try {
    await migrate({
      session,
      graph,
      onEvent: (event) => {
        if (event.kind !== 'lockRetry' || event.attempt < tries || released > 0) return
        released = performance.now()
        blocker.exec('COMMIT').catch(() => {})
      },
    })
    return { gaveUp, afterRelease: performance.now() - released }
  } finally {
    await session.close()
  }
}

/** Writes over and over, as an application does, and remembers how long the slowest write took. */
async function startWriter(database: TestDatabase, write: string) {
  const client = await database.connect()
  let longest = 0
  let going = true
  const work = (async () => {
    while (going) {
      const started = performance.now()
      await client.exec(write)
      longest = Math.max(longest, performance.now() - started)
      await sleep(5)
    }
  })()
  return {
    longest: () => longest,
    async stop() {
      going = false
      await work
      await client.close()
    },
  }
}

function inWords(durations: readonly number[]): string {
  return durations.map((one) => `${Math.round(one)} ms`).join(', ')
}
