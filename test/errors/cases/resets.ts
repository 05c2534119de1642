import { cpSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { BadInput } from '../bad-input.ts'
import { billing, configOf, createInvoice, migration, second } from '../base-project.ts'

const run = ['migrate']
const plan = ['resetmigrations', 'billing', '--plan']
const onUsers = "dependencies: [['accounts', '0001_initial']]"

/** The first migration of billing as a fresh beginning in the place of these. */
function baseline(names: readonly string[], operations = createInvoice): Readonly<Record<string, string>> {
  const resets = `resets: { migrations: [${names.map((name) => `'${name}'`).join(', ')}], commit: '4f2a9c1d0b7e' }`
  return { 'billing/migrations/0001_initial.ts': migration(operations, `${onUsers}, ${resets}`) }
}

const spare = 'ALTER TABLE billing_invoice ADD COLUMN spare text'
const forgotten = "DELETE FROM godwit_migrations WHERE app = 'billing'"

/** Histories that were begun anew, or are to be, and do not fit files, models or database. */
export const resetsCases: readonly BadInput[] = [
  {
    name: 'two baselines of an app stand for different histories',
    files: {
      ...baseline(['0001_initial']),
      'billing/migrations/0002_change.ts': migration('', "resets: { migrations: ['0001_other'] }"),
    },
    run,
    code: 'resets.twice',
    names: 'billing.0002_change',
  },
  {
    name: 'a file that was reset is there again',
    files: { ...baseline(['0001_initial', '0002_change']), ...second('') },
    run,
    code: 'resets.fileOfGone',
    names: 'billing/migrations/0002_change.ts',
  },
  {
    name: 'the target is part of a history that was reset',
    files: baseline(['0001_initial', '0002_change']),
    run: ['migrate', 'billing', '0002'],
    code: 'resets.goneTarget',
    names: 'billing.0002_change',
  },
  {
    name: 'a database is half-way through a history that was reset',
    files: baseline(['0001_initial', '0002_change']),
    run,
    code: 'resets.halfWay',
    names: 'billing.0002_change',
  },
  {
    name: 'a database is not what a baseline makes',
    files: baseline(['0001_initial'], createInvoice.replace('maxLength: 32', 'maxLength: 40')),
    run,
    code: 'resets.differs',
    names: 'billing_invoice.number',
  },
  {
    name: 'a migration is to be unapplied that a later baseline covers',
    sql: `UPDATE godwit_migrations SET resets = '["0001_initial"]' WHERE app = 'billing'`,
    run: ['migrate', 'billing', 'zero'],
    code: 'resets.covered',
    names: 'billing.0001_initial',
  },
  {
    name: 'the rows of an app are lost',
    sql: forgotten,
    run,
    code: 'resets.rowsLost',
    names: 'billing_invoice',
  },
  {
    name: 'the rows of an app are those of other files',
    sql: "UPDATE godwit_migrations SET name = '0001_start', checksum = 'of another file' WHERE app = 'billing'",
    run,
    code: 'resets.outOfStep',
    names: 'billing.0001_start',
  },
  {
    name: 'a reset names no app',
    run: ['resetmigrations'],
    code: 'resets.needsApps',
  },
  {
    name: 'a reset of an app without migrations',
    files: { 'billing/migrations/0001_initial.ts': undefined },
    sql: forgotten,
    run: plan,
    code: 'resets.nothingToReset',
    names: 'billing',
  },
  {
    name: 'a reset where the files are lost',
    files: { 'billing/migrations/0001_initial.ts': undefined },
    run: plan,
    code: 'resets.noFiles',
    names: 'billing.0001_initial',
  },
  {
    name: 'a reset where not all is applied',
    files: second(''),
    run: plan,
    code: 'resets.notApplied',
    names: 'billing.0002_change',
  },
  {
    name: 'a reset where the models have gone on',
    files: billing({ fields: 'paid: f.boolean({ default: false }),' }),
    run: plan,
    code: 'resets.modelsDiffer',
    names: 'paid',
  },
  {
    name: 'a reset where the models have a field that asks for a value',
    files: billing({ fields: 'street: f.char({ maxLength: 40 }),' }),
    run: plan,
    code: 'resets.modelsDiffer',
    names: 'street',
  },
  {
    name: 'a reset where the database differs',
    sql: spare,
    run: plan,
    code: 'resets.databaseDiffers',
    names: 'billing_invoice.spare',
  },
  {
    name: 'a reset is to be proved by a database that has none of the tables',
    files: configOf(
      "{ apps: ['./accounts', './billing'], databases: { default: 'sqlite:./app.db', archive: 'sqlite:./archive.db' }, router: { '*': 'archive' } }",
    ),
    run: plan,
    code: 'resets.livesElsewhere',
    names: 'billing_invoice',
  },
  {
    name: 'a reset of one of two apps whose histories wait for each other',
    files: {
      'accounts/models.ts': `
import { f, model } from 'godwit'
export const User = model('User', { name: f.char({ maxLength: 40 }) })
export const Team = model('Team', { name: f.char({ maxLength: 40 }) })
`,
      'accounts/migrations/0002_change.ts': migration(
        "createModel({ name: 'Team', fields: { id: f.bigAuto({ primaryKey: true }), name: f.char({ maxLength: 40 }) } })",
        "dependencies: [['accounts', '0001_initial'], ['billing', '0001_initial']]",
      ),
      ...billing({ fields: "team: f.foreignKey('accounts.Team', { null: true, onDelete: 'setNull' })," }),
      ...second(
        "addField({ model: 'Invoice', name: 'team', field: f.foreignKey('accounts.Team', { null: true, onDelete: 'setNull' }) })",
        "dependencies: [['billing', '0001_initial'], ['accounts', '0002_change']]",
      ),
    },
    first: ['migrate'],
    run: plan,
    code: 'resets.together',
    names: 'accounts',
  },
  {
    name: 'a reset that nobody has agreed to',
    run: ['resetmigrations', 'billing'],
    code: 'resets.notAgreed',
    names: 'Nobody has agreed',
  },
  {
    name: 'an answer that a reset does not ask for',
    run: ['resetmigrations', 'billing', '--answer', 'billing:reset=yes'],
    code: 'resets.unknownAnswer',
    names: 'billing:reset=yes',
  },
  {
    name: 'a reset while another one was stopped on its way',
    arrange: stoppedReset,
    run: ['resetmigrations', 'accounts'],
    code: 'resets.underWay',
    names: 'billing',
  },
  {
    name: 'there is no backup of a reset',
    run: ['resetmigrations', '--restore'],
    code: 'resets.noBackup',
  },
  {
    name: 'a file cannot be written again from the record',
    files: { 'billing/migrations/0001_initial.ts': undefined },
    sql: "UPDATE godwit_migrations SET checksum = '' WHERE app = 'billing'",
    run: ['resetmigrations', 'billing', '--from-record'],
    code: 'resets.notWritable',
    names: 'billing.0001_initial',
  },
  {
    name: 'no file is missing that the record could give',
    run: ['resetmigrations', 'billing', '--from-record'],
    code: 'resets.noRows',
    names: 'billing',
  },
  {
    name: 'rows are to be written from files that the database is not',
    sql: `${forgotten}; ${spare}`,
    run: ['resetmigrations', 'billing', '--from-files'],
    code: 'resets.rowsDiffer',
    names: 'billing_invoice.spare',
  },
  {
    name: 'no row is missing that the files could give',
    run: ['resetmigrations', 'billing', '--from-files'],
    code: 'resets.rowsInOrder',
    names: 'billing',
  },
]

/** A backup as a process leaves it that is killed before it has changed a file. */
function stoppedReset({ dir }: { readonly dir: string }): undefined {
  const folder = join(dir, '.godwit/resets/billing-20261121T120000Z')
  const file = 'billing/migrations/0001_initial.ts'
  const kept = { app: 'billing', name: '0001_initial.ts', file, copy: 'files/billing/0001_initial.ts' }
  mkdirSync(join(folder, 'files/billing'), { recursive: true })
  cpSync(join(dir, file), join(folder, kept.copy))
  writeFileSync(
    join(folder, 'manifest.json'),
    JSON.stringify({
      format: 1,
      apps: ['billing'],
      database: 'default',
      keptAt: '2026-11-21T12:00:00.000Z',
      files: [kept],
      begun: [{ app: 'billing', name: '0001_initial', file, text: 'a fresh beginning', resets: ['0001_initial'] }],
      rows: [{ app: 'billing', name: '0001_initial' }],
      recorded: ['billing.0001_initial'],
      besides: [],
    }),
  )
}
