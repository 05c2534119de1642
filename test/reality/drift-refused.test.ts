import assert from 'node:assert/strict'
import { test } from 'node:test'
import { drift, loadProject, migrate } from '../../src/api.ts'
import { postgresUnderTest } from '../support/postgres-database.ts'
import { createProject } from '../support/project.ts'

const initial = `
import { createModel, defineMigration, f, runSql, check, q } from 'godwit/migrations'
export default defineMigration({
  operations: [
    runSql({
      forwards: "CREATE FUNCTION is_code(text) RETURNS boolean IMMUTABLE LANGUAGE sql AS 'SELECT $1 > $$a$$'",
      backwards: 'DROP FUNCTION is_code',
    }),
    createModel({
      name: 'Item',
      fields: { id: f.bigAuto({ primaryKey: true }), code: f.char({ maxLength: 20, default: 'x' }), rank: f.integer() },
      options: { constraints: [check({ name: 'item_code', condition: q.sql('is_code(code)') })] },
    }),
    createModel({
      name: 'Note',
      fields: { id: f.bigAuto({ primaryKey: true }), text: f.text({ default: 'none' }) },
    }),
  ],
})
`

test('PostgreSQL: what a table is declared with is gone, and the rest is compared all the same', {
  skip: postgresUnderTest.skip,
}, async () => {
  const database = await postgresUnderTest.create()
  const { dir } = createProject({
    files: { 'shop/models.ts': 'export {}', 'shop/migrations/0001_initial.ts': initial },
    database,
  })
  const project = await loadProject({ cwd: dir })
  await migrate({ project })
  assert.deepEqual((await drift({ project })).discrepancies, [])
  const client = await database.connect()
  await client.exec('DROP FUNCTION is_code CASCADE')
  await client.exec('ALTER TABLE shop_item ALTER rank TYPE bigint')
  await client.exec("ALTER TABLE shop_note ALTER text SET DEFAULT 'some'")
  await client.close()
  const { discrepancies, notCompared } = await drift({ project })
  assert.deepEqual(
    discrepancies.map(({ text }) => text),
    [
      'function is_code(text), which shop.0001_initial made, is gone',
      'column shop_item.rank is bigint, and should be integer',
      'check item_code on shop_item is missing: (is_code(code))',
      "column shop_note.text has the default 'some'::text, and should have the default 'none'::text",
    ],
  )
  assert.deepEqual(notCompared, [])
})
