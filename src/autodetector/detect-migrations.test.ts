import assert from 'node:assert/strict'
import { test } from 'node:test'
import { f } from '../fields/f.ts'
import { describe } from '../operations/definitions.ts'
import { type NewModel, stateOf } from '../state/with-model.ts'
import { type DetectMigrationsOptions, detectMigrations } from './detect-migrations.ts'
import type { Answer } from './question.ts'

const id = f.bigAuto({ primaryKey: true })
const note = f.text({ null: true })

function migrations(
  from: readonly NewModel[],
  to: readonly NewModel[],
  options: Partial<DetectMigrationsOptions> = {},
) {
  const before = stateOf(from)
  const leaves = new Map([...before.apps.keys()].map((app) => [app, '0001_initial']))
  const now = new Date('2026-11-21T07:54:48Z')
  const outcome = detectMigrations({ from: before, to: stateOf(to), leaves, now, ...options })
  if (outcome.kind === 'questions') assert.fail(JSON.stringify(outcome.questions))
  return outcome.migrations.map(({ app, name, definition: { operations, ...rest } }) => ({
    key: `${app}.${name}`,
    ...rest,
    operations: operations.map(describe),
  }))
}

const user: NewModel = { app: 'accounts', name: 'User', fields: { id } }
const invoice: NewModel = { app: 'billing', name: 'Invoice', fields: { id, owner: f.foreignKey('accounts.User') } }

test('each new app gets an initial migration, in the order of their foreign keys', () => {
  assert.deepEqual(migrations([], [invoice, user]), [
    { key: 'accounts.0001_initial', dependencies: [], operations: ['Create model User'] },
    { key: 'billing.0001_initial', dependencies: [['accounts', '0001_initial']], operations: ['Create model Invoice'] },
  ])
})

test('what is already there of another app is depended on by its last migration', () => {
  const leaves = new Map([['accounts', '0007_user_name']])
  assert.deepEqual(migrations([user], [user, invoice], { leaves })[0]?.dependencies, [['accounts', '0007_user_name']])
})

test('two apps that point at each other need two migrations in one and one in the other', () => {
  const friend = { ...user, fields: { id, last: f.foreignKey('billing.Invoice', { null: true }) } }
  assert.deepEqual(migrations([], [friend, invoice]), [
    { key: 'accounts.0001_initial', dependencies: [], operations: ['Create model User'] },
    { key: 'billing.0001_initial', dependencies: [['accounts', '0001_initial']], operations: ['Create model Invoice'] },
    {
      key: 'accounts.0002_initial',
      dependencies: [
        ['accounts', '0001_initial'],
        ['billing', '0001_initial'],
      ],
      initial: true,
      operations: ['Add field last to User'],
    },
  ])
})

test('a model goes only after the migration that takes the last foreign key to it away', () => {
  const after = { ...invoice, fields: { id } }
  assert.deepEqual(migrations([user, invoice], [after]), [
    {
      key: 'billing.0002_remove_invoice_owner',
      dependencies: [['billing', '0001_initial']],
      operations: ['Remove field owner from Invoice'],
    },
    {
      key: 'accounts.0002_delete_user',
      dependencies: [
        ['accounts', '0001_initial'],
        ['billing', '0002_remove_invoice_owner'],
      ],
      operations: ['Delete model User'],
    },
  ])
})

test('a rename waits for the migrations that know the model by its old name', () => {
  const person = { ...user, name: 'Person' }
  const after = { ...invoice, fields: { id, owner: f.foreignKey('accounts.Person') } }
  const answers = new Map<string, Answer>([['accounts.Person:renamedFrom', { kind: 'renamedFrom', name: 'User' }]])
  const mentions = new Map([['accounts.User', new Set(['accounts', 'blog'])]])
  const other: NewModel = { app: 'blog', name: 'Post', fields: { id, body: f.json(), at: f.date() } }
  assert.deepEqual(migrations([user, invoice, other], [person, after, other], { answers, mentions }), [
    {
      key: 'accounts.0002_rename_user_person',
      dependencies: [
        ['accounts', '0001_initial'],
        ['billing', '0001_initial'],
        ['blog', '0001_initial'],
      ],
      operations: ['Rename model User to Person'],
    },
  ])
})

test('the safe steps are three migrations, the backfill without a transaction around it', () => {
  const after = { ...user, fields: { id, name: f.text() } }
  const answers = new Map<string, Answer>([['accounts.User.name:fill', { kind: 'safeSteps', value: '' }]])
  assert.deepEqual(migrations([user], [after], { answers }), [
    {
      key: 'accounts.0002_user_name',
      dependencies: [['accounts', '0001_initial']],
      operations: ['Add field name to User'],
    },
    {
      key: 'accounts.0003_backfill_user_name',
      dependencies: [['accounts', '0002_user_name']],
      atomic: false,
      operations: ['Set name of User in batches'],
    },
    {
      key: 'accounts.0004_alter_user_name',
      dependencies: [['accounts', '0003_backfill_user_name']],
      operations: ['Alter field name on User'],
    },
  ])
})

test('only the named apps and those that they need are written, and nothing is asked about the others', () => {
  const blog: NewModel = { app: 'blog', name: 'Post', fields: { id } }
  const to = [user, invoice, { ...blog, fields: { id, title: f.text() } }]
  const keys = (apps: readonly string[], from: readonly NewModel[]) =>
    migrations(from, to, { apps }).map(({ key }) => key)
  assert.deepEqual(keys(['billing'], [blog]), ['accounts.0001_initial', 'billing.0001_initial'])
  assert.deepEqual(keys(['accounts'], [blog]), ['accounts.0001_initial'])
})

test('a name that is given stands behind the number', () => {
  const after = { ...user, fields: { id, note } }
  assert.deepEqual(
    migrations([user], [after], { name: 'notes' }).map(({ key }) => key),
    ['accounts.0002_notes'],
  )
})
