import assert from 'node:assert/strict'
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { createProject, type TestProject } from '../support/project.ts'

const config = `
import { defineConfig } from 'godwit'
export default defineConfig({
  apps: ['shop'],
  databases: { default: 'sqlite:./app.db', production: 'sqlite:./production.db', fresh: 'sqlite:./fresh.db' },
  drift: { ignore: [{ object: 'index by_the_dba*', reason: 'the report of the month' }] },
})
`
function models(...fields: readonly string[]): string {
  return `
import { f, model } from 'godwit'
export const Item = model('Item', { name: f.char({ maxLength: 20 }), ${fields.join(', ')} })
`
}

function migration(operations: string, ...after: readonly string[]): string {
  return `
import { addField, createModel, defineMigration, f, runSql } from 'godwit/migrations'
export default defineMigration({ dependencies: [${after.map((name) => `['shop', '${name}']`).join(', ')}], operations: [${operations}] })
`
}

const files = {
  'godwit.config.ts': config,
  'shop/models.ts': models('price: f.integer({ default: 0 })'),
  'shop/migrations/0001_initial.ts': migration(
    "createModel({ name: 'Item', fields: { id: f.bigAuto({ primaryKey: true }), name: f.char({ maxLength: 20 }) } })",
  ),
  'shop/migrations/0002_price.ts': migration(
    "addField({ model: 'Item', name: 'price', field: f.integer({ default: 0 }) })",
    '0001_initial',
  ),
  'shop/migrations/0003_audit.ts': migration(
    `runSql({ forwards: "CREATE TRIGGER audit AFTER INSERT ON shop_item BEGIN SELECT 1; END", backwards: 'DROP TRIGGER audit' }),
     runSql({ forwards: 'CREATE INDEX by_price ON shop_item (price)', backwards: 'DROP INDEX by_price' }),
     runSql({ forwards: 'UPDATE shop_item SET price = 1', backwards: [], elidable: true })`,
    '0002_price',
  ),
}

async function ok(project: TestProject, ...args: readonly string[]): Promise<string> {
  const { code, stdout, stderr } = await project.run(args)
  assert.equal(code, 0, stderr)
  return stdout
}

async function refused(project: TestProject, ...args: readonly string[]): Promise<string> {
  const { code, stdout } = await project.run([...args, '--json'])
  assert.equal(code, 2, stdout)
  return JSON.parse(stdout).error.code
}

function migrationsOf({ dir }: TestProject): readonly string[] {
  return readdirSync(join(dir, 'shop/migrations')).toSorted()
}

const agreed = ['--answer', 'shop:history=reset']

test('what SQL of the old history made is named, is no difference, and is carried over where that is asked for', async () => {
  const project = createProject({ files })
  await ok(project, 'migrate')
  await ok(project, 'migrate', '--database', 'production')
  const client = await project.database()
  await client.exec('CREATE INDEX by_the_dba ON shop_item (name)')
  await client.close()

  const plan = JSON.parse(await ok(project, 'resetmigrations', 'shop', '--plan', '--json'))
  assert.deepEqual(plan.rows, ['shop.0001_initial', 'shop.0002_price', 'shop.0003_audit'])
  assert.deepEqual(
    plan.lostSteps.map(({ step, elidable }: { step: string; elidable?: true }) => [step, elidable]),
    [
      ['Run SQL', undefined],
      ['Run SQL', undefined],
      ['Run SQL', true],
    ],
  )
  assert.deepEqual(
    plan.lostObjects.map(({ kind, name, table }: Record<string, string>) => [kind, name, table]).toSorted(),
    [
      ['index', 'by_price', 'shop_item'],
      ['trigger', 'audit', 'shop_item'],
    ],
  )
  assert.deepEqual([plan.written, plan.git.absent], [false, 'noRepository'])
  assert.deepEqual(migrationsOf(project), ['0001_initial.ts', '0002_price.ts', '0003_audit.ts'])

  await ok(project, 'resetmigrations', 'shop', '--keep-sql', ...agreed)
  assert.deepEqual(migrationsOf(project), ['0001_initial.ts'])
  assert.match(project.read('shop/migrations/0001_initial.ts'), /CREATE TRIGGER audit[\s\S]*CREATE INDEX by_price/)
  assert.doesNotMatch(project.read('shop/migrations/0001_initial.ts'), /UPDATE shop_item/)
  assert.equal(project.read('.godwit/.gitignore'), '*\n')

  assert.equal(
    await ok(project, 'migrate', '--database', 'production', '--plan').then((plan) =>
      plan.includes('Adopt shop.0001_initial'),
    ),
    true,
  )
  // Pruned, the rows by which the database is known to be at the end of its history would be gone.
  await ok(project, 'migrate', 'shop', '--prune', '--database', 'production')
  const { adopted } = JSON.parse(await ok(project, 'migrate', '--database', 'production', '--json'))
  assert.deepEqual(adopted, [
    { baselines: ['shop.0001_initial'], replaced: ['shop.0001_initial', 'shop.0002_price', 'shop.0003_audit'] },
  ])
  await ok(project, 'migrate', '--database', 'fresh')
  await ok(project, 'drift')
  await ok(project, 'drift', '--database', 'production')
  await ok(project, 'drift', '--database', 'fresh')
})

test('a history that was begun anew twice is adopted at once by a database that has seen neither', async () => {
  const project = createProject({ files })
  await ok(project, 'migrate')
  await ok(project, 'migrate', '--database', 'production')
  await ok(project, 'resetmigrations', 'shop', ...agreed)
  project.write('shop/models.ts', models('price: f.integer({ default: 0 })', 'stock: f.integer({ default: 0 })'))
  await ok(project, 'makemigrations')
  assert.deepEqual(migrationsOf(project), ['0001_initial.ts', '0004_item_stock.ts'])
  await ok(project, 'migrate')
  // Production goes as far as the second reset needs it, without ever adopting the first.
  project.write('shop/migrations/0001_initial.ts', files['shop/migrations/0001_initial.ts'])
  project.write('shop/migrations/0002_price.ts', files['shop/migrations/0002_price.ts'])
  project.write('shop/migrations/0003_audit.ts', files['shop/migrations/0003_audit.ts'])
  project.write(
    'shop/migrations/0004_item_stock.ts',
    project.read('shop/migrations/0004_item_stock.ts').replace('0001_initial', '0003_audit'),
  )
  await ok(project, 'migrate', '--database', 'production')
  assert.match(await ok(project, 'showmigrations'), /\[X\] 0003_audit\n \[X\] 0004_item_stock/)

  await ok(project, 'resetmigrations', 'shop', ...agreed)
  assert.match(
    project.read('shop/migrations/0001_initial.ts'),
    /'0001_initial', '0002_price', '0003_audit', '0004_item_stock'/,
  )
  await ok(project, 'makemigrations', '--check')
  const { adopted } = JSON.parse(await ok(project, 'migrate', '--database', 'production', '--json'))
  assert.equal(adopted[0].replaced.length, 4)
  assert.deepEqual(JSON.parse(await ok(project, 'migrate', '--json')).adopted, [])
})

test('a reset is taken back only where nothing was built on it', async () => {
  const project = createProject({ files })
  await ok(project, 'migrate')
  await ok(project, 'resetmigrations', 'shop', ...agreed)
  const [stamp = ''] = readdirSync(join(project.dir, '.godwit/resets'))
  assert.ok(existsSync(join(project.dir, '.godwit/resets', stamp, 'files/shop/0003_audit.ts')))

  await ok(project, 'makemigrations', 'shop', '--empty', '--name', 'more')
  assert.equal(await refused(project, 'resetmigrations', '--restore'), 'resets.filesMovedOn')
  await ok(project, 'migrate')
  assert.equal(await refused(project, 'resetmigrations', '--restore'), 'resets.movedOn')
  await ok(project, 'migrate', 'shop', '0001')
  // A migration that waits for one of the old history finds it again.
  project.write('shop/migrations/0004_more.ts', migration('', '0003_audit'))
  await ok(project, 'resetmigrations', '--stamp', stamp)
  assert.deepEqual(migrationsOf(project), ['0001_initial.ts', '0002_price.ts', '0003_audit.ts', '0004_more.ts'])
  for (const [path, text] of Object.entries(files)) assert.equal(project.read(path), text)
  assert.match(await ok(project, 'migrate'), /^$/)
  assert.equal(await refused(project, 'resetmigrations', '--restore'), 'resets.noBackup')
})

test('a history with a squash is adopted by a database that has the squash, what it replaced, or both', async () => {
  const project = createProject({ files })
  await ok(project, 'migrate', '--database', 'production')
  await ok(project, 'squashmigrations', 'shop', '0003', '--no-header')
  await ok(project, 'migrate')
  await ok(project, 'migrate', '--database', 'fresh')
  const client = await project.database()
  await client.exec("DELETE FROM godwit_migrations WHERE name NOT LIKE '%squashed%'")
  await client.close()
  await ok(project, 'resetmigrations', 'shop', ...agreed)
  assert.match(project.read('shop/migrations/0001_initial.ts'), /squashes: \{/)
  for (const database of ['production', 'fresh']) {
    const { adopted, applied } = JSON.parse(await ok(project, 'migrate', '--json', '--database', database))
    assert.deepEqual([adopted[0].baselines, applied], [['shop.0001_initial'], []])
  }
})
