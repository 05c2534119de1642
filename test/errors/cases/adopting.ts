import type { BadInput } from '../bad-input.ts'
import { billing, configOf, createInvoice, migration, second } from '../base-project.ts'

const forget = 'DELETE FROM godwit_migrations'
const forgetBilling = `${forget} WHERE app = 'billing'`
const run = ['adopt', 'billing']
const databases = "{ default: 'sqlite:./app.db', archive: 'sqlite:./archive.db' }"

/** Databases that cannot be taken over as they are. */
export const adoptingCases: readonly BadInput[] = [
  {
    name: 'an initial migration is to be recorded whose tables are there, and not all as it makes them',
    sql: `${forget}; ALTER TABLE billing_invoice ADD COLUMN vat integer; DROP INDEX billing_invoice_owner_id_idx`,
    run: ['migrate', '--fake-initial'],
    code: 'adopting.initialDiffers',
    names: 'billing_invoice.vat',
  },
  {
    name: 'an initial migration is to be recorded whose tables are there, and that runs code besides',
    files: {
      'billing/migrations/0001_initial.ts': migration(
        `${createInvoice}, runCode({ forwards: async () => {} })`,
        "dependencies: [['accounts', '0001_initial']]",
      ),
    },
    sql: forgetBilling,
    run: ['migrate', '--fake-initial'],
    code: 'adopting.stepsUnseen',
    names: 'billing.0001_initial',
  },
  {
    name: 'what differs is to be adopted before all is applied',
    files: second("addField({ model: 'Invoice', name: 'note', field: f.text({ null: true }) })"),
    sql: 'ALTER TABLE billing_invoice ADD COLUMN vat integer',
    run: ['drift', '--adopt'],
    code: 'adopting.notMigrated',
    names: 'billing.0002_change',
  },
  {
    name: 'a database has a part of what another one has become',
    files: second(
      "addField({ model: 'Invoice', name: 'vat', field: f.integer({ null: true }) }), addField({ model: 'Invoice', name: 'tax', field: f.integer({ null: true }) })",
      "adopts: true, dependencies: [['billing', '0001_initial']]",
    ),
    sql: 'ALTER TABLE billing_invoice ADD COLUMN vat integer',
    run: ['migrate'],
    code: 'adopting.partlyThere',
    names: 'billing_invoice.tax',
  },
  {
    name: 'a plan is agreed to that is none',
    run: ['drift', '--repair', '--answer', 'billing_invoice.vat=drop'],
    code: 'cli.invalidFlagValue',
    names: 'billing_invoice.vat=drop',
  },
  {
    name: 'a database is to be mended, and what was migrated too',
    run: ['drift', '--repair', '--adopt'],
    code: 'cli.conflictingFlags',
    names: '--adopt',
  },
  {
    name: 'what is to be recorded is to be compared and not to be compared',
    run: ['migrate', '--fake', '--fake-initial'],
    code: 'cli.conflictingFlags',
    names: '--fake-initial',
  },
  {
    name: 'a database is to be adopted without a word of the app that it is for',
    run: ['adopt'],
    code: 'adopting.appNeeded',
  },
  {
    name: 'a database is to be adopted into an app that lives in another',
    files: configOf(
      `{ apps: ['./accounts', './billing'], databases: ${databases}, router: { billing: 'archive', '*': 'default' } }`,
    ),
    run,
    code: 'adopting.livesElsewhere',
    names: 'billing',
  },
  {
    name: 'a database is to be adopted over a models.ts that has something else in it',
    files: { 'billing/models.ts': 'export const rate = 3\n' },
    run,
    code: 'adopting.fileInUse',
    names: 'billing/models.ts',
  },
  {
    name: 'a database is to be adopted into an app that has migrations and no models',
    files: { 'billing/models.ts': undefined },
    run,
    code: 'adopting.migrationsWithoutModels',
    names: 'billing',
  },
  {
    name: 'a database without tables is to be adopted',
    files: {
      ...configOf("{ apps: ['./accounts', './billing', './shop'], databases: { default: 'sqlite:./none.db' } }"),
      'shop/models.ts': 'export {}\n',
    },
    run: ['adopt', 'shop', '--plan'],
    code: 'adopting.noTables',
    names: 'none.db',
  },
  {
    name: 'a database is to be adopted into an app whose models say something else than its migrations',
    files: billing({ fields: 'vat: f.integer({ null: true }),' }),
    run,
    code: 'adopting.changesOpen',
    names: 'billing',
  },
  {
    name: 'a database is to be adopted into an app that needs models which no migration makes',
    files: { 'accounts/migrations/0001_initial.ts': undefined, 'billing/migrations/0001_initial.ts': undefined },
    run,
    code: 'adopting.othersFirst',
    names: 'accounts',
  },
  {
    name: 'a database is to be adopted into an app that stands on migrations which it has not recorded',
    sql: forget,
    run,
    code: 'adopting.waitsFor',
    names: 'accounts.0001_initial',
  },
  {
    name: 'a database is to be adopted that has none of the tables',
    sql: `${forgetBilling}; DROP TABLE billing_invoice`,
    run,
    code: 'adopting.nothingThere',
    names: 'billing.0001_initial',
  },
]
