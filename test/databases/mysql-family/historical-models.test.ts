import assert from 'node:assert/strict'
import { migrate } from '../../../src/execution/migrate.ts'
import { buildGraph } from '../../../src/history/graph.ts'
import { replay } from '../../../src/history/replay.ts'
import { createModel, defineMigration, f, sqlDefault, uuid } from '../../../src/migrations.ts'
import { historicalModels } from '../../../src/query/historical-models.ts'
import { keyWalk } from '../../../src/query/key-walk.ts'
import { surroundings } from '../../../src/query/place.ts'
import { shapeOf } from '../../../src/query/shape.ts'
import type { Session } from '../../../src/schema/dialect.ts'
import { sql } from '../../../src/schema/sql.ts'
import { findModel } from '../../../src/state/project-state.ts'
import { stateOf } from '../../../src/state/with-model.ts'
import { testInDatabase } from './support.ts'

const tables = `
CREATE TABLE blog_pair (a bigint NOT NULL, b bigint NOT NULL, PRIMARY KEY (a, b));
INSERT INTO blog_pair WITH RECURSIVE n AS (SELECT 0 AS i UNION ALL SELECT i + 1 FROM n WHERE i < 899) SELECT n.i, m.i FROM n, n AS m WHERE m.i < 10;
`

testInDatabase('a batch along a key of several columns reads its own rows and no others', tables, async (session) => {
  const fields = { a: f.bigInteger(), b: f.bigInteger() }
  const state = stateOf([{ app: 'blog', name: 'Pair', fields, options: { primaryKey: ['a', 'b'] } }])
  const model = findModel(state, 'blog.Pair')
  assert.ok(model)
  const around = surroundings({ state, dialect: session.dialect, db: session.kysely, migration: 'blog.0001' })
  const walk = keyWalk(around, shapeOf(state, model))
  await session.query(sql`FLUSH STATUS`)
  const size = 100
  let rows = 0
  for (let next = await walk.next(undefined, size); next !== undefined; next = await walk.next(next.last, size)) {
    rows += next.rows
  }
  const read = await session.query(sql`SHOW SESSION STATUS LIKE 'Handler_read%'`)
  const handled = read.reduce((sum, { Value: count }) => sum + Number(count), 0)
  assert.equal(rows, 9000)
  // Once each, and a few more where a batch ends: with a look from the first row on they would be 400,000.
  assert.ok(handled < 3 * rows, `${handled} rows were read`)
})

/** Makes a table of a model and gives the model as it is then. */
async function modelOf(session: Session, fields: Parameters<typeof createModel>[0]['fields']) {
  const operations = [createModel({ name: 'Thing', fields })]
  const graph = buildGraph([{ app: 'zoo', name: '0001_initial', definition: defineMigration({ operations }) }])
  await migrate({ session, graph })
  const { Thing } = historicalModels({
    state: replay(graph, graph.order),
    dialect: session.dialect,
    db: session.kysely,
    models: { Thing: 'zoo.Thing' },
    migration: 'zoo.0002_code',
  })
  assert.ok(Thing)
  return Thing
}

testInDatabase('a new row comes back by its key, whoever makes that', '', async (session) => {
  const Thing = await modelOf(session, {
    id: f.uuid({ primaryKey: true, default: uuid() }),
    n: f.integer({ default: 3 }),
  })
  const first = await Thing.create({})
  assert.match(String(first['id']), /^[0-9a-f]{8}-[0-9a-f]{4}-4/)
  assert.deepEqual(await Thing.get({ id: first['id'] }), { ...first, n: 3 })
  assert.equal((await Thing.create({ n: 4 }))['n'], 4)
})

testInDatabase('a key that SQL computes is computed before the row is added', '', async (session) => {
  const code = f.char({ maxLength: 20, primaryKey: true, default: sqlDefault("concat('K', 1 + 2)") })
  const Thing = await modelOf(session, { code, note: f.text({ default: '' }) })
  assert.deepEqual(await Thing.create({ note: 'x' }), { code: 'K3', note: 'x' })
})

testInDatabase(
  'what an update computes is computed of rows as they were, also of two fields that change places',
  '',
  async (session) => {
    const Thing = await modelOf(session, { id: f.bigAuto({ primaryKey: true }), a: f.integer(), b: f.integer() })
    await Thing.bulkCreate([
      { id: 1, a: 1, b: 2 },
      { id: 2, a: 3, b: 4 },
    ])
    const swapped = Thing.filter({ id: { gt: 1 } }).update({
      a: ({ column }) => column('b'),
      b: ({ column }) => column('a'),
    })
    assert.equal(await swapped, 1)
    assert.deepEqual(await Thing.orderBy('id').rows(), [
      { id: 1, a: 1, b: 2 },
      { id: 2, a: 4, b: 3 },
    ])
  },
)

testInDatabase('many long rows go in as many statements as the server takes', '', async (session) => {
  const Thing = await modelOf(session, { id: f.bigAuto({ primaryKey: true }), body: f.text(), photo: f.binary() })
  const body = "'".repeat(600_000)
  const photo = new Uint8Array(600_000)
  const rows = Array.from({ length: 24 }, () => ({ body, photo }))
  assert.equal(await Thing.bulkCreate(rows), rows.length)
  assert.equal(await Thing.filter({ body: { endsWith: "''" } }).count(), rows.length)
})
