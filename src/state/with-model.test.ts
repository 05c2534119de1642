import assert from 'node:assert/strict'
import { test } from 'node:test'
import { f } from '../fields/f.ts'
import { findField, findModel, withObject } from './project-state.ts'
import { relationsTo } from './relations.ts'
import { statesEqual } from './states-equal.ts'
import { fieldsOfConstraint, usesOfField } from './uses-of-field.ts'
import { withField, withoutField, withRenamedField } from './with-field.ts'
import { modelUnder, stateOf, withMovedModel, withOptions, withoutModel, withRenamedModel } from './with-model.ts'

const id = f.bigAuto({ primaryKey: true })
const shop = stateOf([
  { app: 'accounts', name: 'User', fields: { id, friends: f.manyToMany('self') } },
  { app: 'billing', name: 'Tag', fields: { id, name: f.char({ maxLength: 50 }) } },
  {
    app: 'billing',
    name: 'Invoice',
    fields: {
      id,
      owner: f.foreignKey('accounts.User'),
      tags: f.manyToMany('Tag', { through: 'Tagging' }),
      total: f.integer(),
    },
    options: {
      indexes: [{ parts: [{ field: 'total', descending: true }] }],
      constraints: [
        {
          kind: 'check',
          name: 'total_positive',
          condition: {
            kind: 'compare',
            operator: '>',
            left: { kind: 'column', name: 'total' },
            right: { kind: 'value', value: 0 },
          },
        },
      ],
    },
  },
  { app: 'billing', name: 'Tagging', fields: { id, tag: f.foreignKey('Tag'), invoice: f.foreignKey('Invoice') } },
])

test('models are named in full in a State, and hints are gone', () => {
  assert.equal(findField(modelUnder(shop, 'accounts.User'), 'friends')?.field.to, 'accounts.User')
  assert.equal(findField(modelUnder(shop, 'billing.Invoice'), 'tags')?.field.through, 'billing.Tagging')
  const hinted = withField(shop, 'billing.Tag', 'label', f.text({ renamedFrom: 'name' }))
  assert.deepEqual(findField(modelUnder(hinted, 'billing.Tag'), 'label')?.field, { kind: 'text' })
})

test('every model and field gets an identity of its own', () => {
  const identities = [...shop.apps.values()].flatMap((models) =>
    [...models.values()].flatMap((model) => [model.identity, ...model.fields.map((field) => field.identity)]),
  )
  assert.equal(new Set(identities).size, identities.length)
})

test('a change leaves untouched models and apps as they are', () => {
  const changed = withField(shop, 'billing.Tag', 'colour', f.text())
  assert.equal(changed.apps.get('accounts'), shop.apps.get('accounts'))
  assert.equal(findModel(changed, 'billing.Invoice'), findModel(shop, 'billing.Invoice'))
  assert.notEqual(findModel(changed, 'billing.Tag'), findModel(shop, 'billing.Tag'))
})

test('an altered field keeps its identity, one that was removed and added again does not', () => {
  const identity = findField(modelUnder(shop, 'billing.Tag'), 'name')?.identity
  const altered = withField(shop, 'billing.Tag', 'name', f.text())
  assert.equal(findField(modelUnder(altered, 'billing.Tag'), 'name')?.identity, identity)
  const again = withField(withoutField(shop, 'billing.Tag', 'name'), 'billing.Tag', 'name', f.text())
  assert.notEqual(findField(modelUnder(again, 'billing.Tag'), 'name')?.identity, identity)
  assert.ok(statesEqual(altered, again))
})

test('a renamed model keeps its identity and place, and relations in all apps follow', () => {
  const renamed = withRenamedModel(shop, 'accounts.User', 'Person')
  assert.equal(modelUnder(renamed, 'accounts.Person').identity, modelUnder(shop, 'accounts.User').identity)
  assert.equal(findModel(renamed, 'accounts.User'), undefined)
  assert.equal(findField(modelUnder(renamed, 'accounts.Person'), 'friends')?.field.to, 'accounts.Person')
  assert.equal(findField(modelUnder(renamed, 'billing.Invoice'), 'owner')?.field.to, 'accounts.Person')
  assert.equal(findModel(renamed, 'billing.Tag'), findModel(shop, 'billing.Tag'))
  assert.ok(statesEqual(withRenamedModel(renamed, 'accounts.Person', 'User'), shop))
})

test('a renamed join model is followed by through', () => {
  const renamed = withRenamedModel(shop, 'billing.Tagging', 'InvoiceTag')
  assert.equal(findField(modelUnder(renamed, 'billing.Invoice'), 'tags')?.field.through, 'billing.InvoiceTag')
})

test('a moved model keeps its identity, and relations follow', () => {
  const moved = withMovedModel(shop, 'accounts.User', 'billing')
  assert.equal(modelUnder(moved, 'billing.User').identity, modelUnder(shop, 'accounts.User').identity)
  assert.equal(moved.apps.has('accounts'), false)
  assert.equal(findField(modelUnder(moved, 'billing.User'), 'friends')?.field.to, 'billing.User')
  assert.equal(findField(modelUnder(moved, 'billing.Invoice'), 'owner')?.field.to, 'billing.User')
})

test('a renamed field is followed by indexes, checks, generated fields and the primary key', () => {
  const generated = withField(
    shop,
    'billing.Invoice',
    'double',
    f.generated({
      expression: {
        kind: 'arithmetic',
        operator: '*',
        left: { kind: 'column', name: 'total' },
        right: { kind: 'value', value: 2 },
      },
      output: f.integer(),
    }),
  )
  const keyed = withOptions(generated, 'billing.Invoice', { primaryKey: ['owner', 'total'] })
  const { fields, options } = modelUnder(withRenamedField(keyed, 'billing.Invoice', 'total', 'sum'), 'billing.Invoice')
  assert.doesNotMatch(JSON.stringify([fields, options]), /"total"/)
  assert.deepEqual(options.primaryKey, ['owner', 'sum'])
  assert.deepEqual(options.indexes, [{ parts: [{ field: 'sum', descending: true }] }])
})

test('a renamed field is followed by everything that an index, a unique or an exclusion says of it', () => {
  const total = { kind: 'column', name: 'total' } as const
  const declared = withOptions(shop, 'billing.Invoice', {
    indexes: [{ parts: [{ field: 'owner', nulls: 'first' }], include: ['total'], method: 'btree' }],
    constraints: [
      { kind: 'unique', parts: [{ field: 'total', operatorClass: 'int4_ops' }], include: ['total'] },
      {
        kind: 'exclusion',
        name: 'apart',
        elements: [
          { field: 'total', operator: '=' },
          { expression: { kind: 'call', function: 'abs', arguments: [total] }, operator: '=' },
        ],
        where: { kind: 'isNull', operand: total },
      },
    ],
  })
  const { options } = modelUnder(withRenamedField(declared, 'billing.Invoice', 'total', 'sum'), 'billing.Invoice')
  assert.doesNotMatch(JSON.stringify(options), /"total"/)
  assert.deepEqual(
    options.constraints?.map((constraint) => [...fieldsOfConstraint(constraint)]),
    [['sum'], ['sum']],
  )
  assert.deepEqual(usesOfField(modelUnder(declared, 'billing.Invoice'), 'total'), [
    'the index on owner',
    'the unique constraint on total',
    'the constraint apart',
  ])
})

test('objects take part in equality, but not which app made them', () => {
  const mood = { kind: 'enum', name: 'mood', values: ['sad', 'glad'] } as const
  const one = withObject(shop, 'billing', mood)
  assert.ok(statesEqual(one, withObject(shop, 'accounts', mood)))
  assert.ok(!statesEqual(one, shop))
  assert.ok(!statesEqual(one, withObject(shop, 'billing', { ...mood, values: ['glad', 'sad'] })))
})

test('relations to a model are found in all apps, its own among them', () => {
  const found = (key: string) => relationsTo(shop, key).map(({ model, field }) => `${model.name}.${field.name}`)
  assert.deepEqual(found('accounts.User'), ['User.friends', 'Invoice.owner'])
  assert.deepEqual(found('billing.Tagging'), ['Invoice.tags'])
  assert.deepEqual(found('billing.Nothing'), [])
  assert.equal(relationsTo(shop, 'accounts.User'), relationsTo(shop, 'accounts.User'))
})

test('an empty list of indexes is none, and their order does not matter', () => {
  const a = { parts: [{ field: 'name' }] }
  const b = { parts: [{ field: 'id' }] }
  const one = withOptions(shop, 'billing.Tag', { indexes: [a, b] })
  assert.ok(statesEqual(one, withOptions(shop, 'billing.Tag', { indexes: [b, a] })))
  assert.ok(!statesEqual(one, withOptions(shop, 'billing.Tag', { indexes: [a] })))
  assert.ok(statesEqual(withOptions(one, 'billing.Tag', { indexes: [] }), shop))
  assert.ok(!statesEqual(withoutModel(shop, 'billing.Tagging'), shop))
})
