import assert from 'node:assert/strict'
import { type MigrateEvent, migrate } from '../../src/execution/migrate.ts'
import type { Field } from '../../src/fields/field.ts'
import { buildGraph, type Graph } from '../../src/history/graph.ts'
import { resolveTarget } from '../../src/history/resolve-target.ts'
import { addField, batched, createModel, defineMigration, f, type Operation, runCode } from '../../src/migrations.ts'
import type { Row, Session } from '../../src/schema/dialect.ts'
import { databasesWith, testOnEach } from '../support/databases.ts'
import { postgresUnderTest } from '../support/postgres-database.ts'
import type { DatabaseUnderTest } from '../support/test-database.ts'

type Fields = Readonly<Record<string, Field>>

const count = f.integer({ default: 0 })

/** A history of one model with rows, and behind it the operations that are tested. */
function historyOf(
  fields: Fields,
  primaryKey: readonly string[] | undefined,
  rows: readonly object[],
  operations: readonly Operation[],
): Graph {
  const definitions = {
    '0001_initial': defineMigration({
      operations: [
        createModel({ name: 'Page', fields, ...(primaryKey === undefined ? {} : { options: { primaryKey } }) }),
        runCode({
          models: { Page: 'Page' },
          async forwards({ models: { Page } }) {
            await Page.bulkCreate(rows as Readonly<Record<string, unknown>>[])
          },
          backwards() {},
        }),
      ],
    }),
    '0002_work': defineMigration({ dependencies: [['blog', '0001_initial']], atomic: false, operations }),
  }
  return buildGraph(Object.entries(definitions).map(([name, definition]) => ({ app: 'blog', name, definition })))
}

async function withSession(on: DatabaseUnderTest, work: (session: Session) => Promise<void>): Promise<void> {
  const database = await on.createScratch()
  const session = await database.openSession()
  try {
    await work(session)
  } finally {
    await session.close()
    await database.drop()
  }
}

async function query(session: Session, text: string): Promise<readonly Row[]> {
  return session.query({ parts: [text] })
}

async function numbers(session: Session, text: string): Promise<readonly number[]> {
  return (await query(session, text)).map(({ n }) => Number(n))
}

const id = f.bigAuto({ primaryKey: true })
const counts = 'SELECT count AS n FROM blog_page ORDER BY 1'

/** One more in each row of a batch. */
const countUp = (size: number): Operation =>
  batched<{ count: number }>({
    model: 'Page',
    size,
    run: ({ rows }) => rows.update({ count: ({ add, column }) => add(column('count'), 1) }),
    backwards: ({ rows }) => rows.update({ count: ({ subtract, column }) => subtract(column('count'), 1) }),
  })

const moment = (milliseconds: number): Date => new Date(Date.UTC(2026, 10, 21) + milliseconds)
const uuid = (digit: string): string => `${digit.repeat(8)}-0000-4000-8000-000000000000`

/** Keys of every type that may be one, out of order, those that come close to each other among them. */
const keys: readonly {
  readonly of: string
  readonly fields: Fields
  readonly rows: readonly object[]
  readonly among?: readonly DatabaseUnderTest[]
}[] = [
  {
    of: 'whole numbers beyond 2^53',
    fields: { key: f.bigInteger() },
    rows: [3n, -5n, 9007199254740993n, 9007199254740992n, 9223372036854775807n].map((key) => ({ key })),
  },
  {
    of: 'texts',
    fields: { key: f.char({ maxLength: 20 }) },
    rows: ['b', 'B', 'a', 'ä', '', "it's", '10', '9', '🐦'].map((key) => ({ key })),
  },
  { of: 'uuids', fields: { key: f.uuid() }, rows: ['c', '1', 'a', '9', 'f'].map((digit) => ({ key: uuid(digit) })) },
  {
    of: 'decimals',
    fields: { key: f.decimal({ maxDigits: 12, decimalPlaces: 3 }) },
    rows: ['1.5', '-1.5', '10', '9.999', '0.001', '123456789.125'].map((key) => ({ key })),
  },
  {
    of: 'fractions',
    fields: { key: f.float() },
    rows: [0.1, 0.1 + Number.EPSILON, 0.30000000000000004, -1e-300, 1e300].map((key) => ({ key })),
  },
  { of: 'days', fields: { key: f.date() }, rows: ['2026-11-21', '1999-01-01', '2026-11-22'].map((key) => ({ key })) },
  { of: 'times', fields: { key: f.time() }, rows: ['09:00:00', '09:00:00.5', '23:59:59'].map((key) => ({ key })) },
  { of: 'moments', fields: { key: f.dateTime() }, rows: [3, 1, 2, 86_400_000, 0].map((at) => ({ key: moment(at) })) },
  {
    of: 'bytes',
    fields: { key: f.binary() },
    rows: [[1], [255], [1, 0], [0], [16, 32]].map((bytes) => ({ key: new Uint8Array(bytes) })),
    among: databasesWith('textKey'),
  },
  { of: 'truth values', fields: { key: f.boolean() }, rows: [true, false].map((key) => ({ key })) },
  {
    of: 'several columns',
    fields: { page: f.char({ maxLength: 5 }), at: f.dateTime(), line: f.integer() },
    rows: [0, 1, 2].flatMap((line) =>
      ['a', 'b'].flatMap((page) => [0, 1, 1000].map((at) => ({ page, at: moment(at), line }))),
    ),
  },
]

for (const { of, fields, rows, among } of keys) {
  testOnEach(
    `a backfill along ${of} works on each row once, both ways, whatever the size of a batch`,
    (on) =>
      withSession(on, async (session) => {
        const graph = historyOf({ ...fields, count }, Object.keys(fields), rows, [1, 2, 3, 100].map(countUp))
        await migrate({ session, graph })
        assert.deepEqual(await numbers(session, counts), Array(rows.length).fill(4))
        await migrate({ session, graph, target: resolveTarget(graph, 'blog', '0001') })
        assert.deepEqual(await numbers(session, counts), Array(rows.length).fill(0))
      }),
    among,
  )
}

testOnEach('a moment whose microseconds differ is a key of its own', (on) =>
  withSession(on, async (session) => {
    const graph = historyOf({ at: f.dateTime(), count }, ['at'], [], [countUp(1)])
    await migrate({ session, graph, target: resolveTarget(graph, 'blog', '0001') })
    const spelled = on.kind === 'sqlite' ? '2026-11-21T09:00:00.microsZ' : '2026-11-21 09:00:00.micros'
    const at = ['000001', '000002', '000999', '001000'].map((micros) => `('${spelled.replace('micros', micros)}', 0)`)
    await session.script(`INSERT INTO blog_page (at, count) VALUES ${at.join(', ')}`)
    await migrate({ session, graph })
    assert.deepEqual(await numbers(session, counts), [1, 1, 1, 1])
  }),
)

/** Rows with the keys from 1 on. */
const pages = (length: number): readonly object[] => Array.from({ length }, (_, index) => ({ count: index }))

testOnEach('`where` says which rows, and those that no longer fit do not disturb the walk', (on) =>
  withSession(on, async (session) => {
    const set = batched({ model: 'Page', where: { count: { gte: 3 } }, size: 2, run: { set: { count: -1 } } })
    await migrate({ session, graph: historyOf({ id, count }, undefined, pages(9), [set]) })
    assert.deepEqual(await numbers(session, counts), [-1, -1, -1, -1, -1, -1, 0, 1, 2])
  }),
)

testOnEach('the code of a batch sees its rows, other models and the database, in one transaction with them', (on) =>
  withSession(on, async (session) => {
    const batches: unknown[] = []
    const operations = [
      createModel({ name: 'Note', fields: { id, text: f.text() } }),
      batched({
        model: 'blog.Page',
        models: { Note: 'Note' },
        size: 2,
        async run({ rows, models: { Note }, db, log }) {
          const found = await rows.orderBy('id').values('id').rows()
          batches.push(found.map((row) => row['id']))
          await Note.create({ text: found.map((row) => row['id']).join() })
          log(`${await rows.count()} of ${(await db.selectFrom('blog_page').select('id').execute()).length}`)
        },
        backwards: 'nothing',
      }),
    ]
    const said: string[] = []
    await migrate({
      session,
      graph: historyOf({ id, count }, undefined, pages(5), operations),
      onEvent: (event) => void (event.kind === 'log' && said.push(event.message)),
    })
    assert.deepEqual(batches, [[1, 2], [3, 4], [5]])
    assert.deepEqual(said, ['2 of 5', '2 of 5', '1 of 5'])
    const texts = await query(session, 'SELECT text FROM blog_note ORDER BY id')
    assert.deepEqual(
      texts.map(({ text }) => text),
      ['1,2', '3,4', '5'],
    )
  }),
)

/** A backfill over five rows, two a batch, that throws in the batch with the row of this key as long as `broken.now` is set. */
const breaking = (broken: { now: boolean }, at: number): Operation =>
  batched<{ id: number; count: number }>({
    model: 'Page',
    size: 2,
    async run({ rows }) {
      await rows.update({ count: ({ add, column }) => add(column('count'), 100) })
      if (broken.now && (await rows.filter({ id: at }).exists())) throw new Error('no such luck')
    },
    backwards: 'nothing',
  })

testOnEach('a batch that fails is rolled back alone; the next run begins with it', (on) =>
  withSession(on, async (session) => {
    const broken = { now: true }
    const graph = historyOf({ id, count }, undefined, pages(5), [breaking(broken, 3)])
    await assert.rejects(migrate({ session, graph }), { code: 'execution.stepFailed' })
    assert.deepEqual(await numbers(session, counts), [2, 3, 4, 100, 101])
    assert.deepEqual(await numbers(session, 'SELECT rows_done AS n FROM godwit_batches'), [2])
    broken.now = false
    await migrate({ session, graph })
    assert.deepEqual(await numbers(session, counts), [100, 101, 102, 103, 104])
    assert.deepEqual(await numbers(session, 'SELECT rows_done AS n FROM godwit_batches'), [])
  }),
)

testOnEach(
  'a backfill that failed half-way is taken back where its way back is to do nothing, and else is to be finished',
  (on) =>
    withSession(on, async (session) => {
      const broken = { now: true }
      const stuck = { ...breaking(broken, 3), backwards: { set: { count: 0 } } } as Operation
      const graph = historyOf({ id, count }, undefined, pages(5), [stuck])
      await assert.rejects(migrate({ session, graph }), { code: 'execution.stepFailed' })
      await assert.rejects(migrate({ session, graph, rollback: true }), { code: 'execution.halfWay' })
      const free = historyOf({ id, count }, undefined, pages(5), [breaking(broken, 3)])
      const { applied } = await migrate({ session, graph: free, rollback: true })
      assert.deepEqual(
        applied.map(({ migration: { name }, direction }) => [name, direction]),
        [['0002_work', 'backwards']],
      )
      assert.deepEqual(await numbers(session, 'SELECT rows_done AS n FROM godwit_batches'), [])
      assert.deepEqual(await query(session, 'SELECT name FROM godwit_journal'), [])
      assert.deepEqual((await migrate({ session, graph: free, rollback: true })).applied, [])
    }),
)

testOnEach(
  'a request to stop lets the batch come to its end, says how far it is, and the next run goes on there',
  (on) =>
    withSession(on, async (session) => {
      const graph = historyOf({ id, count }, undefined, pages(5), [countUp(2)])
      const stop = new AbortController()
      const onEvent = (event: MigrateEvent): void => {
        if (event.kind === 'batch') stop.abort(new Error('stopped'))
      }
      await assert.rejects(migrate({ session, graph, signal: stop.signal, onEvent }), {
        code: 'execution.batchesPaused',
        details: { migration: 'blog.0002_work', direction: 'forwards', rows: 2 },
      })
      assert.deepEqual(await numbers(session, counts), [1, 2, 2, 3, 4])
      const rows: number[] = []
      await migrate({ session, graph, onEvent: (event) => void (event.kind === 'batch' && rows.push(event.rows)) })
      assert.deepEqual(rows, [4, 5])
      assert.deepEqual(await numbers(session, counts), [1, 2, 3, 4, 5])
    }),
)

testOnEach('a backfill whose first batch fails is not begun: what it stands on can be unapplied', (on) =>
  withSession(on, async (session) => {
    const graph = historyOf({ id, count }, undefined, pages(5), [breaking({ now: true }, 1)])
    await assert.rejects(migrate({ session, graph }), { code: 'execution.stepFailed' })
    await migrate({ session, graph, target: resolveTarget(graph, 'blog', 'zero') })
    assert.deepEqual([...(await session.inspect()).tables.keys()], [])
  }),
)

testOnEach('recorded as applied by hand, a backfill that was half-way begins anew when it is applied again', (on) =>
  withSession(on, async (session) => {
    const broken = { now: true }
    const graph = historyOf({ id, count }, undefined, pages(5), [breaking(broken, 3)])
    await assert.rejects(migrate({ session, graph }), { code: 'execution.stepFailed' })
    await migrate({ session, graph, fake: true })
    broken.now = false
    await migrate({ session, graph, target: resolveTarget(graph, 'blog', '0001') })
    await migrate({ session, graph })
    assert.deepEqual(await numbers(session, counts), [102, 103, 104, 200, 201])
  }),
)

testOnEach('stopped half-way backwards, a backfill is still applied, and goes on backwards', (on) =>
  withSession(on, async (session) => {
    const broken = { now: false }
    const graph = historyOf({ id, count }, undefined, pages(5), [
      batched({
        model: 'Page',
        size: 2,
        run: { set: { count: 7 } },
        async backwards({ rows }) {
          if (broken.now && (await rows.filter({ id: 3 }).exists())) throw new Error('no such luck')
          await rows.update({ count: 0 })
        },
      }),
    ])
    await migrate({ session, graph })
    broken.now = true
    const target = resolveTarget(graph, 'blog', '0001')
    await assert.rejects(migrate({ session, graph, target }), { code: 'execution.stepFailed' })
    assert.deepEqual(await numbers(session, counts), [0, 0, 7, 7, 7])
    broken.now = false
    // It is still recorded as applied, and half of it is undone: what applies it again would work on the other half twice.
    await assert.rejects(migrate({ session, graph }), { code: 'execution.halfWay' })
    assert.equal((await session.query({ parts: ['SELECT name FROM godwit_migrations'] })).length, 2)
    await migrate({ session, graph, target })
    assert.deepEqual(await numbers(session, counts), [0, 0, 0, 0, 0])
  }),
)

testOnEach('rows that come in behind the place that was reached are worked on, those before it are not', (on) =>
  withSession(on, async (session) => {
    let calls = 0
    const graph = historyOf({ id, count }, undefined, pages(4), [
      batched({
        model: 'Page',
        size: 2,
        models: { Page: 'Page' },
        async run({ rows, models: { Page } }) {
          calls += 1
          if (calls === 2)
            await Page.bulkCreate([
              { id: -1, count: 0 },
              { id: 50, count: 0 },
            ])
          await rows.update({ count: 9 })
        },
      }),
    ])
    await migrate({ session, graph })
    assert.deepEqual(await query(session, 'SELECT count FROM blog_page ORDER BY id'), [
      { count: 0 },
      ...Array(5).fill({ count: 9 }),
    ])
  }),
)

testOnEach(
  'a foreign key is set by the name that rows have for it, and the fields of an earlier step are there',
  (on) =>
    withSession(on, async (session) => {
      const graph = historyOf({ id, count }, undefined, pages(3), [
        addField({ model: 'Page', name: 'parent', field: f.foreignKey('self', { null: true }) }),
        batched({ model: 'Page', where: { parent: null }, run: { set: { parentId: 1 } }, backwards: 'nothing' }),
      ])
      await migrate({ session, graph })
      assert.deepEqual(await numbers(session, 'SELECT parent_id AS n FROM blog_page'), [1, 1, 1])
      await migrate({ session, graph, target: resolveTarget(graph, 'blog', '0001') })
    }),
)

testOnEach('batches take no place among other changes: a migration that is one transaction is refused', async () => {
  assert.throws(() => defineMigration({ operations: [batched({ model: 'Page', run: { set: { count: 1 } } })] }), {
    code: 'migrations.invalidDefinition',
  })
})

const waits = async (on: DatabaseUnderTest): Promise<void> => {
  const database = await on.create()
  const graph = historyOf({ id, count }, undefined, pages(8), [countUp(4)])
  const session = await database.openSession({ lockTimeout: 200 })
  const holder = await database.connect()
  try {
    await migrate({ session, graph, target: resolveTarget(graph, 'blog', '0001') })
    const told: (string | number)[] = []
    let released: Promise<void> | undefined
    const onEvent = (event: MigrateEvent): void => {
      if (event.kind === 'batch') told.push(event.rows)
      if (event.kind !== 'lockRetry') return
      told.push('retry')
      released ??= holder.exec('COMMIT')
    }
    // A row of the second batch.
    await holder.exec('BEGIN; UPDATE blog_page SET count = count WHERE id = 7')
    await migrate({ session, graph, onEvent })
    await released
    assert.deepEqual(told, [4, 'retry', 6, 8])
    assert.deepEqual(await numbers(session, counts), [1, 2, 3, 4, 5, 6, 7, 8])
  } finally {
    await holder.close()
    await session.close()
    await database.drop()
  }
}

/** A field of each kind, with a value as a migration keeps it and as a historical model reads it. */
const fills: Readonly<Record<string, { readonly field: Field; readonly value: unknown; readonly read: unknown }>> = {
  text: { field: f.text({ null: true }), value: "it's", read: "it's" },
  whole: { field: f.bigInteger({ null: true }), value: { $bigint: '9007199254740993' }, read: 9007199254740993n },
  decimal: { field: f.decimal({ maxDigits: 9, decimalPlaces: 2, null: true }), value: '12.50', read: '12.50' },
  flag: { field: f.boolean({ null: true }), value: true, read: true },
  day: { field: f.date({ null: true }), value: '2026-11-21', read: '2026-11-21' },
  moment: {
    field: f.dateTime({ null: true }),
    value: '2026-11-21T09:00:00.000Z',
    read: new Date('2026-11-21T09:00:00Z'),
  },
  uuid: { field: f.uuid({ null: true }), value: uuid('a'), read: uuid('a') },
  bytes: { field: f.binary({ null: true }), value: { $bytes: '01ff' }, read: new Uint8Array([1, 255]) },
  document: { field: f.json({ null: true }), value: { $json: { a: [1, null] } }, read: { a: [1, null] } },
  list: { field: f.json({ null: true }), value: { $json: [1] }, read: [1] },
  choice: { field: f.enum(['low', 'high'], { null: true }), value: 'low', read: 'low' },
}

testOnEach('NULL is filled with a value of every kind, as it is kept in a file', (on) =>
  withSession(on, async (session) => {
    const fields = Object.fromEntries(Object.entries(fills).map(([name, { field }]) => [name, field]))
    const read: unknown[] = []
    const operations = Object.entries(fills).map(([name, { value }]) =>
      batched({ model: 'Page', where: { [name]: null }, run: { set: { [name]: value } }, backwards: 'nothing' }),
    )
    const look = runCode({
      models: { Page: 'Page' },
      async forwards({ models: { Page } }) {
        read.push(...(await Page.values(...Object.keys(fills)).rows()))
      },
    })
    await migrate({ session, graph: historyOf({ id, count, ...fields }, undefined, pages(2), [...operations, look]) })
    const row = Object.fromEntries(Object.entries(fills).map(([name, fill]) => [name, fill.read]))
    assert.deepEqual(read, [row, row])
  }),
)

// SQLite's transactions wait for the whole database, and no longer than it is told to.
testOnEach('a batch that waits too long for a lock is tried again, with fewer rows', waits, [postgresUnderTest])
