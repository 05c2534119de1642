import type { BadInput } from '../bad-input.ts'
import { createInvoice, migration, second } from '../base-project.ts'

const first = (operations: string, after = 'accounts'): Readonly<Record<string, string>> => ({
  'billing/migrations/0001_initial.ts': migration(operations, `dependencies: [['${after}', '0001_initial']]`),
})
const longer = first(createInvoice.replace('maxLength: 32', 'maxLength: 40'))
const calledElse = "UPDATE godwit_migrations SET name = '0001_first' WHERE app = 'billing'"
const addPaid = "addField({ model: 'Invoice', name: 'paid', field: f.date({ null: true }) })"

/** Files that were edited, renamed or copied after a database applied them. */
export const historyCases: readonly BadInput[] = [
  {
    name: 'an edit is to be accepted that the database does not have',
    files: longer,
    run: ['migrate', '--accept-edited', 'billing.0001'],
    code: 'history.editNotThere',
    names: 'billing_invoice.number',
  },
  {
    name: 'several applied migrations were edited, one of them in several places',
    files: {
      ...first(
        createInvoice.replace('maxLength: 32', 'maxLength: 40').replace('total: f.integer()', 'total: f.text()'),
      ),
      'accounts/migrations/0001_initial.ts': migration('', 'dependencies: []'),
    },
    run: ['migrate'],
    code: 'execution.edited',
    names: 'accounts.0001_initial',
  },
  {
    name: 'an edit of SQL is to be accepted',
    files: second("runSql({ forwards: 'SELECT 2', backwards: [] })"),
    first: ['migrate'],
    sql: `UPDATE godwit_migrations SET checksum = '-', operations = '[{"kind":"runSql","forwards":"SELECT 1"}]' WHERE name = '0002_change'`,
    run: ['migrate', '--accept-edited', '0002'],
    code: 'history.editUnseen',
    names: 'billing.0002_change',
  },
  {
    name: 'an edit is to be accepted with which the rest does not fit',
    files: first(`${createInvoice}, removeField({ model: 'Invoice', name: 'sum' })`),
    run: ['migrate', '--accept-edited', 'billing.0001_initial'],
    code: 'history.editDoesNotFit',
    names: 'billing.0001_initial',
  },
  {
    name: 'an edit is to be accepted of what is half-way',
    files: longer,
    sql: `INSERT INTO godwit_journal (app, name, direction, position, step, under_way, written_at)
          VALUES ('billing', '0001_initial', 'backwards', 0, 'Run SQL', 0, '2026-01-01T00:00:00.000Z')`,
    run: ['migrate', '--accept-edited', 'billing.0001_initial'],
    code: 'history.editHalfWay',
    names: 'billing.0001_initial',
  },
  {
    name: 'an edit is to be accepted, and the name may be that of several',
    run: ['migrate', '--accept-edited', '0001'],
    code: 'cli.invalidFlagValue',
    names: '0001',
  },
  {
    name: 'the file of an applied migration has another name',
    sql: calledElse,
    run: ['migrate'],
    code: 'history.renamed',
    names: 'billing.0001_first',
  },
  {
    name: 'the file of an applied migration has another name and comes after another one',
    sql: calledElse,
    files: {
      ...first(createInvoice),
      'accounts/migrations/0002_change.ts': migration('', "dependencies: [['accounts', '0001_initial']]"),
      'billing/migrations/0001_initial.ts': migration(createInvoice, "dependencies: [['accounts', '0002_change']]"),
    },
    run: ['migrate'],
    code: 'history.renamed',
    names: 'accounts.0002_change',
  },
  {
    name: 'an applied app has another label',
    sql: "UPDATE godwit_migrations SET app = 'invoices' WHERE app = 'billing'",
    run: ['migrate'],
    code: 'history.renamed',
    names: 'invoices',
  },
  {
    name: 'an applied app has another label, and its tables do not',
    sql: `UPDATE godwit_migrations SET app = 'invoices' WHERE app = 'billing';
          ALTER TABLE billing_invoice RENAME TO invoices_invoice`,
    run: ['migrate', '--answer', 'invoices:renamedTo=billing'],
    code: 'history.renamedAppDiffers',
    names: 'billing_invoice',
  },
  {
    name: 'a migration file was copied',
    files: {
      'billing/migrations/0002_paid.ts': migration(addPaid),
      'billing/migrations/0002_paid_copy.ts': migration(addPaid),
    },
    run: ['migrate'],
    code: 'history.copied',
    names: 'billing.0002_paid_copy',
  },
]
