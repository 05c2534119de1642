import assert from 'node:assert/strict'
import { migrate } from '../../src/api/migrate.ts'
import { allRows } from '../support/all-rows.ts'
import { commitAll, git } from '../support/real-git.ts'
import { type Story, walkthrough } from './walkthrough.ts'

const accounts = `
import { f, model } from 'godwit'
export const User = model('User', { email: f.char({ maxLength: 80, unique: true }) })
`

function billing(...fields: readonly string[]): string {
  return `
import { check, f, index, model, q, unique } from 'godwit'
import { User } from '../accounts/models.ts'
export const Invoice = model('Invoice', {
  owner: f.foreignKey(() => User, { onDelete: 'restrict' }),
  number: f.char({ maxLength: 32 }),
  total: f.decimal({ maxDigits: 12, decimalPlaces: 2, default: '0.00' }),
  status: f.char({ maxLength: 20, default: 'draft', choices: ['draft', 'sent', 'paid'] }),
${fields.map((field) => `  ${field},\n`).join('')}}, {
  indexes: [index({ fields: ['status', '-total'] })],
  constraints: [unique({ fields: ['owner', 'number'], name: 'number_per_owner' }), check({ condition: q.gte('total', 0), name: 'total_not_negative' })],
})
`
}

const on = (app: string, name: string): string => `['${app}', '${name}']`
const file = (dependencies: string, operations: string, names: string): string => `
import { ${names}, defineMigration } from 'godwit/migrations'
export default defineMigration({ dependencies: [${dependencies}], operations: [${operations}] })
`
const history = {
  'accounts/migrations/0001_initial.ts': file(
    '',
    "createModel({ name: 'User', fields: { id: f.bigAuto({ primaryKey: true }), email: f.char({ maxLength: 80, unique: true }) } })",
    'createModel, f',
  ),
  'billing/migrations/0001_initial.ts': file(
    on('accounts', '0001_initial'),
    "createModel({ name: 'Bill', fields: { id: f.bigAuto({ primaryKey: true }), owner: f.foreignKey('accounts.User', { onDelete: 'restrict' }), number: f.char({ maxLength: 20 }) } })",
    'createModel, f',
  ),
  'billing/migrations/0002_money.ts': file(
    on('billing', '0001_initial'),
    "renameModel({ from: 'Bill', to: 'Invoice' }), addField({ model: 'Invoice', name: 'total', field: f.decimal({ maxDigits: 12, decimalPlaces: 2, default: '0.00' }) }), addConstraint({ model: 'Invoice', constraint: check({ condition: q.gte('total', 0), name: 'total_not_negative' }) })",
    'addConstraint, addField, check, f, q, renameModel',
  ),
  'billing/migrations/0003_totals.ts': file(
    on('billing', '0002_money'),
    "runSql({ forwards: 'UPDATE billing_invoice SET total = 9.50', backwards: [] })",
    'runSql',
  ),
  'billing/migrations/0004_status.ts': file(
    on('billing', '0003_totals'),
    "alterField({ model: 'Invoice', name: 'number', field: f.char({ maxLength: 32 }) }), addField({ model: 'Invoice', name: 'status', field: f.char({ maxLength: 20, default: 'draft', choices: ['draft', 'sent', 'paid'] }) }), addIndex({ model: 'Invoice', index: index({ fields: ['status', '-total'] }) }), addConstraint({ model: 'Invoice', constraint: unique({ fields: ['owner', 'number'], name: 'number_per_owner' }) })",
    'addConstraint, addField, addIndex, alterField, f, index, unique',
  ),
}

const paid = `
import { addField, defineMigration, f } from 'godwit/migrations'
export default defineMigration({
  dependencies: [['billing', '0004_status']],
  operations: [addField({ model: 'Invoice', name: 'paidOn', field: f.date({ null: true }) })],
})
`

const users = "INSERT INTO accounts_user (email) VALUES ('ada@example.com'), ('grace@example.com')"
const invoices = "INSERT INTO billing_invoice (owner_id, number) VALUES (1, 'A-1'), (1, 'A-2'), (2, 'Größe ''7''')"
const record = "SELECT app, name FROM godwit_migrations WHERE app = 'billing' ORDER BY name"

function urlOf({ project }: Story, database: string): string {
  const config = project.read('godwit.config.ts')
  const { databases } = JSON.parse(config.slice(config.indexOf('defineConfig(') + 13, config.lastIndexOf(')')))
  return databases[database]
}

/** A command of git that is really run. */
function runGit({ project, say }: Story, told: string, ...args: readonly string[]): void {
  say(`$ git ${told}`)
  git(project.dir, ...args)
}

walkthrough(
  'reset',
  'The history of an app begins anew, with a branch that is not merged yet, and databases at its end, in its middle, drifted and new',
  {
    files: {
      'accounts/models.ts': accounts,
      'billing/models.ts': billing(),
      '.gitignore': 'node_modules\n',
      ...history,
    },
    databases: ['production', 'middle', 'drifted', 'fresh'],
  },
  async (story) => {
    const { $, say, show, edit, sql, rows, project } = story
    for (const database of ['default', 'production', 'middle', 'drifted']) {
      await migrate({ cwd: project.dir, database, app: 'billing', migration: '0002' })
      await sql(users, database)
      await sql(invoices, database)
      if (database !== 'middle') await migrate({ cwd: project.dir, database })
    }
    git(project.dir, 'init', '--quiet')
    const last = commitAll(project.dir, 'the old history')
    const before = {
      development: await allRows(urlOf(story, 'default')),
      production: await allRows(urlOf(story, 'production')),
    }
    say('Development and production are at the end of the history, one database is in its middle.')

    await $('resetmigrations billing --plan')
    await $('resetmigrations billing', 2)
    await $('resetmigrations billing --answer billing:history=reset')
    show('billing/migrations/0001_initial.ts')
    await rows(record)
    assert.equal(await allRows(urlOf(story, 'default')), before.development)
    await $('showmigrations billing')
    await $('makemigrations --check')
    await $('migrate')
    commitAll(project.dir, 'a fresh beginning')

    say('A branch that began before the reset is merged. Its migration waits for one that is gone.')
    edit('billing/migrations/0005_invoice_paid_on.ts', paid)
    project.write('billing/models.ts', billing('paidOn: f.date({ null: true })'))
    await $('makemigrations --check')
    await $('migrate')
    say('What comes next is numbered behind all of them.')
    project.write('billing/models.ts', billing('paidOn: f.date({ null: true })', "note: f.text({ default: '' })"))
    await $('makemigrations --no-header')
    show('billing/migrations/0006_invoice_note.ts')
    commitAll(project.dir, 'two more')

    say('Production is deployed.')
    await $('showmigrations billing --database production')
    await $('migrate --plan --database production')
    await $('migrate --database production')
    await rows(record, 'production')
    await rows('SELECT owner_id, number, status FROM billing_invoice ORDER BY id', 'production')
    assert.equal(withoutNewColumns(await allRows(urlOf(story, 'production'))), before.production)

    say('A database in the middle of the old history is told the way.')
    await $('migrate --database middle', 2)
    runGit(story, 'checkout …', 'checkout', '--quiet', last)
    await $('migrate --database middle')
    runGit(story, 'checkout main', 'checkout', '--quiet', 'main')
    await $('migrate --database middle')

    say('One that was changed by hand is not taken on trust.')
    const spare = 'ALTER TABLE billing_invoice ADD COLUMN spare text'
    await sql(spare, 'drifted')
    await $('migrate --database drifted', 2)
    await rows(record, 'drifted')
    await sql('ALTER TABLE billing_invoice DROP COLUMN spare', 'drifted')
    await $('migrate --database drifted')

    say('A new database knows nothing of all that.')
    await $('migrate --database fresh')
    await $('migrate billing 0003 --database fresh', 2)

    say('Who goes back to a commit before the reset has the old files beside the new row: they count as applied.')
    runGit(story, 'checkout …', 'checkout', '--quiet', last)
    await $('showmigrations billing')
    await $('migrate --plan')
    await $('migrate billing 0002', 2)
    runGit(story, 'checkout main', 'checkout', '--quiet', 'main')

    say(
      'A merge that brings an old file back does not go unnoticed, and a reset that others have built on is not taken back.',
    )
    project.write('billing/migrations/0003_totals.ts', history['billing/migrations/0003_totals.ts'])
    await $('migrate', 2)
    git(project.dir, 'clean', '--force', '--quiet', 'billing')
    await $('resetmigrations billing --restore', 2)
  },
)

/** The dump without what the migrations after the reset added. */
function withoutNewColumns(dump: string): string {
  const tables: Record<string, Record<string, unknown>[]> = JSON.parse(dump)
  for (const row of tables['billing_invoice'] ?? []) {
    delete row['paid_on']
    delete row['note']
  }
  return JSON.stringify(tables, undefined, 1)
}
