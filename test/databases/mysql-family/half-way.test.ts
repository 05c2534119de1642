import assert from 'node:assert/strict'
import { GodwitError } from '../../../src/errors/error.ts'
import { type MigrateOptions, migrate } from '../../../src/execution/migrate.ts'
import { buildGraph } from '../../../src/history/graph.ts'
import { createRecorder } from '../../../src/history/recorder.ts'
import { resolveTarget } from '../../../src/history/resolve-target.ts'
import {
  addConstraint,
  addField,
  addIndex,
  alterField,
  createModel,
  defineMigration,
  f,
  index,
  type Operation,
  removeField,
  runSql,
  unique,
} from '../../../src/migrations.ts'
import type { Session } from '../../../src/schema/dialect.ts'
import { databases, testOnEach } from '../../support/databases.ts'
import type { TestDatabase } from '../../support/test-database.ts'

const family = databases.filter(({ kind }) => kind === 'mariadb' || kind === 'mysql')
const id = f.bigAuto({ primaryKey: true })

function historyOf(...operations: readonly Operation[]) {
  const definitions = {
    '0001_initial': defineMigration({
      operations: [
        createModel({ name: 'Post', fields: { id, title: f.char({ maxLength: 20 }), views: f.integer() } }),
        runSql({
          forwards: "INSERT INTO blog_post (id, title, views) VALUES (1, 'first', 3), (2, 'second', 5)",
          backwards: 'DELETE FROM blog_post',
        }),
      ],
    }),
    '0002_change': defineMigration({ dependencies: [['blog', '0001_initial']], operations }),
  }
  return buildGraph(Object.entries(definitions).map(([name, definition]) => ({ app: 'blog', name, definition })))
}

/** Columns apart from the index, so that there are several statements. */
const change: readonly Operation[] = [
  addField({ model: 'Post', name: 'note', field: f.text({ null: true }) }),
  runSql({ forwards: "UPDATE blog_post SET note = 'seen'", backwards: [] }),
  alterField({ model: 'Post', name: 'views', field: f.bigInteger() }),
  addConstraint({ model: 'Post', constraint: unique({ fields: ['title'], name: 'post_title' }) }),
]

/** Migrates on a connection of its own, which is lost before the first statement that matches. */
async function dieBefore(database: TestDatabase, statement: RegExp, options: Omit<MigrateOptions, 'session'>) {
  let dead = false
  const session = await database.openSession({
    observe: (phase, text) => {
      dead ||= phase === 'before' && statement.test(text)
      if (dead) throw new Error('dead')
    },
  })
  await assert.rejects(migrate({ session, ...options }))
  await session.close()
  assert.ok(dead)
}

async function failureOf(session: Session, options: Omit<MigrateOptions, 'session'>): Promise<GodwitError> {
  try {
    await migrate({ session, ...options })
  } catch (error) {
    assert.ok(error instanceof GodwitError, String(error))
    return error
  }
  return assert.fail('nothing failed')
}

async function tables(session: Session): Promise<unknown> {
  return [...(await session.inspect()).tables]
}

testOnEach(
  'a duplicate that comes in between is told with what is done and what is not; mended, the next run goes on there',
  async (on) => {
    const database = await on.create()
    const session = await database.openSession()
    const client = await database.connect()
    const graph = historyOf(...change)
    const plain = await database.openSession()
    // Behind the prechecks, and before the statement that it is in the way of.
    const duplicate = "INSERT INTO blog_post (id, title, views, note) VALUES (3, 'first', 0, 'new')"
    const raced: Session = Object.create(plain, {
      query: {
        value: async (statement: Parameters<Session['query']>[0]) => {
          if (/^ALTER .*post_title/.test(plain.dialect.toText(statement))) await client.exec(duplicate)
          return plain.query(statement)
        },
      },
    })
    const failure = await failureOf(raced, { graph })
    assert.equal(failure.code, 'execution.stoppedHalfWay')
    assert.match(failure.message, /stopped half-way, [23] of [34] steps done/)
    assert.match(failure.message, /done:\n {4}Add field note to Post\n {4}Run SQL/)
    assert.match(failure.message, /not done:[\s\S]*make post_title on blog_post unique/)
    assert.match(failure.fix, /godwit migrate --rollback/)

    const entry = (await createRecorder(session).halfWay()).values().next().value
    assert.equal(entry?.underWay, false)
    assert.deepEqual(entry?.progress, {
      done: (failure.details as { done: number }).done,
      total: (failure.details as { total: number }).total,
    })
    await client.exec('DELETE FROM blog_post WHERE id = 3')
    await migrate({ session, graph })
    assert.equal((await session.inspect()).tables.get('blog_post')?.uniques.length, 1)
    await Promise.all([session.close(), plain.close(), client.close()])
  },
  family,
)

testOnEach(
  'a table that other hands alter while a migration is half-way is asked about, and both answers lead on',
  async (on) => {
    for (const interrupted of ['again', 'done'] as const) {
      const database = await on.create()
      const graph = historyOf(addIndex({ model: 'Post', index: index({ fields: ['title'], name: 'by_title' }) }))
      await dieBefore(database, /^ALTER .*by_title/, { graph })
      const [client, session] = await Promise.all([database.connect(), database.openSession()])
      await client.exec('ALTER TABLE blog_post ADD COLUMN by_hand int')
      const failure = await failureOf(session, { graph })
      assert.equal(failure.code, 'execution.alteredMeanwhile')
      assert.match(failure.message, /create index by_title on blog_post/)
      if (interrupted === 'done') await client.exec('CREATE INDEX by_hand_title ON blog_post (title, by_hand)')
      await migrate({ session, graph, interrupted })
      const names = (await session.inspect()).tables.get('blog_post')?.indexes.map(({ name }) => name)
      assert.deepEqual(names, interrupted === 'again' ? ['by_title'] : ['by_hand_title'])
      await Promise.all([session.close(), client.close()])
    }
  },
  family,
)

testOnEach(
  'what other hands do to a table beside a statement that took effect is no question',
  async (on) => {
    const database = await on.create()
    const graph = historyOf(addIndex({ model: 'Post', index: index({ fields: ['title'], name: 'by_title' }) }))
    await dieBefore(database, /^ALTER .*by_title/, { graph })
    const [client, session] = await Promise.all([database.connect(), database.openSession()])
    await client.exec('CREATE INDEX by_title ON blog_post (title); ALTER TABLE blog_post ADD COLUMN by_hand int')
    await migrate({ session, graph })
    assert.equal((await session.inspect()).tables.get('blog_post')?.indexes.length, 1)
    await Promise.all([session.close(), client.close()])
  },
  family,
)

testOnEach(
  'a way that the server refuses is told with the flag that allows any, and the stored plan goes on with it',
  async (on) => {
    const database = await on.create()
    const graph = historyOf(alterField({ model: 'Post', name: 'views', field: f.bigInteger() }))
    await dieBefore(database, /^ALTER .*views/, { graph })
    const [client, session] = await Promise.all([database.connect(), database.openSession()])
    const refused =
      "UPDATE godwit_journal SET plan = REGEXP_REPLACE(plan, 'ALGORITHM=COPY, LOCK=[A-Z]+', 'ALGORITHM=INSTANT')"
    await client.exec(refused)
    const failure = await failureOf(session, { graph })
    assert.equal(failure.code, 'execution.tableCopy')
    assert.match(failure.fix, /--allow-table-copy/)
    assert.deepEqual(await createRecorder(session).halfWay(), new Map())
    await dieBefore(database, /^ALTER .*views/, { graph })
    await client.exec(refused)
    await migrate({ session, graph, allowTableCopy: true })
    assert.match((await session.inspect()).tables.get('blog_post')?.columns[2]?.type ?? '', /^bigint/)
    await Promise.all([session.close(), client.close()])
  },
  family,
)

testOnEach(
  'what was begun may not be edited; what was not, may, and a statement of a runSql that failed may be mended',
  async (on) => {
    const database = await on.create()
    const session = await database.openSession()
    const before = historyOf(
      addField({ model: 'Post', name: 'note', field: f.text({ null: true }) }),
      runSql({ forwards: ['CREATE TABLE audit (id int PRIMARY KEY)', 'INSERT INTO audti VALUES (1)'] }),
    )
    assert.equal((await failureOf(session, { graph: before })).code, 'execution.stoppedHalfWay')
    const other = historyOf(
      addField({ model: 'Post', name: 'remark', field: f.text({ null: true }) }),
      runSql({ forwards: ['CREATE TABLE audit (id int PRIMARY KEY)', 'INSERT INTO audti VALUES (1)'] }),
    )
    assert.equal((await failureOf(session, { graph: other })).code, 'execution.editedHalfWay')
    assert.equal((await failureOf(session, { graph: other, rollback: true })).code, 'execution.editedHalfWay')
    assert.equal((await failureOf(session, { graph: before, rollback: true })).code, 'execution.halfWay')
    const mended = historyOf(
      addField({ model: 'Post', name: 'note', field: f.text({ null: true }) }),
      runSql({ forwards: ['CREATE TABLE audit (id int PRIMARY KEY)', 'INSERT INTO audit VALUES (1)'] }),
      removeField({ model: 'Post', name: 'views' }),
    )
    await migrate({ session, graph: mended })
    assert.equal((await session.query({ parts: ['SELECT id FROM audit'] })).length, 1)
    await session.close()
  },
  family,
)

testOnEach(
  'an earlier name as the target brings a half-way migration back',
  async (on) => {
    const database = await on.create()
    const graph = historyOf(...change)
    const target = resolveTarget(graph, 'blog', '0001_initial')
    const session = await database.openSession()
    await migrate({ session, graph, target })
    const before = await tables(session)
    await dieBefore(database, /^ALTER .*post_title/, { graph })
    const { applied } = await migrate({ session, graph, target })
    assert.deepEqual(
      applied.map(({ migration: { name }, direction }) => [name, direction]),
      [['0002_change', 'backwards']],
    )
    assert.deepEqual(await tables(session), before)
    assert.deepEqual((await migrate({ session, graph, target })).applied, [])
    await session.close()
  },
  family,
)

testOnEach(
  'a process that died while the record was being made leaves nothing in the way of the next',
  async (on) => {
    for (const table of ['godwit_journal', 'godwit_migrations']) {
      const database = await on.create()
      const graph = historyOf(...change)
      await dieBefore(database, new RegExp(`CREATE TABLE IF NOT EXISTS .${table}`), { graph })
      const session = await database.openSession()
      assert.equal((await migrate({ session, graph })).applied.length, 2)
      await session.close()
    }
  },
  family,
)
