import type { BadInput } from '../bad-input.ts'
import { createInvoice, migration, second } from '../base-project.ts'

const run = ['migrate']
const journal = (direction: string, underWay: 0 | 1, more?: string) =>
  `INSERT INTO godwit_journal (app, name, direction, position, step, under_way, written_at)
   VALUES ('billing', '0002_change', '${direction}', 0, 'Run SQL', ${underWay}, '2026-01-01T00:00:00.000Z')${
     more === undefined ? '' : `; UPDATE godwit_journal SET ${more}`
   }`
const stepwise = "atomic: false, dependencies: [['billing', '0001_initial']]"
const zeroes = second(
  "batched({ model: 'Invoice', run: { set: { total: 0 } }, backwards: { set: { total: 1 } } })",
  stepwise,
)
const views = second("runSql({ forwards: 'CREATE VIEW paid AS SELECT 1', backwards: 'DROP VIEW paid' })", stepwise)

/** Files that no longer fit what a database remembers. */
export const recordCases: readonly BadInput[] = [
  {
    name: 'an applied migration was edited',
    files: {
      'billing/migrations/0001_initial.ts': migration(
        createInvoice.replace('maxLength: 32', 'maxLength: 40'),
        "dependencies: [['accounts', '0001_initial']]",
      ),
    },
    run,
    code: 'execution.edited',
    names: 'billing.0001_initial',
  },
  {
    name: 'a migration is applied and its dependency is not',
    files: {
      'accounts/migrations/0002_change.ts': migration('', "dependencies: [['accounts', '0001_initial']]"),
      'billing/migrations/0001_initial.ts': migration(createInvoice, "dependencies: [['accounts', '0002_change']]"),
    },
    run,
    code: 'migrations.appliedBeforeDependency',
    names: 'accounts.0002_change',
  },
  {
    name: 'a migration was recorded in a newer format',
    sql: "UPDATE godwit_migrations SET format = 99, checksum = 'of another time' WHERE app = 'billing'",
    run,
    code: 'migrations.recordFormat',
    names: 'billing.0001_initial',
  },
  {
    name: 'a migration that is half-way back in a backfill is to be applied',
    files: zeroes,
    first: ['migrate'],
    sql: journal('backwards', 1),
    run,
    code: 'execution.halfWay',
    names: 'billing.0002_change',
  },
  {
    name: 'a migration that is half-way forwards in a backfill is to be brought back',
    files: zeroes,
    sql: journal('forwards', 1),
    run: ['migrate', '--rollback'],
    code: 'execution.halfWay',
    names: 'billing.0002_change',
  },
  {
    name: 'a migration that is half-way was edited',
    files: zeroes,
    sql: journal('forwards', 0, 'position = 1, begun = \'["0123456789abcdef"]\', steps_done = 1, steps_total = 2'),
    run,
    code: 'execution.editedHalfWay',
    names: 'billing.0002_change',
  },
  {
    name: 'a migration is half-way and has no file here',
    files: views,
    sql: journal('forwards', 0, "name = '0007_elsewhere'"),
    run,
    code: 'execution.halfWayMissing',
    names: 'billing.0007_elsewhere',
  },
  {
    name: 'a migration fails when a part of it is committed',
    files: second(
      "runSql({ forwards: 'UPDATE billing_invoice SET total = 1' }), runCode({ forwards() { throw new Error('no such luck') } })",
      stepwise,
    ),
    sql: journal('forwards', 0, 'position = 1'),
    run,
    code: 'execution.stoppedHalfWay',
    names: 'billing.0002_change',
  },
  {
    name: 'what is half-way and has no way back is to be brought back',
    files: second(
      "runSql({ forwards: 'UPDATE billing_invoice SET total = 1' }), runSql({ forwards: [], backwards: [] })",
      stepwise,
    ),
    sql: journal('forwards', 0, 'position = 1'),
    run: ['migrate', '--rollback'],
    code: 'execution.irreversible',
    names: 'billing.0002_change',
  },
  {
    name: 'a statement outside a transaction was interrupted',
    files: views,
    sql: journal('forwards', 1),
    run,
    code: 'execution.unknownOutcome',
    names: 'billing.0002_change',
  },
]
