import assert from 'node:assert/strict'
import { readdirSync } from 'node:fs'
import { describe, test } from 'node:test'
import { createProject } from '../support/project.ts'

const files = {
  'accounts/models.ts': `
import { f, model } from 'godwit'
export const User = model('User', { name: f.char({ maxLength: 50 }) })
`,
  'billing/models.ts': `
import { f, model } from 'godwit'
import { User } from '../accounts/models.ts'
export const Invoice = model('Invoice', { owner: f.foreignKey(() => User, { onDelete: 'restrict' }) })
`,
  'empty/models.ts': 'export {}',
}

const comments = (rating: string) => `
import { f, model } from 'godwit'
export const Comment = model('Comment', { id: f.bigAuto({ primaryKey: true }), rating: ${rating}, title: f.char({ maxLength: 100 }) })
`
const initialComments = `
import { createModel, defineMigration, f } from 'godwit/migrations'
export default defineMigration({
  operations: [
    createModel({
      name: 'Comment',
      fields: {
        id: f.bigAuto({ primaryKey: true }),
        rating: f.integer(),
        title: f.char({ maxLength: 100 }),
        note: f.text({ default: '' }),
      },
    }),
  ],
})
`
const concurrentIndex = `
import { addIndexConcurrently, createModel, defineMigration, f, index } from 'godwit/migrations'
export default defineMigration({
  atomic: false,
  operations: [
    createModel({ name: 'Tag', fields: { id: f.bigAuto({ primaryKey: true }), name: f.text() } }),
    addIndexConcurrently({ model: 'Tag', index: index({ fields: ['name'], name: 'by_name' }) }),
  ],
})
`
const steps = `
import { createModel, defineMigration, f, runCode, runSql } from 'godwit/migrations'
export default defineMigration({
  atomic: false,
  operations: [
    createModel({ name: 'Tag', fields: { id: f.bigAuto({ primaryKey: true }) } }),
    runCode({ async forwards() {}, backwards() {} }),
    runSql({ forwards: 'VACUUM', backwards: [] }),
  ],
})
`

async function made() {
  const project = createProject({ files })
  assert.equal((await project.run(['makemigrations'])).code, 0)
  return project
}

describe('showmigrations', { concurrency: true }, () => {
  test('makes no file of a database that is not there yet', async () => {
    const project = await made()
    for (const args of [['showmigrations'], ['migrate', '--plan'], ['migrate', '--check']]) await project.run(args)
    assert.equal((await project.run(['showmigrations', 'accounts'])).stdout, 'accounts\n [ ] 0001_initial\n')
    assert.deepEqual(
      readdirSync(project.dir).filter((name) => name.startsWith('app.db')),
      [],
    )
  })

  test('lists the migrations by app, with a cross at what is applied', async () => {
    const project = await made()
    await project.run(['migrate', 'accounts'])
    const { code, stdout, stderr } = await project.run(['showmigrations'])
    assert.deepEqual(
      [code, stdout, stderr],
      [0, 'accounts\n [X] 0001_initial\nbilling\n [ ] 0001_initial\nempty\n (no migrations)\n', ''],
    )
    assert.equal((await project.run(['showmigrations', 'billing'])).stdout, 'billing\n [ ] 0001_initial\n')
    const detailed = await project.run(['showmigrations', 'accounts', '-v', '2'])
    assert.match(
      detailed.stdout,
      /^accounts\n \[X\] 0001_initial \(applied at \d{4}-\d\d-\d\d \d\d:\d\d:\d\dZ, in \d+ ms\)\n$/,
    )
  })

  test('lists them in the order of application, with what an app needs', async () => {
    const project = await made()
    await project.run(['migrate', 'accounts'])
    const plan = '[X]  accounts.0001_initial\n[ ]  billing.0001_initial'
    assert.equal((await project.run(['showmigrations', 'billing', '--plan'])).stdout, `${plan}\n`)
    assert.equal(
      (await project.run(['showmigrations', '-p', '-v', '2'])).stdout,
      `${plan} ... (accounts.0001_initial)\n`,
    )
  })

  test('imports no models and refuses what it does not know', async () => {
    const project = await made()
    project.write('accounts/models.ts', 'throw new Error("imported")')
    assert.equal((await project.run(['showmigrations'])).code, 0)
    const unknown = await project.run(['showmigrations', 'acounts', '--json'])
    assert.deepEqual(
      [unknown.code, JSON.parse(unknown.stdout).error],
      [
        2,
        {
          code: 'config.unknownApp',
          summary: 'There is no app called "acounts". Did you mean "accounts"?',
          fix: 'Name one of the apps in the config: accounts, billing, empty.',
          details: { app: 'acounts', known: ['accounts', 'billing', 'empty'] },
        },
      ],
    )
    assert.equal((await project.run(['showmigrations', '--list', '--plan'])).code, 2)
  })
})

describe('sqlmigrate', { concurrency: true }, () => {
  test('prints the SQL of a migration and of its way back, without a database', async () => {
    const project = await made()
    project.write('godwit.config.ts', project.read('godwit.config.ts').replace('./app.db', '/nowhere/at/all.db'))
    const forwards = await project.run(['sqlmigrate', 'accounts', '0001'])
    assert.deepEqual(forwards, {
      code: 0,
      signal: null,
      stdout: [
        'BEGIN;',
        '--',
        '-- Create model User',
        '--',
        'CREATE TABLE "accounts_user" ("id" integer PRIMARY KEY AUTOINCREMENT, "name" varchar(50) NOT NULL);',
        'COMMIT;',
        '',
      ].join('\n'),
      stderr: '',
    })
    const backwards = await project.run(['sqlmigrate', 'accounts', '0001', '--backwards', '--json'])
    assert.deepEqual(JSON.parse(backwards.stdout), {
      app: 'accounts',
      name: '0001_initial',
      direction: 'backwards',
      dialect: 'sqlite',
      blocks: [
        {
          begin: ['PRAGMA foreign_keys = OFF', 'BEGIN'],
          sections: [{ operations: ['Undo Create model User'], steps: [{ sql: 'DROP TABLE "accounts_user"' }] }],
          end: ['COMMIT', 'PRAGMA foreign_keys = ON'],
        },
      ],
    })
  })

  test('prints a rebuild with foreign keys off around it, a line for each column, and what is made sure of', async () => {
    const project = createProject({
      files: { 'blog/models.ts': comments('f.text()'), 'blog/migrations/0001_initial.ts': initialComments },
    })
    assert.equal((await project.run(['makemigrations', '--no-header'])).code, 0)
    const { stdout } = await project.run(['sqlmigrate', 'blog', '0002'])
    assert.deepEqual(stdout.split('\n'), [
      'PRAGMA foreign_keys = OFF;',
      'BEGIN;',
      '--',
      '-- Remove field note from Comment',
      '-- Alter field rating on Comment',
      '--',
      'CREATE TABLE "godwit_new_blog_comment" (',
      '  "id" integer PRIMARY KEY AUTOINCREMENT,',
      '  "rating" text NOT NULL,',
      '  "title" varchar(100) NOT NULL',
      ');',
      'INSERT INTO "godwit_new_blog_comment" ("id", "rating", "title") SELECT "id", "rating", "title" FROM "blog_comment";',
      '-- checked: the rows of blog_comment are unchanged',
      `DELETE FROM sqlite_sequence WHERE name = 'godwit_new_blog_comment';`,
      `INSERT INTO sqlite_sequence (name, seq) SELECT 'godwit_new_blog_comment', seq FROM sqlite_sequence WHERE name = 'blog_comment';`,
      'DROP TABLE "blog_comment";',
      'PRAGMA legacy_alter_table = ON;',
      'ALTER TABLE "godwit_new_blog_comment" RENAME TO "blog_comment";',
      'PRAGMA legacy_alter_table = OFF;',
      'COMMIT;',
      'PRAGMA foreign_keys = ON;',
      '',
    ])
  })

  test('wraps each step of a migration that is not atomic by itself, and leaves code out', async () => {
    const project = createProject({ files: { 'blog/models.ts': 'export {}', 'blog/migrations/0001_steps.ts': steps } })
    const { stdout } = await project.run(['sqlmigrate', 'blog', '0001'])
    assert.deepEqual(stdout.split('\n'), [
      ...['BEGIN;', '--', '-- Create model Tag', '--'],
      ...['CREATE TABLE "blog_tag" ("id" integer PRIMARY KEY AUTOINCREMENT);', 'COMMIT;'],
      ...['BEGIN;', '--', '-- Run code', '--', '-- (runs code, which cannot be written as SQL)', 'COMMIT;'],
      ...['--', '-- Run SQL', '--', 'VACUUM;', ''],
    ])
    assert.deepEqual((await project.run(['sqlmigrate', 'blog', '0001', '--backwards'])).stdout.split('\n'), [
      ...['BEGIN;', '--', '-- Undo Run code', '--', '-- (runs code, which cannot be written as SQL)', 'COMMIT;'],
      ...['PRAGMA foreign_keys = OFF;', 'BEGIN;', '--', '-- Undo Create model Tag', '--', 'DROP TABLE "blog_tag";'],
      ...['COMMIT;', 'PRAGMA foreign_keys = ON;', ''],
    ])
  })

  test('prints for another kind of database, and what can be part of no transaction outside of one', async () => {
    const project = createProject({
      files: { 'blog/models.ts': 'export {}', 'blog/migrations/0001_index.ts': concurrentIndex },
    })
    const { stdout } = await project.run(['sqlmigrate', 'blog', '0001', '--dialect', 'postgres'])
    const withoutColumns = stdout.replace(/(CREATE TABLE "blog_tag") \([^;]*\);/, '$1 (…);')
    assert.deepEqual(withoutColumns.split('\n'), [
      ...['BEGIN;', '--', '-- Create model Tag', '--', 'CREATE TABLE "blog_tag" (…);', 'COMMIT;'],
      ...['--', '-- Concurrently create index by_name on name of Tag', '--'],
      'CREATE INDEX CONCURRENTLY "by_name" ON "blog_tag" ("name");',
      '',
    ])
    const own = await project.run(['sqlmigrate', 'blog', '0001'])
    assert.match(
      own.stdout,
      /BEGIN;\n--\n-- Concurrently .*\n--\nCREATE INDEX "by_name" ON "blog_tag" \("name"\);\nCOMMIT;/,
    )
    project.write('blog/migrations/0001_index.ts', concurrentIndex.replace('atomic: false,', ''))
    assert.equal((await project.run(['sqlmigrate', 'blog', '0001'])).code, 0)
    const refused = await project.run(['sqlmigrate', 'blog', '0001', '--dialect', 'postgres'])
    assert.equal(refused.code, 2)
    assert.match(refused.stderr, /Migration blog\.0001_index cannot be one transaction: "Concurrently create index/)
  })

  test('refuses a migration and a dialect that it does not know', async () => {
    const project = await made()
    const unknown = await project.run(['sqlmigrate', 'accounts', '0002'])
    assert.deepEqual(
      [unknown.code, unknown.stderr.split('\n')[0]],
      [2, 'error: accounts has no migration whose name is or begins with "0002".'],
    )
    const dialect = await project.run(['sqlmigrate', 'accounts', '0001', '--dialect', 'sqlit'])
    assert.deepEqual(
      [dialect.code, dialect.stderr.split('\n')[0]],
      [2, 'error: No SQL can be written for "sqlit". Did you mean "sqlite"?'],
    )
  })
})
