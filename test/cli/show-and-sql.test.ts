import assert from 'node:assert/strict'
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

async function made() {
  const project = createProject({ files })
  assert.equal((await project.run(['makemigrations'])).code, 0)
  return project
}

describe('showmigrations', { concurrency: true }, () => {
  test('lists the migrations by app, with a cross at what is applied', async () => {
    using project = await made()
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
    using project = await made()
    await project.run(['migrate', 'accounts'])
    const plan = '[X]  accounts.0001_initial\n[ ]  billing.0001_initial'
    assert.equal((await project.run(['showmigrations', 'billing', '--plan'])).stdout, `${plan}\n`)
    assert.equal(
      (await project.run(['showmigrations', '-p', '-v', '2'])).stdout,
      `${plan} ... (accounts.0001_initial)\n`,
    )
  })

  test('imports no models and refuses what it does not know', async () => {
    using project = await made()
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
    using project = await made()
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
      transaction: true,
      sections: [{ title: 'Create model User', statements: ['DROP TABLE "accounts_user"'] }],
    })
  })

  test('refuses a migration and a dialect that it does not know', async () => {
    using project = await made()
    const unknown = await project.run(['sqlmigrate', 'accounts', '0002'])
    assert.deepEqual(
      [unknown.code, unknown.stderr.split('\n')[0]],
      [2, 'error: accounts has no migration whose name is or begins with "0002".'],
    )
    assert.equal((await project.run(['sqlmigrate', 'accounts', '0001', '--dialect', 'oracle'])).code, 2)
  })
})
