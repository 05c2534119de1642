import assert from 'node:assert/strict'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import { testOnEach } from '../support/databases.ts'
import { createProject, type TestProject } from '../support/project.ts'

const config = (apps: string, rest = '') => `
import { defineConfig } from 'godwit'
export default defineConfig({ apps: ${apps}, databases: { default: 'sqlite:./app.db', legacy: 'sqlite:./legacy.db' }${rest} })
`
const tables = [
  'CREATE TABLE customer (id integer NOT NULL PRIMARY KEY, full_name varchar(80) NOT NULL)',
  'CREATE TABLE orders (id integer NOT NULL PRIMARY KEY, customer_id integer NOT NULL, total decimal(10,2) NOT NULL, FOREIGN KEY (customer_id) REFERENCES customer (id))',
  'CREATE INDEX by_total ON orders (total)',
  'CREATE VIEW rich AS SELECT customer_id FROM orders WHERE total > 1000',
]

async function legacyProject(apps = "['./shop']", rest = ''): Promise<TestProject> {
  const project = createProject({ files: { 'godwit.config.ts': config(apps, rest), 'shop/.keep': '' } })
  const client = await project.database()
  for (const statement of tables) await client.exec(statement)
  await client.close()
  return project
}

const models = `import { f, index, model } from 'godwit'

export const Customer = model(
  'Customer',
  {
    id: f.integer({ primaryKey: true }),
    fullName: f.char({ maxLength: 80 }),
  },
  { table: 'customer' },
)

export const Orders = model(
  'Orders',
  {
    id: f.integer({ primaryKey: true }),
    customer: f.foreignKey(() => Customer, { index: false }),
    total: f.decimal({ maxDigits: 10, decimalPlaces: 2 }),
  },
  { table: 'orders', indexes: [index({ fields: ['total'], name: 'by_total' })] },
)

// In the database besides, and left alone:
// - view rich
`

describe('inspectdb', { concurrency: 3 }, () => {
  test('prints the models, and on stderr what to do with them', async () => {
    const project = await legacyProject()
    const { code, stdout, stderr } = await project.run(['inspectdb'])
    assert.deepEqual([code, sorted(stdout)], [0, sorted(models)])
    assert.equal(
      stderr,
      [
        '',
        'Read 2 tables of sqlite:./app.db.',
        '1 thing no model says, and Godwit leaves alone: see the comments.',
        'Next',
        '  1. Save them as shop/models.ts: the same with --output shop/models.ts',
        '  2. godwit makemigrations shop',
        '  3. godwit migrate shop --fake-initial: recorded where the tables are there and the same, carried out where they are not',
        '',
      ].join('\n'),
    )
    assert.ok(!existsSync(join(project.dir, 'shop/models.ts')), 'nothing is written unasked')
    assert.equal((await project.run(['inspectdb', '-v', '0'])).stderr, '')
  })

  test('writes a file, never over another unless it is told to, and nothing else has to be done', async () => {
    const project = await legacyProject()
    const output = ['inspectdb', '--output', 'shop/models.ts']
    assert.equal((await project.run(output)).stdout, 'Wrote shop/models.ts\n')
    project.write('shop/models.ts', `${project.read('shop/models.ts')}// mine\n`)
    const again = await project.run(output)
    assert.deepEqual([again.code, project.read('shop/models.ts').endsWith('// mine\n')], [2, true])
    assert.match(again.stderr, /shop\/models\.ts exists, and stays as it is\./)
    assert.equal((await project.run([...output, '--overwrite'])).code, 0)
    assert.equal(sorted(project.read('shop/models.ts')), sorted(models))
    for (const args of [
      ['makemigrations'],
      ['migrate', '--fake'],
      ['makemigrations', '--check'],
      ['migrate', '--check'],
    ]) {
      const { code, stderr } = await project.run(args)
      assert.equal(code, 0, stderr)
    }
  })

  test('reads the tables that are named, and points at the models that there are', async () => {
    const project = await legacyProject()
    assert.equal((await project.run(['inspectdb', 'customer', '-o', 'shop/models.ts'])).code, 0)
    const { stdout, stderr } = await project.run(['inspectdb', 'orders'])
    assert.match(stdout, /customer: f\.foreignKey\('shop\.Customer', \{ index: false \}\)/)
    assert.ok(!stdout.includes("model(\n  'Customer'") && !stdout.includes('view rich'))
    assert.match(stderr, / 1\. Add them to shop\/models\.ts\n/)
  })

  test('leaves out what other apps have models of', async () => {
    const project = await legacyProject("['./people', './shop']")
    project.write(
      'people/models.ts',
      "import { f, model } from 'godwit'\nexport const Customer = model('Customer', { id: f.integer({ primaryKey: true }), fullName: f.char({ maxLength: 80 }) }, { table: 'customer' })\n",
    )
    assert.equal((await project.run(['inspectdb'])).code, 2)
    const { stdout } = await project.run(['inspectdb', '--app', 'shop'])
    assert.match(stdout, /customer: f\.foreignKey\('people\.Customer'/)
    assert.ok(!stdout.includes('full'))
  })

  test('says so where the router has the app elsewhere', async () => {
    const project = await legacyProject("['./shop']", ", router: { shop: 'legacy' }")
    const { stderr } = await project.run(['inspectdb', '--database', 'default'])
    assert.match(stderr, /The router has no table of shop in this database/)
    assert.match(stderr, /migrate shop --fake-initial --database default/)
  })

  test('answers with data', async () => {
    const project = await legacyProject()
    const { stdout } = await project.run(['inspectdb', 'orders', '--json'])
    const { source, ...rest } = JSON.parse(stdout)
    assert.deepEqual(rest, {
      app: 'shop',
      database: 'sqlite:./app.db',
      tables: [
        {
          table: 'orders',
          model: 'Orders',
          leftAlone: [
            'foreign key (customer_id) to customer (id): what it points at has no model here with a key of one column',
          ],
        },
      ],
      withoutModel: [],
      others: [],
    })
    assert.match(source, /export const Orders/)
  })
})

testOnEach('a database that exists is adopted with four commands', async (on) => {
  const database = await on.create()
  const client = await database.connect()
  for (const statement of tables) await client.exec(statement)
  await client.exec("INSERT INTO customer (id, full_name) VALUES (1, 'Ada')")
  await client.close()
  const project = createProject({
    files: {
      'shop/.keep': '',
      'godwit.config.ts': `
import { defineConfig } from 'godwit'
export default defineConfig({ apps: ['./shop'], databases: { default: '${database.url}' } })
`,
    },
    database,
  })
  for (const args of [
    ['inspectdb', '--output', 'shop/models.ts'],
    ['makemigrations'],
    ['migrate', '--fake-initial'],
    ['makemigrations', '--check'],
  ]) {
    const { code, stderr } = await project.run(args)
    assert.equal(code, 0, stderr)
  }
  project.write(
    'shop/models.ts',
    project
      .read('shop/models.ts')
      .replace('maxLength: 80 }),', 'maxLength: 80 }),\n    vip: f.boolean({ default: false }),'),
  )
  for (const args of [['makemigrations'], ['migrate']]) {
    const { code, stderr } = await project.run(args)
    assert.equal(code, 0, stderr)
  }
  const after = await project.database()
  assert.deepEqual(
    (await after.all('SELECT full_name, vip FROM customer')).map(({ full_name: name, vip }) => [name, Boolean(vip)]),
    [['Ada', false]],
  )
  await after.close()
})

/** Databases list their tables in orders of their own. */
function sorted(text: string): string {
  return text.trim().split('\n\n').toSorted().join('\n\n')
}
