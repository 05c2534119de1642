import assert from 'node:assert/strict'
import { existsSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import { initProject } from '../../src/api/init-project.ts'
import { adoptDatabase, makeMigrations, migrate, planMigrate } from '../../src/api.ts'
import { failsWith } from '../history/migrations.ts'
import { createProject, type TestProject } from '../support/project.ts'

const config = (apps: string, rest = '') => `
import { defineConfig } from 'godwit'
export default defineConfig({ apps: ${apps}, databases: { default: 'sqlite:./app.db', other: 'sqlite:./other.db' }${rest} })
`
const tables = [
  'CREATE TABLE knex_migrations (id integer PRIMARY KEY AUTOINCREMENT, name varchar(255), batch integer, migration_time datetime)',
  'CREATE TABLE knex_migrations_lock ("index" integer PRIMARY KEY AUTOINCREMENT, is_locked integer)',
  'CREATE TABLE customer (id integer PRIMARY KEY AUTOINCREMENT, full_name varchar(80) NOT NULL)',
  'CREATE TABLE orders (id integer PRIMARY KEY AUTOINCREMENT, customer_id integer NOT NULL REFERENCES customer (id), total decimal(10,2) NOT NULL)',
  'CREATE INDEX by_total ON orders (total)',
  'CREATE TABLE visits (at text)',
  'CREATE VIEW rich AS SELECT customer_id FROM orders WHERE total > 1000',
  "INSERT INTO customer VALUES (1, 'Ada')",
]

async function legacyProject(apps = "['./shop']", rest = ''): Promise<TestProject> {
  const project = createProject({
    files: { 'godwit.config.ts': config(apps, rest), 'shop/.keep': '', 'people/.keep': '' },
  })
  await execute(project, tables)
  return project
}

async function execute(project: TestProject, statements: readonly string[]): Promise<void> {
  const client = await project.database()
  for (const statement of statements) await client.exec(statement)
  await client.close()
}

const read = `Read 2 tables of sqlite:./app.db.
  knex_migrations, knex_migrations_lock: the bookkeeping of Knex. No longer run \`knex migrate:latest\`: from now on Godwit changes the tables. Keep the table for as long as somebody may go back.
  Left alone, as no model says it:
`

describe('adopt', () => {
  test('says what it would do, does it, and says on the next run that it is done', async () => {
    const project = await legacyProject()
    const planned = await project.run(['adopt', '--plan'])
    assert.equal(
      planned.stdout,
      `${read}    visits: it has no primary key, and no unique that could be one
    view rich
Would write shop/models.ts: 2 models.
Would write shop/migrations/0001_initial.ts.
Compared: the database holds all that shop.0001_initial makes.
Would record shop.0001_initial; no table would be touched.
Drift would be none.
`,
    )
    assert.equal(planned.stderr, '\nNothing was written. To do it: godwit adopt shop\n')
    assert.deepEqual(readdirSync(join(project.dir, 'shop')), ['.keep'])

    const done = await project.run(['adopt'])
    assert.equal(
      done.stdout,
      `${read}    visits: it has no primary key, and no unique that could be one
    view rich
Wrote shop/models.ts: 2 models.
Wrote shop/migrations/0001_initial.ts.
Compared: the database holds all that shop.0001_initial makes.
Recorded shop.0001_initial; no table was touched.
Drift: none.
`,
    )
    assert.equal(
      done.stderr,
      `
Next
  1. Read shop/models.ts, and commit it with the migration
  2. On every other copy of this database: godwit adopt shop
  3. Change the models, then: godwit makemigrations, godwit migrate
`,
    )
    assert.match(project.read('shop/migrations/0001_initial.ts'), /initial: true/)
    const again = await project.run(['adopt'])
    assert.deepEqual(
      [again.code, again.stdout],
      [
        0,
        `${read}    visits: no model speaks of it
    view rich
Kept shop/models.ts: it has models already.
Kept shop/migrations/0001_initial.ts.
Recorded before: shop.0001_initial.
Drift: none.
`,
      ],
    )
  })

  test('goes from init to an adopted database: the untouched sample gives way', async () => {
    const project = createProject({ files: {} })
    rmSync(join(project.dir, 'godwit.config.ts'))
    await initProject({ cwd: project.dir })
    project.write('godwit.config.ts', project.read('godwit.config.ts').replace(/sqlite:[^']*/, 'sqlite:./app.db'))
    await execute(project, tables)
    const { models, drift } = await adoptDatabase({ cwd: project.dir })
    assert.deepEqual([models.isThere, drift], [false, []])
    assert.match(project.read('notes/models.ts'), /Orders = model/)
    assert.ok(!project.read('notes/models.ts').includes('Note ='))
  })

  test('compares another copy of the database with the models that there are, and refuses one that is another', async () => {
    const project = await legacyProject()
    const cwd = project.dir
    await adoptDatabase({ cwd })
    await execute(project, ['DROP TABLE godwit_migrations', 'DROP INDEX by_total'])
    const files = [project.read('shop/models.ts'), project.read('shop/migrations/0001_initial.ts')]
    await assert.rejects(adoptDatabase({ cwd }), (error: Error) => {
      assert.match(error.message, / index by_total on orders is missing/)
      return failsWith('adopting.initialDiffers')(error)
    })
    assert.deepEqual([project.read('shop/models.ts'), project.read('shop/migrations/0001_initial.ts')], files)
    await execute(project, ['CREATE INDEX by_total ON orders (total)'])
    assert.deepEqual((await adoptDatabase({ cwd })).recorded, ['shop.0001_initial'])
    // As a process leaves it that was killed between the two files.
    await execute(project, ['DROP TABLE godwit_migrations'])
    rmSync(join(cwd, 'shop/migrations/0001_initial.ts'))
    const again = await adoptDatabase({ cwd, header: false })
    assert.deepEqual(
      [again.models.isThere, again.migrations[0]?.isThere, again.recorded],
      [true, false, ['shop.0001_initial']],
    )
    assert.deepEqual((await makeMigrations({ cwd, dryRun: true })).migrations, [])
    assert.deepEqual((await planMigrate({ cwd })).planned, [])
  })

  test('takes its files back where the record cannot be written', async () => {
    const project = await legacyProject()
    // The table is there, and refuses the row once everything else is done.
    await execute(project, [
      `CREATE TABLE godwit_migrations (app text, name text, applied_at text, duration_ms integer, godwit_version text, format integer, checksum text,
        code_fingerprint text, dependencies text, replaces text, resets text, operations text, CHECK (app <> 'shop'))`,
    ])
    await assert.rejects(adoptDatabase({ cwd: project.dir }))
    assert.ok(!existsSync(join(project.dir, 'shop/models.ts')))
    assert.deepEqual(readdirSync(join(project.dir, 'shop'), { recursive: true }).toSorted(), ['.keep'])
  })

  test('adopts app after app, with relations between them', async () => {
    const project = await legacyProject("['./people', './shop']")
    await execute(project, ['ALTER TABLE orders RENAME TO shop_orders'])
    const cwd = project.dir
    await assert.rejects(adoptDatabase({ cwd }), failsWith('adopting.appNeeded'))
    const people = await adoptDatabase({ cwd, app: 'people' })
    assert.deepEqual(people.models.tables, [{ table: 'customer', model: 'Customer' }])
    assert.ok(people.leftAlone.some(({ table, text }) => table === 'shop_orders' && text.startsWith('by its name')))
    const shop = await adoptDatabase({ cwd, app: 'shop' })
    assert.deepEqual([shop.models.tables, shop.drift], [[{ table: 'shop_orders', model: 'Orders' }], []])
    assert.match(project.read('shop/models.ts'), /f\.foreignKey\('people\.Customer'/)
    assert.match(project.read('shop/migrations/0001_initial.ts'), /\['people', '0001_initial'\]/)
    assert.deepEqual((await makeMigrations({ cwd, dryRun: true })).migrations, [])
  })
})

describe('migrate --fake-initial', () => {
  test('says with --plan what it would record, records it, and applies the rest', async () => {
    const project = await legacyProject()
    const cwd = project.dir
    await adoptDatabase({ cwd })
    project.write(
      'shop/models.ts',
      project
        .read('shop/models.ts')
        .replace('maxLength: 80 }),', 'maxLength: 80 }),\n    vip: f.boolean({ default: false }),'),
    )
    await makeMigrations({ cwd })
    await execute(project, ['DROP TABLE godwit_migrations'])
    assert.equal(
      (await project.run(['migrate', '--plan', '--fake-initial'])).stdout,
      `Planned operations:
shop.0001_initial (only recorded: the database holds all that it makes)
    Create model Customer
    Create model Orders
shop.0002_customer_vip
    Add field vip to Customer
`,
    )
    const { stderr } = await project.run(['migrate', '--fake-initial'])
    assert.match(stderr, / {2}Applying shop\.0001_initial… recorded: the database holds all that it makes\n/)
    assert.match(stderr, / {2}Applying shop\.0002_customer_vip… done \(/)
    const faked = await project.run(['migrate', 'shop', 'zero', '--fake'])
    assert.match(faked.stderr, /Recorded unseen\. Whether the database is what the migrations say: `godwit drift`\n/)
  })

  test('looks at what lives in the database, and overlooks what the config says may differ', async () => {
    const models = (name: string) =>
      `import { f, model } from 'godwit'\nexport const ${name} = model('${name}', { name: f.char({ maxLength: 20 }) })\n`
    const project = createProject({
      files: {
        'godwit.config.ts': config(
          "['./shop', './stats']",
          ", router: { stats: 'other', '*': 'default' }, drift: { ignore: [{ object: 'index by_hand *', reason: 'of the DBA' }] }",
        ),
        'shop/models.ts': models('Item'),
        'stats/models.ts': models('Visit'),
      },
    })
    const cwd = project.dir
    await makeMigrations({ cwd })
    await migrate({ cwd })
    await execute(project, ['DROP TABLE godwit_migrations', 'CREATE INDEX by_hand ON shop_item (name)'])
    const { applied } = await migrate({ cwd, fakeInitial: true })
    assert.deepEqual(
      applied.map(({ app, fake, verified }) => [app, fake, verified]),
      [
        ['shop', true, true],
        ['stats', false, undefined],
      ],
    )
  })

  test('nobody can excuse what a migration makes and the database has otherwise', async () => {
    const ignoring = ", drift: { ignore: [{ object: 'column shop_item.*', reason: 'never mind' }] }"
    const project = createProject({
      files: {
        'godwit.config.ts': config("['./shop']", ignoring),
        'shop/models.ts':
          "import { f, model } from 'godwit'\nexport const Item = model('Item', { name: f.char({ maxLength: 20 }) })\n",
      },
    })
    const cwd = project.dir
    await makeMigrations({ cwd })
    await execute(project, [
      'CREATE TABLE shop_item (id integer PRIMARY KEY AUTOINCREMENT, name varchar(30) NOT NULL, note text)',
    ])
    const refused = (error: Error): boolean => {
      assert.match(error.message, /column shop_item\.name is varchar\(30\)/)
      assert.doesNotMatch(error.message, /note/)
      return failsWith('adopting.initialDiffers')(error)
    }
    await assert.rejects(migrate({ cwd, fakeInitial: true }), refused)
    await assert.rejects(planMigrate({ cwd, fakeInitial: true }), refused)
    await assert.rejects(adoptDatabase({ cwd }), refused)
  })

  test('what no model can say hides nothing that the models say otherwise', async () => {
    const project = createProject({ files: { 'godwit.config.ts': config("['./shop']"), 'shop/.keep': '' } })
    const cwd = project.dir
    await execute(project, [
      'CREATE TABLE shop_visit (id integer PRIMARY KEY AUTOINCREMENT, at datetime NOT NULL COLLATE NOCASE)',
    ])
    const { drift } = await adoptDatabase({ cwd })
    assert.deepEqual(
      drift.map(({ object }) => object),
      ['column shop_visit.at'],
    )
    await execute(project, ['DROP TABLE godwit_migrations'])
    assert.deepEqual((await adoptDatabase({ cwd })).recorded, ['shop.0001_initial'])
    await execute(project, ['DROP TABLE godwit_migrations'])
    for (const file of ['shop/models.ts', 'shop/migrations/0001_initial.ts']) {
      project.write(file, project.read(file).replace('f.dateTime(', 'f.date('))
    }
    const { code, stderr } = await project.run(['adopt'])
    assert.equal(code, 2)
    assert.match(stderr, /column shop_visit\.at is datetime .* should be date /)
    const slip = await project.run(['adopt', '--answer', 'shop.0001_initial:steps=yes'])
    assert.deepEqual([slip.code, /shop\.0001_initial:steps=yes/.test(slip.stderr)], [2, true])
  })

  test('passes over code that nobody can see once somebody says that it was carried out', async () => {
    const project = await legacyProject()
    await adoptDatabase({ cwd: project.dir })
    await execute(project, ['DROP TABLE godwit_migrations'])
    const file = 'shop/migrations/0001_initial.ts'
    const code = "runCode({ forwards: async () => { throw new Error('carried out') } })"
    project.write(
      file,
      project
        .read(file)
        .replace('import {', 'import { runCode,')
        .replace(/\n {2}\],\n\}\)/, `\n    ${code},\n  ],\n})`),
    )
    const plan = await project.run(['migrate', '--plan', '--fake-initial'])
    assert.match(plan.stdout, /Nothing shows whether this was carried out, so migrate asks: Run code/)
    const agreed = await project.run(['migrate', '--fake-initial', '--answer', 'shop.0001_initial:steps=done'])
    assert.equal(agreed.code, 0, agreed.stderr)
  })
})
