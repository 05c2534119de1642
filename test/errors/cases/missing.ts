import type { BadInput } from '../bad-input.ts'

/** A migration of billing that is recorded with these operations, and has no file. */
function recorded(operations: readonly object[], format = 1): string {
  const texts = [
    'billing',
    '0002_tags',
    '2026-01-01T00:00:00.000Z',
    '0.1.0',
    'of another branch',
    JSON.stringify([['billing', '0001_initial']]),
    JSON.stringify(operations),
  ]
  return `INSERT INTO godwit_migrations (app, name, applied_at, godwit_version, checksum, dependencies, operations, format, duration_ms)
    VALUES (${texts.map((text) => `'${text}'`).join(', ')}, ${format}, 1)`
}

const run = ['migrate', '--unapply-missing']
const names = 'billing.0002_tags'
const extra = { kind: 'addField', model: 'Invoice', name: 'extra', field: { kind: 'integer', null: true } }

/** Migrations that a database has, and the files do not. */
export const missingCases: readonly BadInput[] = [
  {
    name: 'a migration of another branch ran code',
    sql: recorded([{ kind: 'runCode', backwards: true }]),
    run,
    code: 'execution.missingWithoutCode',
    names,
  },
  {
    name: 'a migration of another branch was recorded in a newer format',
    sql: recorded([], 99),
    run,
    code: 'execution.missingUnreadable',
    names,
  },
  {
    name: 'a migration of another branch is about what there is not here',
    sql: recorded([{ kind: 'removeField', model: 'Invoice', name: 'status' }]),
    run,
    code: 'execution.missingDoesNotFit',
    names,
  },
  {
    name: 'unapplying a migration of another branch would lose data, and nobody is there to agree',
    sql: `ALTER TABLE billing_invoice ADD COLUMN extra integer; UPDATE billing_invoice SET extra = 1 WHERE id < 3; ${recorded([extra])}`,
    run,
    code: 'execution.missingKept',
    names,
  },
  {
    name: 'an answer agrees to nothing',
    run: [...run, '--answer', 'billing.0002_tags:unapply=yes'],
    code: 'cli.invalidFlagValue',
    names: 'billing.0002_tags:unapply=yes',
  },
]
