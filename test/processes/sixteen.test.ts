import assert from 'node:assert/strict'
import { testOnEach } from '../support/databases.ts'
import { createProject } from '../support/project.ts'
import type { DatabaseUnderTest, TestDatabase } from '../support/test-database.ts'

const processes = 16

/** Two tables with rows, an index that is built while others write, and a column after it. */
const files = {
  'shop/models.ts': 'export {}',
  'shop/migrations/0001_initial.ts': `
import { createModel, defineMigration, f } from 'godwit/migrations'
const id = f.bigAuto({ primaryKey: true })
export default defineMigration({
  operations: [
    createModel({ name: 'Customer', fields: { id, email: f.char({ maxLength: 100, unique: true }) } }),
    createModel({
      name: 'Order',
      fields: { id, customer: f.foreignKey('shop.Customer', { onDelete: 'cascade' }), number: f.integer(), status: f.char({ maxLength: 20 }) },
    }),
  ],
})
`,
  'shop/migrations/0002_rows.ts': `
import { defineMigration, runSql } from 'godwit/migrations'
const digits = 'WITH d(i) AS (' + [0, 1, 2, 3, 4, 5, 6, 7, 8, 9].map((n) => 'SELECT ' + n).join(' UNION ALL ') + ')'
export default defineMigration({
  dependencies: [['shop', '0001_initial']],
  operations: [
    runSql({
      forwards: [
        "INSERT INTO shop_customer (id, email) VALUES (1, 'ada@example.org')",
        \`INSERT INTO shop_order (customer_id, number, status) \${digits}
          SELECT 1, 1000 * a.i + 100 * b.i + 10 * c.i + e.i, 'new' FROM d a, d b, d c, d e WHERE a.i < 5\`,
      ],
      backwards: [],
    }),
  ],
})
`,
  'shop/migrations/0003_order_number_index.ts': `
import { addIndexConcurrently, defineMigration, index } from 'godwit/migrations'
export default defineMigration({
  dependencies: [['shop', '0002_rows']],
  atomic: false,
  operations: [
    addIndexConcurrently({ model: 'Order', index: index({ fields: ['number'] }) }),
    addIndexConcurrently({ model: 'Order', index: index({ fields: ['status', '-number'], name: 'order_by_status' }) }),
  ],
})
`,
  'shop/migrations/0004_order_note.ts': `
import { addField, defineMigration, f } from 'godwit/migrations'
export default defineMigration({
  dependencies: [['shop', '0003_order_number_index']],
  operations: [addField({ model: 'Order', name: 'note', field: f.text({ default: '' }) })],
})
`,
}
const names = ['0001_initial', '0002_rows', '0003_order_number_index', '0004_order_note']

testOnEach(
  'sixteen processes that migrate at once, with indexes built concurrently, apply each migration once',
  async (on) => {
    const database = await on.create()
    const project = createProject({ files, database })
    const started = performance.now()
    const outcomes = await Promise.all(Array.from({ length: processes }, () => project.run(['migrate'])))
    const seconds = ((performance.now() - started) / 1000).toFixed(1)
    const said = outcomes.map(({ stderr }) => stderr).join('')

    assert.deepEqual(
      outcomes.map(({ code }) => code),
      outcomes.map(() => 0),
      said,
    )
    const applied = names.map((name) => said.split(`Applying shop.${name}… done`).length - 1)
    assert.deepEqual(applied, [1, 1, 1, 1], said)
    const client = await database.connect()
    const recorded = await client.all('SELECT name FROM godwit_migrations ORDER BY name')
    const rows = await client.all('SELECT count(*) AS count FROM shop_order')
    await client.close()
    assert.deepEqual(
      recorded.map(({ name }) => name),
      names,
    )
    assert.equal(Number(rows[0]?.['count']), 5000)
    const session = await database.openSession()
    const indexes = (await session.inspect()).tables.get('shop_order')?.indexes ?? []
    await session.close()
    assert.deepEqual(
      indexes.map(({ invalid = false }) => invalid),
      indexes.map(() => false),
    )
    assert.deepEqual(await deadlocks(on, database), 0)
    console.log(
      `${on.name}: ${processes} exit codes 0 in ${seconds} s; each migration applied once; ${indexes.length} indexes, all valid`,
    )
  },
)

/** How many transactions the server has had to stop because they waited for each other. */
async function deadlocks({ kind }: DatabaseUnderTest, database: TestDatabase): Promise<number> {
  if (kind !== 'postgres') return 0
  const client = await database.connect()
  try {
    const [row] = await client.all('SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()')
    return Number(row?.['deadlocks'])
  } finally {
    await client.close()
  }
}
