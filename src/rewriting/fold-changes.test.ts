import assert from 'node:assert/strict'
import { test } from 'node:test'
import { dialectFor } from '../dialects/index.ts'
import type { ErrorCode } from '../errors/error.ts'
import { f } from '../fields/f.ts'
import { buildGraph } from '../history/graph.ts'
import type { Migration, MigrationDefinition, MigrationReference } from '../history/migration.ts'
import { addField } from '../operations/add-field.ts'
import { createModel } from '../operations/create-model.ts'
import type { Operation } from '../operations/operation.ts'
import { removeField } from '../operations/remove-field.ts'
import { renameModel } from '../operations/rename-model.ts'
import { foldChanges } from './fold-changes.ts'

const id = f.bigAuto({ primaryKey: true })

function migration(
  key: string,
  dependencies: readonly string[],
  operations: readonly Operation[],
  more: Partial<MigrationDefinition> = {},
): Migration {
  const [app = '', name = ''] = key.split('.')
  const references = dependencies.map((other) => other.split('.') as unknown as MigrationReference)
  return { app, name, definition: { dependencies: references, operations, ...more } }
}

const add = (name: string) => addField({ model: 'Invoice', name, field: f.text({ null: true }) })
const initial = migration('billing.0001_initial', [], [createModel({ name: 'Invoice', fields: { id } })])
const noted = migration('billing.0002_note', ['billing.0001_initial'], [add('note')])
const users = migration('accounts.0001_initial', [], [createModel({ name: 'User', fields: { id } })])
const named = migration(
  'accounts.0002_name',
  ['accounts.0001_initial'],
  [addField({ model: 'User', name: 'name', field: f.text({ null: true }) })],
)

const dialects = await Promise.all(['sqlite', 'postgres'].map(dialectFor))

function fold(history: readonly Migration[], changes: readonly Migration[]) {
  return foldChanges({
    graph: buildGraph(history),
    changes,
    dialects,
    nameFor: ({ name }) => `${name}_more`,
    nameAfter: (_previous, name) => name.replace('0004', '0003'),
  })
}

/** Migrations as key, dependencies and operations. */
function told(migrations: readonly Migration[]) {
  return migrations.map(({ app, name, definition: { dependencies = [], operations } }) => [
    `${app}.${name}`,
    dependencies.map((reference) => reference.join('.')),
    operations.map((operation) => ('name' in operation ? operation.name : operation.kind)),
  ])
}

test('a change goes into the last migration, which keeps what it says of itself', () => {
  const last = migration('billing.0002_note', ['billing.0001_initial'], [add('note')], { atomic: false })
  const { folded, migrations } = fold(
    [initial, last],
    [migration('billing.0003_due', ['billing.0002_note'], [add('due')])],
  )
  assert.deepEqual(told(migrations), [['billing.0002_note_more', ['billing.0001_initial'], ['note', 'due']]])
  assert.equal(migrations[0]?.definition.atomic, false)
  assert.deepEqual(
    folded.map(({ former, updated }) => [former.name, updated?.name]),
    [['0002_note', '0002_note_more']],
  )
})

test('a migration of which nothing is left goes', () => {
  const undone = migration(
    'billing.0003_undo',
    ['billing.0002_note'],
    [removeField({ model: 'Invoice', name: 'note' })],
  )
  assert.deepEqual(fold([initial, noted], [undone]), { folded: [{ former: noted }], migrations: [] })
})

test('an initial migration of which nothing is left stays, empty', () => {
  const first = migration('billing.0001_initial', [], [add('x')].slice(1))
  const { migrations } = fold([first], [migration('billing.0002_x', ['billing.0001_initial'], [])])
  assert.deepEqual(told(migrations), [['billing.0001_initial_more', [], []]])
})

test('what needs more than one migration goes on behind the updated one', () => {
  const { migrations } = fold(
    [initial, noted],
    [
      migration('billing.0003_due', ['billing.0002_note'], [add('due')]),
      migration('billing.0004_paid', ['billing.0003_due'], [add('paid')], { atomic: false }),
    ],
  )
  assert.deepEqual(told(migrations), [
    ['billing.0002_note_more', ['billing.0001_initial'], ['note', 'due']],
    ['billing.0003_paid', ['billing.0002_note_more'], ['paid']],
  ])
})

test('dependencies on other apps come along, the later of two stays, and updated ones are named anew', () => {
  const last = migration('billing.0002_note', ['billing.0001_initial', 'accounts.0001_initial'], [add('note')])
  const owner = addField({
    model: 'Invoice',
    name: 'owner',
    field: f.foreignKey('accounts.User', { null: true, onDelete: 'cascade' }),
  })
  const { migrations } = fold(
    [initial, users, named, last],
    [
      migration(
        'accounts.0003_mail',
        ['accounts.0002_name'],
        [addField({ model: 'User', name: 'mail', field: f.text({ null: true }) })],
      ),
      migration('billing.0003_owner', ['billing.0002_note', 'accounts.0002_name'], [owner]),
    ],
  )
  assert.deepEqual(told(migrations), [
    ['accounts.0002_name_more', ['accounts.0001_initial'], ['name', 'mail']],
    ['billing.0002_note_more', ['billing.0001_initial', 'accounts.0002_name_more'], ['note', 'owner']],
  ])
})

test('nothing is folded where it would be lost, or cannot be', () => {
  const change = migration('billing.0003_due', ['billing.0002_note'], [add('due')])
  const refused = (history: readonly Migration[], changes: readonly Migration[], code: ErrorCode) =>
    assert.throws(() => fold(history, changes), { code })
  refused([], [migration('billing.0001_initial', [], initial.definition.operations)], 'update.noMigration')
  const squash = migration('billing.0001_squashed', [], [...initial.definition.operations, add('note')], {
    replaces: [
      ['billing', '0001_initial'],
      ['billing', '0002_note'],
    ],
  })
  refused([squash], [change], 'update.replacesOthers')
  const dependent = migration('accounts.0003_x', ['accounts.0002_name', 'billing.0002_note'], [])
  refused([initial, noted, users, named, dependent], [change], 'update.dependedOn')
  const steps = migration('billing.0003_due', ['billing.0002_note'], [add('due')], { atomic: false })
  refused([initial, noted], [steps], 'update.needsOwnMigration')
})

test('nothing is folded where apps would then wait for each other', () => {
  const changes = [
    migration(
      'accounts.0003_person',
      ['accounts.0002_name', 'billing.0002_note'],
      [renameModel({ from: 'User', to: 'Person' })],
    ),
    migration('billing.0003_due', ['billing.0002_note', 'accounts.0003_person'], [add('due')]),
  ]
  assert.throws(() => fold([initial, noted, users, named], changes), {
    code: 'update.needsOwnMigration',
    details: { migration: 'accounts.0002_name', because: 'cycle' },
  })
})
