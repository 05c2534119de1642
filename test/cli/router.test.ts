import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { databases } from '../support/databases.ts'
import { postgresUnderTest } from '../support/postgres-database.ts'
import { createProject, type TestProject } from '../support/project.ts'
import type { DatabaseUnderTest, TestDatabase } from '../support/test-database.ts'

const shop = `
import { f, model } from 'godwit'
import { Event } from '../stats/models.ts'
export const Product = model('Product', {
  name: f.char({ maxLength: 50 }),
  lastEvent: f.foreignKey(() => Event, { null: true }),
  events: f.manyToMany(() => Event),
})
export const Price = model('Price', { product: f.foreignKey(() => Product, { onDelete: 'cascade' }), cents: f.integer() })
`
const stats = `
import { f, model } from 'godwit'
export const Event = model('Event', { kind: f.char({ maxLength: 20 }) })
`

/** A project whose `default` is of one kind of database, and whose `analytics` is of another. */
async function projectOn(
  on: DatabaseUnderTest,
  other: DatabaseUnderTest,
  router: string,
  files: Readonly<Record<string, string>> = { 'shop/models.ts': shop, 'stats/models.ts': stats },
) {
  const main = await on.create()
  const analytics = await other.create()
  const project = createProject({
    files: {
      'godwit.config.ts': `
import { defineConfig } from 'godwit'
export default defineConfig({
  apps: ['shop', 'stats'],
  databases: { default: '${main.url}', analytics: '${analytics.url}' },
  ${router}
})
`,
      ...files,
    },
    database: main,
  })
  return { project, main, analytics }
}

async function run(project: TestProject, line: string) {
  const { code, stdout, stderr } = await project.run(line.split(' '))
  assert.equal(code, 0, `${line}\n${stdout}${stderr}`)
  return { stdout, stderr: stderr.replace(/\([\d.]+ (ms|s)\)/g, '(…)') }
}

async function refused(project: TestProject, line: string) {
  const { code, stdout } = await project.run([...line.split(' '), '--json'])
  assert.equal(code, 2, stdout)
  return JSON.parse(stdout).error
}

async function tablesOf(database: TestDatabase): Promise<readonly string[]> {
  const session = await database.openSession()
  try {
    return [...(await session.inspect()).tables.keys()].filter((name) => !name.startsWith('godwit_')).sort()
  } finally {
    await session.close()
  }
}

async function recordOf(database: TestDatabase): Promise<readonly string[]> {
  const client = await database.connect()
  try {
    const rows = await client.all('SELECT app, name FROM godwit_migrations ORDER BY app, name')
    return rows.map(({ app, name }) => `${app}.${name}`)
  } finally {
    await client.close()
  }
}

async function sql(database: TestDatabase, text: string): Promise<void> {
  const client = await database.connect()
  try {
    await client.exec(text)
  } finally {
    await client.close()
  }
}

const withStatsElsewhere = "router: { stats: 'analytics' },"
const operations = (app: string, parent: string, list: string, more = ''): string => `
import * as godwit from 'godwit/migrations'
const { addField, f, renameModel, runCode, runSql } = godwit
export default godwit.defineMigration({ dependencies: [['${app}', '${parent}']], ${more} operations: [${list}] })
`

for (const [on, other] of [databases, databases.toReversed()]) {
  if (on === undefined || other === undefined) continue
  const skip = on.skip || other.skip
  describe(`several databases, ${on.name} and ${other.name}`, { skip, concurrency: 2 }, () => {
    test('each holds what the router says, and its record all migrations', async () => {
      const { project, main, analytics } = await projectOn(on, other, withStatsElsewhere)
      await run(project, 'makemigrations')
      await run(project, 'migrate')
      assert.deepEqual(await tablesOf(main), ['shop_price', 'shop_product', 'shop_product_events'])
      await run(project, 'migrate --database analytics')
      assert.deepEqual(await tablesOf(analytics), ['stats_event'])
      assert.deepEqual(await recordOf(main), await recordOf(analytics))
      // No constraint leads to another database, and a foreign key within one is what it always is.
      await sql(main, "INSERT INTO shop_product (name, last_event_id) VALUES ('tea', 77)")
      await sql(main, 'INSERT INTO shop_product_events (product_id, event_id) VALUES (1, 78)')
      await assert.rejects(
        sql(main, 'PRAGMA foreign_keys = ON; INSERT INTO shop_price (product_id, cents) VALUES (5, 1)'),
      )
      assert.equal((await run(project, 'makemigrations')).stdout, 'No changes detected\n')
      for (const database of ['default', 'analytics']) {
        assert.match((await run(project, `migrate --check --database ${database}`)).stdout, /^$/)
      }
      await run(project, 'migrate shop zero')
      await run(project, 'migrate stats zero --database analytics')
      assert.deepEqual([...(await tablesOf(main)), ...(await tablesOf(analytics))], [])
    })

    test('changes of a model are carried out where it lives, and recorded everywhere', async () => {
      const { project, analytics, main } = await projectOn(on, other, withStatsElsewhere)
      await run(project, 'makemigrations')
      for (const database of ['default', 'analytics']) await run(project, `migrate --database ${database}`)
      await sql(analytics, "INSERT INTO stats_event (kind) VALUES ('view')")
      project.write(
        'stats/migrations/0002_name.ts',
        operations(
          'stats',
          '0001_initial',
          "renameModel({ from: 'Event', to: 'Happening' }), addField({ model: 'Happening', name: 'level', field: f.integer({ default: 1 }) })",
        ),
      )
      const plan = (await run(project, 'migrate --plan')).stdout
      assert.match(plan, /Rename model Event to Happening \(lives in another database\)/)
      assert.match((await run(project, 'sqlmigrate stats 0002')).stdout, /no change in the database/)
      assert.match((await run(project, 'sqlmigrate stats 0002 --database analytics')).stdout, /stats_happening/)
      await run(project, 'migrate')
      await run(project, 'migrate --database analytics')
      assert.deepEqual(await tablesOf(analytics), ['stats_happening'])
      assert.deepEqual(await tablesOf(main), ['shop_price', 'shop_product', 'shop_product_events'])
      await sql(analytics, 'UPDATE stats_happening SET level = 2')
      await run(project, 'migrate stats 0001 --database analytics')
      assert.deepEqual(await tablesOf(analytics), ['stats_event'])
    })

    test('SQL and code run where their app lives, or where they say', async () => {
      const { project, analytics, main } = await projectOn(on, other, withStatsElsewhere)
      await run(project, 'makemigrations')
      for (const database of ['default', 'analytics']) await run(project, `migrate --database ${database}`)
      const list = `
        runSql({ forwards: "INSERT INTO stats_event (kind) VALUES ('sql')", backwards: 'DELETE FROM stats_event' }),
        runCode({ async forwards({ db }) { await db.insertInto('stats_event').values({ kind: 'code' }).execute() } }),
        runSql({ forwards: "INSERT INTO shop_product (name) VALUES ('named')", backwards: 'DELETE FROM shop_product', databases: ['default'] })`
      project.write('stats/migrations/0002_rows.ts', operations('stats', '0001_initial', list))
      await run(project, 'migrate')
      await run(project, 'migrate --database analytics')
      const session = await analytics.openSession()
      const kinds = await session.kysely.selectFrom('stats_event').select('kind').orderBy('kind').execute()
      await session.close()
      assert.deepEqual(kinds, [{ kind: 'code' }, { kind: 'sql' }])
      // In the default database there is no code to be undone, so it goes back.
      await run(project, 'migrate stats 0001')
      await sql(main, "INSERT INTO shop_product (name) VALUES ('another')")
      assert.equal((await refused(project, 'migrate stats 0001 --database analytics')).code, 'execution.irreversible')
      project.write(
        'stats/migrations/0003_wrong.ts',
        operations('stats', '0002_rows', "runSql({ forwards: '', databases: ['analitics'] })"),
      )
      const unknown = await refused(project, 'migrate')
      assert.equal(unknown.code, 'execution.unknownDatabases')
      assert.match(unknown.summary, /Did you mean "?analytics/)
    })

    test('a model may live apart from its app, or in several databases; a function may say so', async () => {
      const routers = [
        "router: { stats: 'analytics', 'shop.Price': ['default', 'analytics'], 'shop.Product': 'default' },",
        "router: ({ app, model }) => model === 'Price' ? ['default', 'analytics'] : app === 'stats' ? 'analytics' : undefined,",
      ]
      for (const router of routers) {
        const { project, main, analytics } = await projectOn(on, other, router)
        await run(project, 'makemigrations')
        for (const database of ['default', 'analytics']) await run(project, `migrate --database ${database}`)
        assert.deepEqual(await tablesOf(main), ['shop_price', 'shop_product', 'shop_product_events'])
        assert.deepEqual(await tablesOf(analytics), ['shop_price', 'stats_event'])
        // Of the two databases that have prices, code over prices and events runs in the one that has both.
        const list = `
          runCode({
            models: { Event: 'stats.Event', Price: 'shop.Price' },
            async forwards({ models: { Event } }) { await Event.create({ kind: 'code' }) },
            async backwards({ models: { Event } }) { await Event.delete() },
          })`
        project.write('shop/migrations/0002_code.ts', operations('shop', '0001_initial', list))
        for (const database of ['default', 'analytics']) await run(project, `migrate --database ${database}`)
        const session = await analytics.openSession()
        const { length } = await session.kysely.selectFrom('stats_event').select('kind').execute()
        await session.close()
        assert.equal(length, 1)
        for (const database of ['default', 'analytics']) await run(project, `migrate shop 0001 --database ${database}`)
      }
    })

    test('--fake and showmigrations are about the one that is named', async () => {
      const { project, analytics } = await projectOn(on, other, withStatsElsewhere)
      await run(project, 'makemigrations')
      await run(project, 'migrate --fake --database analytics')
      assert.deepEqual(await tablesOf(analytics), [])
      assert.equal((await run(project, 'showmigrations stats')).stdout, 'stats\n [ ] 0001_initial\n')
      assert.equal(
        (await run(project, 'showmigrations stats --database analytics')).stdout,
        'stats\n [X] 0001_initial\n',
      )
      await run(project, 'migrate stats zero --fake --database analytics')
      await run(project, 'migrate --database analytics')
      assert.deepEqual(await tablesOf(analytics), ['stats_event'])
    })

    test('a rename between two homes is refused', async () => {
      const { project } = await projectOn(on, other, "router: { 'stats.Event': 'analytics' },")
      await run(project, 'makemigrations')
      project.write(
        'stats/migrations/0002_name.ts',
        operations('stats', '0001_initial', "renameModel({ from: 'Event', to: 'Happening' })"),
      )
      const error = await refused(project, 'migrate')
      assert.equal(error.code, 'execution.renamedApart')
      assert.deepEqual(error.details, {
        migration: 'stats.0002_name',
        from: 'stats.Event',
        to: 'stats.Happening',
        database: 'default',
      })
    })
  })
}

test('PostgreSQL: an enum type is made where it is used', { skip: postgresUnderTest.skip }, async () => {
  const models = (values: string): Readonly<Record<string, string>> => ({
    'shop/models.ts': `
import { f, model } from 'godwit'
export const Alarm = model('Alarm', { level: f.enum([${values}], { native: 'level' }) })
export const Shelf = model('Shelf', { name: f.text() })
`,
    'stats/models.ts': stats,
  })
  const router = "router: { 'shop.Alarm': 'analytics' },"
  const { project, main, analytics } = await projectOn(postgresUnderTest, postgresUnderTest, router, models("'low'"))
  const valuesIn = async (database: TestDatabase) => {
    const client = await database.connect()
    const rows = await client.all('SELECT enumlabel FROM pg_enum ORDER BY enumsortorder')
    await client.close()
    return rows.map(({ enumlabel }) => enumlabel)
  }
  const migrated = async () => {
    for (const database of ['default', 'analytics']) await run(project, `migrate --database ${database}`)
    return { main: await valuesIn(main), analytics: await valuesIn(analytics) }
  }
  await run(project, 'makemigrations')
  assert.deepEqual(await migrated(), { main: [], analytics: ['low'] })
  for (const [path, text] of Object.entries(models("'low', 'high'"))) project.write(path, text)
  await run(project, 'makemigrations')
  assert.deepEqual(await migrated(), { main: [], analytics: ['low', 'high'] })
  await sql(analytics, "INSERT INTO shop_alarm (level) VALUES ('high')")
  await sql(analytics, 'DELETE FROM shop_alarm')
  for (const database of ['default', 'analytics']) await run(project, `migrate shop zero --database ${database}`)
  assert.deepEqual(await valuesIn(analytics), [])
  assert.deepEqual([await tablesOf(analytics), await tablesOf(main)], [[], ['stats_event']])
})

describe('the router', { concurrency: 2 }, () => {
  const models = {
    'shop/models.ts': stats.replace('Event', 'Visit').replace("'Event'", "'Visit'"),
    'stats/models.ts': stats,
  }
  const config = (databasesText: string, router: string): string => `
export default { apps: ['shop', 'stats'], databases: ${databasesText}, router: ${router} }
`
  const two = "{ default: 'sqlite:./a.db', analytics: 'sqlite:./b.db' }"

  test('is checked when the config is read', async () => {
    const wrong: readonly (readonly [databases: string, router: string, code: string])[] = [
      [two, "'analytics'", 'config.routerNotUsable'],
      [two, "{ stat: 'analytics' }", 'config.routerUnknownKey'],
      [two, "{ 'stat.Event': 'analytics' }", 'config.routerUnknownKey'],
      [two, "{ stats: 'analytic' }", 'config.routeUnknown'],
      [two, "{ stats: ['default', 'analytic'] }", 'config.routeUnknown'],
      [two, '{ stats: 5 }', 'config.routeNotUsable'],
      ["{ main: 'sqlite:./a.db' }", "{ stats: 'main' }", 'config.routerNeedsDefault'],
      [two, "() => 'analytic'", 'config.routeUnknown'],
      ["{ main: 'sqlite:./a.db' }", '() => undefined', 'config.routerNeedsDefault'],
    ]
    for (const [text, router, code] of wrong) {
      const project = createProject({ files: { ...models, 'godwit.config.ts': config(text, router) } })
      assert.equal((await refused(project, 'makemigrations --dry-run')).code, code, router)
    }
  })

  test('what a database cannot have is no matter where it does not live', async () => {
    const only = stats.replace('kind:', 'moods: f.array(f.char({ maxLength: 5 })),\n kind:')
    const files = { ...models, 'stats/models.ts': only }
    const urls = "{ default: 'sqlite:./a.db', analytics: 'postgres://localhost/none' }"
    const routed = createProject({ files: { ...files, 'godwit.config.ts': config(urls, "{ stats: 'analytics' }") } })
    await run(routed, 'makemigrations --dry-run')
    const unrouted = createProject({
      files: { ...files, 'godwit.config.ts': config(urls, "{ stats: ['default', 'analytics'] }") },
    })
    assert.match((await refused(unrouted, 'makemigrations --dry-run')).summary, /stats\.Event\.moods/)
  })
})
