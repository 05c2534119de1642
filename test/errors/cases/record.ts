import type { BadInput } from '../bad-input.ts'
import { createInvoice, migration, second } from '../base-project.ts'

const run = ['migrate']
const journal = (direction: string, underWay: 0 | 1) =>
  `INSERT INTO godwit_journal (app, name, direction, position, step, under_way, written_at)
   VALUES ('billing', '0002_change', '${direction}', 0, 'Run SQL', ${underWay}, '2026-01-01T00:00:00.000Z')`
const views = second(
  "runSql({ forwards: 'CREATE VIEW paid AS SELECT 1', backwards: 'DROP VIEW paid' })",
  "atomic: false, dependencies: [['billing', '0001_initial']]",
)

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
    name: 'a migration that is half-way back is to be applied',
    files: views,
    sql: journal('backwards', 0),
    run,
    code: 'execution.halfWay',
    names: 'billing.0002_change',
  },
  {
    name: 'a migration that is half-way forwards is to be unapplied',
    files: views,
    first: ['migrate'],
    sql: journal('forwards', 0),
    run: ['migrate', 'billing', '0001'],
    code: 'execution.halfWay',
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
