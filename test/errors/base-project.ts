/** The config of the base project, over this database. */
export function config(url: string): string {
  return `
import { defineConfig } from 'godwit'
export default defineConfig({ apps: ['./accounts', './billing'], databases: { default: '${url}' } })
`
}

/** A config of this text after `export default`. */
export function configOf(content: string): Readonly<Record<string, string>> {
  return { 'godwit.config.ts': `export default ${content}\n` }
}

/** The models of billing: the base project's, with further fields and meta of Invoice, and further statements. */
export function billing({ fields = '', meta = '{}', more = '' }: Partial<Record<'fields' | 'meta' | 'more', string>>) {
  return {
    'billing/models.ts': `
import { check, f, index, model, now, q, unique } from 'godwit'
import { User } from '../accounts/models.ts'
export const Invoice = model('Invoice', {
  owner: f.foreignKey(() => User, { onDelete: 'restrict' }),
  number: f.char({ maxLength: 32 }),
  note: f.text({ null: true }),
  total: f.integer(),
  payer: f.bigInteger({ null: true }),
  ${fields}
}, ${meta})
${more}
`,
  }
}

/** A migration of billing with these operations. */
export function migration(operations: string, rest = "dependencies: [['billing', '0001_initial']]"): string {
  return `
import {
  addConstraint, addField, addIndex, alterField, batched, check, createModel, defineMigration, deleteModel, f, index, moveModel, q, removeConstraint,
  removeField, removeIndex, renameField, renameModel, runCode, runSql, unique,
} from 'godwit/migrations'
export default defineMigration({ ${rest}, operations: [${operations}] })
`
}

/** The base project with a second migration of billing, of these operations. */
export function second(operations: string, rest?: string): Readonly<Record<string, string>> {
  return { 'billing/migrations/0002_change.ts': migration(operations, rest) }
}

/** How `billing.0001_initial` makes its model. */
export const createInvoice = `createModel({
  name: 'Invoice',
  fields: {
    id: f.bigAuto({ primaryKey: true }),
    owner: f.foreignKey('accounts.User', { onDelete: 'restrict' }),
    number: f.char({ maxLength: 32 }),
    note: f.text({ null: true }),
    total: f.integer(),
    payer: f.bigInteger({ null: true }),
  },
})`

/** Two apps, each with its first migration, and a model that refers to the other app's. */
export const files: Readonly<Record<string, string>> = {
  'package.json': '{ "type": "module", "private": true }\n',
  'godwit.config.ts': config('sqlite:./app.db'),
  'accounts/models.ts': `
import { f, model } from 'godwit'
export const User = model('User', {
  email: f.char({ maxLength: 100 }),
  nickname: f.char({ maxLength: 20, null: true }),
  age: f.text(),
})
`,
  'accounts/migrations/0001_initial.ts': migration(
    `createModel({
  name: 'User',
  fields: {
    id: f.bigAuto({ primaryKey: true }),
    email: f.char({ maxLength: 100 }),
    nickname: f.char({ maxLength: 20, null: true }),
    age: f.text(),
  },
})`,
    'dependencies: []',
  ),
  ...billing({}),
  'billing/migrations/0001_initial.ts': migration(createInvoice, "dependencies: [['accounts', '0001_initial']]"),
}

/** Rows that many a new constraint would find fault with. */
export const rows = `
INSERT INTO accounts_user (id, email, nickname, age) VALUES (1, 'ada@example.org', 'ada', '36'), (2, 'bob@example.org', NULL, 'unknown');
INSERT INTO billing_invoice (id, owner_id, number, note, total, payer)
VALUES (1, 1, 'A-1', 'first', 10, 1), (2, 1, 'A-1', NULL, -5, 99), (3, 2, 'A-2', NULL, 7, NULL);
`
