import type { BadInput } from '../bad-input.ts'
import { second } from '../base-project.ts'

const run = ['migrate']
const back = ['migrate', 'billing', '0001']
const change = 'billing.0002_change'
const inTheWay = 'execution.dataStandsInTheWay'
const accounts = (operations: string) => ({
  'accounts/migrations/0002_change.ts':
    second(operations, "dependencies: [['accounts', '0001_initial']]")['billing/migrations/0002_change.ts'] ?? '',
})

/** Elsewhere the pairs are there to stay, and a second run says something else than the first. */
const transactional = ['sqlite', 'postgres'] as const

/** Rows that do not fit a change, and steps that fail while they run. */
export const dataCases: readonly BadInput[] = [
  {
    name: 'a column becomes NOT NULL and holds NULL',
    files: second("alterField({ model: 'Invoice', name: 'note', field: f.text() })"),
    run,
    code: inTheWay,
    names: 'billing_invoice',
  },
  {
    name: 'a new column is NOT NULL, and the rows have no value for it',
    files: second("addField({ model: 'Invoice', name: 'status', field: f.text() })"),
    run,
    code: inTheWay,
    names: 'status',
  },
  {
    name: 'a many-to-many becomes a foreign key, and a row is paired with two',
    on: transactional,
    files: second(
      "addField({ model: 'Invoice', name: 'payers', field: f.manyToMany('accounts.User') }), " +
        "runSql({ forwards: 'INSERT INTO billing_invoice_payers (invoice_id, user_id) VALUES (1, 1), (1, 2)', backwards: [] }), " +
        "addField({ model: 'Invoice', name: 'main', field: f.foreignKey('accounts.User', { null: true }), copyFrom: 'payers' })",
    ),
    run,
    code: inTheWay,
    names: 'billing_invoice',
  },
  {
    name: 'a column becomes unique and holds a value twice',
    files: second("alterField({ model: 'Invoice', name: 'number', field: f.char({ maxLength: 32, unique: true }) })"),
    run,
    code: inTheWay,
    names: 'A-1',
  },
  {
    name: 'a unique constraint over two columns meets duplicates',
    files: second("addConstraint({ model: 'Invoice', constraint: unique({ fields: ['owner', 'number'] }) })"),
    run,
    code: inTheWay,
    names: 'owner_id',
  },
  {
    name: 'a new check is violated',
    files: second(
      "addConstraint({ model: 'Invoice', constraint: check({ name: 'total_positive', condition: q.gte('total', 0) }) })",
    ),
    run,
    code: inTheWay,
    names: 'billing_invoice',
  },
  {
    name: 'new choices leave out a value that is there',
    files: second(
      "alterField({ model: 'Invoice', name: 'number', field: f.char({ maxLength: 32, choices: ['A-1'] }) })",
    ),
    run,
    code: inTheWay,
    names: 'id = 3',
  },
  {
    name: 'a new foreign key meets a row that points at nothing',
    files: second(
      "alterField({ model: 'Invoice', name: 'payer', field: f.foreignKey('accounts.User', { null: true, column: 'payer' }) })",
    ),
    run,
    code: inTheWay,
    names: 'id = 2',
  },
  {
    name: 'a text becomes a number and is none',
    files: accounts("alterField({ model: 'User', name: 'age', field: f.integer() })"),
    run,
    code: inTheWay,
    names: 'accounts_user',
  },
  {
    name: 'a column becomes shorter than what it holds',
    files: second("alterField({ model: 'Invoice', name: 'number', field: f.char({ maxLength: 2 }) })"),
    run,
    code: inTheWay,
    names: 'number',
  },
  {
    name: 'the way back makes a column NOT NULL that holds NULL by now',
    files: second("alterField({ model: 'Invoice', name: 'total', field: f.integer({ null: true }) })"),
    first: ['migrate'],
    sql: 'UPDATE billing_invoice SET total = NULL WHERE id = 1',
    run: back,
    code: inTheWay,
    names: 'total',
  },
  {
    name: 'the way back restores a column that is NOT NULL, and the rows have no value for it',
    files: second("removeField({ model: 'Invoice', name: 'total' })"),
    first: ['migrate'],
    run: back,
    code: inTheWay,
    names: 'total',
  },
  {
    name: 'a migration without a way back is to be unapplied',
    files: second("runSql({ forwards: 'UPDATE billing_invoice SET note = number WHERE note IS NULL' })"),
    first: ['migrate'],
    run: back,
    code: 'execution.irreversible',
    names: change,
  },
  {
    name: 'code without a way back is to be unapplied',
    files: second("runCode({ description: 'Copy the numbers', async forwards() {} })"),
    first: ['migrate'],
    run: back,
    code: 'execution.irreversible',
    names: change,
  },
  {
    name: 'SQL fails half-way',
    files: second(
      "runSql({ forwards: ['UPDATE billing_invoice SET total = 0', 'UPDATE billing_invioce SET total = 1'] })",
    ),
    run,
    code: 'execution.stepFailed',
    names: 'billing_invioce',
  },
  {
    name: 'SQL violates a constraint',
    files: second("runSql({ forwards: 'DELETE FROM accounts_user' })"),
    run,
    code: 'execution.stepFailed',
    names: change,
  },
  {
    name: 'SQL ends the transaction that it runs in',
    files: second("runSql({ forwards: ['UPDATE billing_invoice SET total = 0', 'COMMIT'] })"),
    run,
    code: 'execution.stepFailed',
    names: 'COMMIT',
  },
  {
    name: 'code ends the transaction that it runs in',
    files: {
      ...second(
        "runCode({ async forwards({ db }) { const { sql } = await import('kysely'); await sql`COMMIT`.execute(db) } })",
      ),
    },
    run,
    code: 'execution.stepFailed',
    names: 'COMMIT',
  },
  {
    name: 'the second statement of a text of SQL fails',
    files: second("runSql({ forwards: 'UPDATE billing_invoice SET total = 0; UPDATE billing_invioce SET total = 1' })"),
    run,
    code: 'execution.stepFailed',
    names: 'billing_invioce',
  },
  {
    name: 'code throws after it has written',
    files: second(
      "runCode({ async forwards({ db }) { await db.updateTable('billing_invoice').set({ total: 0 }).execute(); throw new Error('no rate for 2026-01-01') } })",
    ),
    run,
    code: 'execution.stepFailed',
    names: 'no rate for 2026-01-01',
  },
  {
    name: 'code throws what is no error',
    files: second("runCode({ async forwards() { throw 'gave up' } })"),
    run,
    code: 'execution.stepFailed',
    names: 'gave up',
  },
  {
    name: 'code asks for a table that does not exist',
    files: second(
      "runCode({ async forwards({ db }) { await db.selectFrom('billing_invioce').selectAll().execute() } })",
    ),
    run,
    code: 'execution.stepFailed',
    names: 'billing_invioce',
  },
  {
    name: 'code binds a value that no column can hold',
    files: second(
      "runCode({ async forwards({ db }) { await db.updateTable('billing_invoice').set({ total: Number.NaN }).execute() } })",
    ),
    run,
    code: 'execution.stepFailed',
    names: change,
  },
  {
    name: "code writes by the application's own connection",
    on: ['sqlite'],
    files: {
      ...second(
        "runCode({ async forwards({ db }) { const { app } = await import('../../connection.ts'); app.exec('UPDATE billing_invoice SET total = 0') } })",
      ),
      'connection.ts': "import { DatabaseSync } from 'node:sqlite'\nexport const app = new DatabaseSync('app.db')\n",
    },
    run,
    code: 'execution.codeStepLockedOut',
    names: change,
  },
  {
    name: 'code waits for ever',
    files: second('runCode({ async forwards() { await new Promise(() => {}) } })'),
    run: ['migrate', '--code-timeout', '1'],
    code: 'execution.codeStepHangs',
    names: change,
  },
  {
    name: 'a second operation of a migration fails after the first has changed the table',
    staysInPart: true,
    files: second(
      "addField({ model: 'Invoice', name: 'paid', field: f.boolean({ default: false }) }), runSql({ forwards: 'UPDATE billing_invoice SET payd = 1' })",
    ),
    run,
    code: 'execution.stepFailed',
    names: 'payd',
  },
  {
    name: 'a table of other hands is in the way',
    files: second("createModel({ name: 'Payment', fields: { id: f.bigAuto({ primaryKey: true }) } })"),
    sql: 'CREATE TABLE billing_payment (id integer)',
    run,
    code: 'execution.tableExists',
    names: 'billing_payment',
  },
  {
    name: "code waits for the application's own connection, which waits for the migration",
    on: ['postgres'],
    files: {
      ...second(
        "runSql({ forwards: 'UPDATE billing_invoice SET total = 0' }), runCode({ async forwards() { const { app } = await import('../../connection.ts'); await app('SELECT id FROM billing_invoice FOR UPDATE') } })",
      ),
      'connection.ts': `
import pg from 'pg'
import config from './godwit.config.ts'
export async function app(statement) {
  const client = new pg.Client(config.databases.default)
  client.on('error', () => {})
  await client.connect()
  await client.query(statement)
}
`,
    },
    run: ['migrate', '--code-timeout', '1'],
    code: 'execution.codeStepHangs',
    names: change,
  },
  {
    name: 'a view of other hands reads a column that goes',
    on: ['postgres'],
    files: second("removeField({ model: 'Invoice', name: 'note' })"),
    sql: 'CREATE VIEW noted AS SELECT id, note FROM billing_invoice',
    run,
    code: 'execution.blockedBy',
    names: 'noted',
  },
  {
    name: 'a view of other hands reads a column whose type changes',
    on: ['postgres'],
    files: second("alterField({ model: 'Invoice', name: 'total', field: f.bigInteger() })"),
    sql: 'CREATE VIEW sums AS SELECT total FROM billing_invoice',
    run,
    code: 'execution.blockedBy',
    names: 'sums',
  },
  {
    name: 'an index of other hands would go along with its column',
    on: ['postgres'],
    files: second("removeField({ model: 'Invoice', name: 'note' })"),
    sql: 'CREATE INDEX handmade ON billing_invoice (total, note)',
    run,
    code: 'execution.wouldTakeAlong',
    names: 'handmade',
  },
  {
    name: 'the name of a new index is taken',
    on: ['postgres'],
    files: second("addIndex({ model: 'Invoice', index: index({ fields: ['total'], name: 'by_total' }) })"),
    sql: 'CREATE TABLE other (total integer); CREATE INDEX by_total ON other (total)',
    run,
    code: 'execution.stepFailed',
    names: 'by_total',
  },
  {
    name: 'SQL that can be part of no transaction is in a migration that is one',
    on: ['postgres'],
    files: second("runSql({ forwards: 'VACUUM billing_invoice' })"),
    run,
    code: 'execution.stepFailed',
    names: 'VACUUM',
  },
  {
    name: 'code catches what a statement throws, and goes on in the same transaction',
    on: ['postgres'],
    files: second(
      "runCode({ async forwards({ db }) { await db.selectFrom('nowhere').selectAll().execute().catch(() => {}) } })",
    ),
    run,
    code: 'execution.stepFailed',
    names: change,
  },
  {
    name: 'SQL names a type that the server does not have',
    on: ['postgres'],
    files: second("runSql({ forwards: 'ALTER TABLE billing_invoice ADD COLUMN place geometry' })"),
    run,
    code: 'execution.stepFailed',
    names: 'geometry',
  },
]
