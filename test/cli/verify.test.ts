import assert from 'node:assert/strict'
import { test } from 'node:test'
import { verifyMigrations } from '../../src/api.ts'
import { databases, testOnEach } from '../support/databases.ts'
import { createProject, finished } from '../support/project.ts'

const operations = (text: string, dependency?: string): string => `
import { addField, createModel, defineMigration, f, removeField, runCode, runSql } from 'godwit/migrations'
export default defineMigration({
  ${dependency === undefined ? '' : `dependencies: [['shop', '${dependency}']],`}
  operations: [${text}],
})
`

const files = {
  'shop/models.ts': `
import { f, model } from 'godwit'
export const Item = model('Item', { name: f.char({ maxLength: 20 }), stock: f.integer(), colour: f.text({ null: true }) })
`,
  'shop/migrations/0001_initial.ts': operations(
    "createModel({ name: 'Item', fields: { id: f.bigAuto({ primaryKey: true }), name: f.char({ maxLength: 20 }), price: f.integer() } })",
  ),
  'shop/migrations/0002_item_stock.ts': operations(
    "addField({ model: 'Item', name: 'stock', field: f.integer() })",
    '0001_initial',
  ),
  'shop/migrations/0003_more_stock.ts': operations(
    "runSql({ forwards: 'UPDATE shop_item SET stock = stock + 1' })",
    '0002_item_stock',
  ),
  'shop/migrations/0004_clear.ts': operations(
    "runSql({ forwards: 'DELETE FROM shop_item WHERE price < 0', backwards: [] })",
    '0003_more_stock',
  ),
  'shop/migrations/0005_no_price.ts': operations(
    "removeField({ model: 'Item', name: 'price', fillRestored: 0 })",
    '0004_clear',
  ),
}

const told = `Verifying 5 migrations on (the scratch database)
  shop.0001_initial… ok (…)
  shop.0002_item_stock… 1 error (…)
  shop.0003_more_stock… 2 warnings (…)
  shop.0004_clear… 1 error (…)
  shop.0005_no_price… ok (…)
`

const answer = `shop.0002_item_stock
  error   fails where there are rows: in shop_item, 8 rows would have no value (stock)
shop.0003_more_stock
  warning Run SQL has no way back
  warning Run SQL: run a second time over what it has done, it changes shop_item.stock in 8 rows, such as 1 to 2
shop.0004_clear
  error   1 row of shop_item is gone once it is applied and unapplied, and no operation says so
shop.0005_no_price
  note    the values of shop_item.price go with the column
the whole history
  warning the models are not what all migrations come to (shop: Add field colour to Item): makemigrations writes what is missing

5 migrations tried over 8 rows in each table (seed 1): 2 errors, 3 warnings, 1 note.
`

testOnEach('verify tells of each migration, of what it found and where, and ends with exit code 2', async (on) => {
  const database = await on.create()
  const project = createProject({ files, database })
  const { code, stdout, stderr } = await project.run(['verify'])
  assert.equal(stdout, answer)
  const [first = ''] = stderr.split('\n')
  assert.match(first, /^Verifying 5 migrations on (:memory:|(postgres|mariadb|mysql):\/\/.*\/godwit_scratch_\w+)$/)
  assert.equal(stderr.replace(/ on .*/, ' on (the scratch database)').replaceAll(/\([\d.]+ (ms|s)\)/g, '(…)'), told)
  assert.equal(code, 2)
  // The database of the config is as it was.
  const session = await database.openSession()
  assert.equal((await session.inspect()).tables.size, 0)
  await session.close()
})

test('verify takes one app, other rows, warnings for errors, and answers as JSON', async () => {
  const clean = createProject({
    files: {
      ...files,
      'shop/models.ts':
        "import { f, model } from 'godwit'\nexport const Item = model('Item', { name: f.char({ maxLength: 20 }), price: f.integer() })\n",
      'shop/migrations/0002_item_stock.ts': operations('runSql({ forwards: [] })', '0001_initial'),
      'shop/migrations/0003_more_stock.ts': operations('', '0002_item_stock'),
      'shop/migrations/0004_clear.ts': operations('', '0003_more_stock'),
      'shop/migrations/0005_no_price.ts': operations('', '0004_clear'),
    },
  })
  const lax = await clean.run(['verify', 'shop', '--seed', '7', '--rows', '3', '--json'])
  assert.equal(lax.code, 0)
  const { migrations, findings, ...rest } = JSON.parse(lax.stdout)
  assert.deepEqual(rest, { database: ':memory:', seed: 7, rows: 3, isVerified: true })
  assert.deepEqual(
    findings.map(({ kind, severity }: { kind: string; severity: string }) => [kind, severity]),
    [['irreversible', 'warning']],
  )
  assert.equal(migrations.length, 5)
  const { isVerified } = await verifyMigrations({ cwd: clean.dir, strict: true })
  assert.equal(isVerified, false)
})

testOnEach(
  'a scratch database goes when verify is interrupted',
  async (on) => {
    const database = await on.create()
    const slow =
      "runCode({ async forwards({ db, log }) { log('here'); await new Promise((done) => setTimeout(done, 60_000)) } })"
    const project = createProject({
      files: { ...files, 'shop/migrations/0002_item_stock.ts': operations(slow, '0001_initial') },
      database,
    })
    const child = project.start(['verify'])
    const run = finished(child)
    let scratch = ''
    child.stderr?.on('data', (text: string) => {
      scratch ||= /godwit_scratch_\w+/.exec(text)?.[0] ?? ''
      if (text.includes('0002_item_stock')) setTimeout(() => child.kill('SIGINT'), 200)
    })
    assert.equal((await run).code, 130)
    assert.notEqual(scratch, '')
    assert.ok(!(await databasesOf(await database.connect(), on.kind)).includes(scratch))
  },
  // In memory there is nothing to drop.
  databases.filter(({ kind }) => kind !== 'sqlite'),
)

async function databasesOf(
  client: { all(query: string): Promise<readonly Readonly<Record<string, unknown>>[]>; close(): Promise<void> },
  kind: string,
): Promise<readonly string[]> {
  const rows = await client.all(
    kind === 'postgres'
      ? 'SELECT datname AS name FROM pg_database'
      : 'SELECT schema_name AS name FROM information_schema.schemata',
  )
  await client.close()
  return rows.map(({ name }) => String(name))
}
