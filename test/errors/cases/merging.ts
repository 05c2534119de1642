import type { BadInput } from '../bad-input.ts'
import { billing, config, migration, second } from '../base-project.ts'

const merge = ['makemigrations', '--merge']
const update = ['makemigrations', '--update']
const column = (name: string, column: string) =>
  `addField({ model: 'Invoice', name: '${name}', field: f.text({ null: true, column: '${column}' }) })`
const note = {
  'billing/migrations/0002_other.ts': migration("renameField({ model: 'Invoice', from: 'note', to: 'remark' })"),
}
const paid = billing({ fields: 'paid: f.boolean({ default: false }),' })
const unmigrated = { 'billing/migrations/0001_initial.ts': undefined }

/** What cannot be merged, and what nothing can be folded into. */
export const mergingCases: readonly BadInput[] = [
  {
    name: 'branches rename and remove the same field',
    files: { ...second("removeField({ model: 'Invoice', name: 'note' })"), ...note },
    run: merge,
    code: 'merge.branchesClash',
    names: 'the field note of billing.Invoice',
  },
  {
    name: 'branches add fields whose columns differ in case alone',
    files: {
      ...second(column('paid', 'extra')),
      'billing/migrations/0002_other.ts': migration(column('due', 'Extra')),
    },
    run: merge,
    code: 'merge.ordersDiffer',
    names: 'xtra',
  },
  {
    name: 'a branch to be merged runs SQL',
    files: { ...second("runSql({ forwards: 'SELECT 1' })"), ...note },
    run: merge,
    code: 'detection.unanswered',
    names: '--answer billing:merge=yes',
  },
  {
    name: 'changes are to be folded into a migration that is applied',
    files: paid,
    run: update,
    code: 'update.applied',
    names: 'billing.0001_initial',
  },
  {
    name: 'changes are to be folded where there is no migration yet',
    files: { ...paid, ...unmigrated },
    run: update,
    code: 'update.noMigration',
    names: 'billing',
  },
  {
    name: 'changes are to be folded into a migration that others depend on',
    files: {
      ...paid,
      'accounts/migrations/0002_later.ts': migration(
        '',
        "dependencies: [['accounts', '0001_initial'], ['billing', '0001_initial']]",
      ),
    },
    run: update,
    code: 'update.dependedOn',
    names: 'accounts.0002_later',
  },
  {
    name: 'changes are to be folded into a migration that replaces others',
    files: {
      ...paid,
      ...second('', "dependencies: [['billing', '0001_initial']], replaces: [['billing', '0001_gone']]"),
    },
    run: update,
    code: 'update.replacesOthers',
    names: 'billing.0002_change',
  },
  {
    name: 'changes are to be folded, and a database cannot be asked whether it has the migration',
    files: { ...paid, ...second(''), 'godwit.config.ts': config('postgres://nobody@127.0.0.1:1/none') },
    run: update,
    code: 'update.notLookedAt',
    names: 'billing.0002_change',
  },
  {
    name: 'changes are to be folded into a file that cannot be written anew',
    files: {
      ...paid,
      'billing/migrations/0002_change.ts': `${migration('').replace('export default', 'const migration =')}\nexport default migration\n`,
    },
    run: update,
    code: 'update.notRewritable',
    names: 'billing/migrations/0002_change.ts',
  },
  {
    name: 'safe steps are to be folded into a migration that is one transaction',
    files: {
      ...second(''),
      'billing/models.ts': (billing({})['billing/models.ts'] ?? '').replace(
        'note: f.text({ null: true })',
        'note: f.text()',
      ),
    },
    run: [...update, '--answer', 'billing.Invoice.note:steps=safe', '--answer', "billing.Invoice.note:fill='none'"],
    code: 'update.needsOwnMigration',
    names: 'billing.0002_change',
  },
]
