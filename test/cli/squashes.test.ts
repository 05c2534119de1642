import assert from 'node:assert/strict'
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import { createProject, type TestProject } from '../support/project.ts'

const field = (name: string) => `addField({ model: 'Item', name: '${name}', field: f.integer({ null: true }) })`
const create = `createModel({ name: 'Item', fields: { id: f.bigAuto({ primaryKey: true }) } })`

function file(operations: string, more: string): string {
  return `
import { addField, createModel, defineMigration, f, runCode, runSql } from 'godwit/migrations'
export default defineMigration({ ${more}, operations: [${operations}] })
`
}

const after = (name: string): string => `dependencies: [['shop', '${name}']]`
const squash = file(
  [create, field('a'), field('b')].join(', '),
  `replaces: [['shop', '0001_initial'], ['shop', '0002_a'], ['shop', '0003_b']]`,
)
const squashFile = 'shop/migrations/0001_squashed_0003.ts'
const originals = {
  'shop/migrations/0001_initial.ts': file(create, 'dependencies: []'),
  'shop/migrations/0002_a.ts': file(field('a'), after('0001_initial')),
  'shop/migrations/0003_b.ts': file(field('b'), after('0002_a')),
}
const files = {
  'shop/models.ts': `
import { f, model } from 'godwit'
export const Item = model('Item', { a: f.integer({ null: true }), b: f.integer({ null: true }), c: f.integer({ null: true }) })
`,
  ...originals,
  'shop/migrations/0004_c.ts': file(field('c'), after('0003_b')),
}

async function told(project: TestProject, line: string): Promise<string> {
  const { code, stdout, stderr } = await project.run(line.split(' '))
  return `${stdout}${stderr.replace(/\([\d.]+ (ms|s)\)/g, '(…)')}exit ${code}`
}

function remove(project: TestProject, ...paths: readonly string[]): void {
  for (const path of paths) rmSync(join(project.dir, path))
}

describe('a squash', { concurrency: true }, () => {
  test('is shown as it stands to the database', async () => {
    const project = createProject({ files: { ...files, [squashFile]: squash } })
    const shown = (...lines: readonly string[]): string => `${['shop', ...lines].join('\n')}\nexit 0`
    const open = shown(' [ ] 0001_squashed_0003 (3 squashed migrations)', ' [ ] 0004_c')
    assert.equal(await told(project, 'showmigrations'), open)
    await project.run(['migrate', 'shop', '0002_a'])
    const aside = shown(' [X] 0001_initial', ' [X] 0002_a', ' [ ] 0003_b', ' [ ] 0004_c')
    assert.equal(await told(project, 'showmigrations'), aside)
    remove(project, squashFile)
    await project.run(['migrate', 'shop', '0003'])
    project.write(squashFile, squash)
    const due = shown(' [-] 0001_squashed_0003 (3 squashed migrations)', ' [ ] 0004_c')
    assert.equal(await told(project, 'showmigrations'), due)
    assert.equal(
      await told(project, 'showmigrations --plan'),
      '[-]  shop.0001_squashed_0003 (3 squashed migrations)\n[ ]  shop.0004_c\nexit 0',
    )
    assert.equal(
      await told(project, 'migrate'),
      [
        'Operations to perform:',
        '  Apply all migrations: shop',
        'Running migrations:',
        '  Applying shop.0004_c… done (…)',
        '  Recorded shop.0001_squashed_0003: all that it replaces is applied.',
        'exit 0',
      ].join('\n'),
    )
    const done = shown(' [X] 0001_squashed_0003 (3 squashed migrations)', ' [X] 0004_c')
    assert.equal(await told(project, 'showmigrations'), done)
    const result = JSON.parse((await project.run(['showmigrations', '--json'])).stdout)
    const [first] = result.apps[0].migrations
    assert.deepEqual([first.squashed, first.applied, first.unrecorded], [3, true, undefined])
    // The models are what the squash and the rest make.
    assert.match(await told(project, 'makemigrations'), /No changes detected/)
  })

  test('has its SQL, and so has what it replaces', async () => {
    const project = createProject({ files: { ...files, [squashFile]: squash } })
    assert.match(await told(project, 'sqlmigrate shop 0001_squashed'), /CREATE TABLE "shop_item" .*"a".*"b"/s)
    assert.match(await told(project, 'sqlmigrate shop 0002'), /ALTER TABLE "shop_item" ADD COLUMN "a"/)
    assert.match(await told(project, 'sqlmigrate shop 0004'), /ALTER TABLE "shop_item" ADD COLUMN "c"/)
    remove(project, ...Object.keys(originals))
    const gone = await told(project, 'sqlmigrate shop 0002_a')
    assert.match(
      gone,
      /shop.0002_a is one of those that shop.0001_squashed_0003 replaces, and the file of shop.0002_a is gone/,
    )
  })

  test('without the files of its originals sends a database inside its range to the commit that has them', async () => {
    const project = createProject({ files })
    await project.run(['migrate', 'shop', '0002'])
    project.write(squashFile, squash)
    remove(project, ...Object.keys(originals))
    const refused = await told(project, 'migrate')
    assert.match(
      refused,
      /This database has a part of what shop.0001_squashed_0003 replaces \(shop.0001_initial, shop.0002_a\)/,
    )
    assert.match(refused, /Check out the commit that still has these files/)
    assert.match(refused, /exit 2$/)
    for (const [path, text] of Object.entries(originals)) project.write(path, text)
    assert.match(await told(project, 'migrate'), /Applying shop.0003_b.*Applying shop.0004_c.*Recorded/s)
    remove(project, ...Object.keys(originals))
    assert.match(await told(project, 'migrate'), /No migrations to apply/)
  })
})

describe('migrate --prune', { concurrency: true }, () => {
  test('removes the rows of one app that have no file, once no squash stands for them', async () => {
    const project = createProject({ files: { ...files, [squashFile]: squash } })
    await project.run(['migrate'])
    remove(project, ...Object.keys(originals))
    const refused = await told(project, 'migrate shop --prune')
    assert.match(refused, /shop.0001_squashed_0003 replaces shop.0001_initial, shop.0002_a, shop.0003_b/)
    assert.match(refused, /exit 2$/)
    project.write(squashFile, squash.replace(/replaces: \[.*\]\],/, 'dependencies: [],'))
    project.write('shop/migrations/0004_c.ts', file(field('c'), after('0001_squashed_0003')))
    assert.equal((await told(project, 'showmigrations')).includes('no file'), false)
    const names = ['shop.0001_initial', 'shop.0002_a', 'shop.0003_b']
    assert.equal(
      await told(project, 'migrate shop --prune --plan'),
      ['Rows to be pruned:', ...names.map((name) => `  ${name}`), 'exit 0'].join('\n'),
    )
    assert.equal(
      await told(project, 'migrate shop --prune'),
      ['Pruning the record of shop:', ...names.map((name) => `  Pruning ${name}… done`), 'exit 0'].join('\n'),
    )
    const none = 'Pruning the record of shop:\n  Nothing to prune: every row has its file.\nexit 0'
    assert.equal(await told(project, 'migrate shop --prune'), none)
    const json = JSON.parse((await project.run(['migrate', 'shop', '--prune', '--json'])).stdout)
    assert.deepEqual(json, { pruned: [], done: true })
    assert.match(await told(project, 'migrate'), /No migrations to apply/)
    // The rows are gone, and the commit from before knows that the squash covers them.
    project.write(squashFile, squash)
    for (const [path, text] of Object.entries(originals)) project.write(path, text)
    assert.match(await told(project, 'migrate'), /No migrations to apply/)
  })

  test('needs an app, and nothing beside it that is about migrations', async () => {
    const project = createProject({ files })
    assert.match(await told(project, 'migrate --prune'), /Rows are pruned of one app at a time/)
    assert.match(await told(project, 'migrate shop 0002 --prune'), /--prune and 0002 cannot be given together/)
    assert.match(await told(project, 'migrate shop --prune --fake'), /--prune and --fake cannot be given together/)
    assert.match(await told(project, 'migrate shpo --prune'), /shpo/)
  })
})

test('what has no way back is named, all of it, before anything is touched', async () => {
  const project = createProject({
    files: {
      ...files,
      'shop/migrations/0005_sql.ts': file(`runSql({ forwards: 'UPDATE shop_item SET a = 1' })`, after('0004_c')),
      'shop/migrations/0006_d.ts': file(field('d'), after('0005_sql')),
      'sales/models.ts': 'export {}\n',
      'sales/migrations/0001_code.ts': file(
        `runCode({ description: 'Count them', async forwards() {} }), runSql({ forwards: 'SELECT 1' })`,
        `atomic: false, ${after('0005_sql')}`,
      ),
    },
  })
  await project.run(['migrate'])
  const before = await told(project, 'showmigrations')
  const refused = await told(project, 'migrate shop 0004')
  assert.match(
    refused,
    /These steps have no way back:\n\s+sales.0001_code: runSql \("Run SQL.*"\);\n\s+sales.0001_code: runCode \("Count them"\);\n\s+shop.0005_sql: runSql/,
  )
  assert.match(refused, /exit 2$/)
  const planned = await told(project, 'migrate shop 0004 --plan')
  assert.match(planned, /sales.0001_code\n {4}Undo Run SQL.* -> IRREVERSIBLE\n {4}Undo Count them -> IRREVERSIBLE/)
  assert.match(planned, /shop.0006_d\n {4}Undo Add field d to Item\n/)
  assert.match(planned, /exit 2$/)
  assert.equal(await told(project, 'showmigrations'), before)
  assert.match(await told(project, 'migrate shop 0005'), /Unapplying shop.0006_d/)
})

test('a gap in the record is closed by recording what is missing', async () => {
  const project = createProject({ files })
  await project.run(['migrate'])
  const database = await project.database()
  await database.exec(`DELETE FROM godwit_migrations WHERE name = '0002_a'`)
  await database.close()
  const refused = await told(project, 'migrate')
  assert.match(refused, /shop.0003_b is applied, but shop.0002_a, on which it depends, is not/)
  assert.match(refused, /godwit resetmigrations shop --from-files/)
  assert.match(await told(project, 'migrate shop 0002_a --fake'), /Applying shop.0002_a… faked/)
  assert.match(await told(project, 'migrate'), /No migrations to apply/)
})
