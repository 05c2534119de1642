import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { f } from '../fields/f.ts'
import { type AnyModel, model } from '../models/model.ts'
import { resolveModels } from './resolve-models.ts'

const User = model('User', { name: f.char({ maxLength: 50 }) })
const Tag = model('Tag', { name: f.char({ maxLength: 50 }) })

function resolve(apps: Readonly<Record<string, readonly AnyModel[]>>) {
  return resolveModels(new Map(Object.entries(apps)))
}

describe('models become a State', () => {
  it('targets are keys, the implicit key is written out, hints stand apart', () => {
    const Invoice = model(
      'Invoice',
      {
        owner: f.foreignKey(() => User, { onDelete: 'restrict' }),
        parent: f.foreignKey('self', { null: true, renamedFrom: 'origin' }),
        tags: f.manyToMany('accounts.Tag'),
        line: f.foreignKey('Line'),
      },
      { table: 'invoices', managed: true, indexes: [], renamedFrom: 'Bill' },
    )
    const Line = model('Line', { a: f.integer(), b: f.integer() }, { primaryKey: ['a', 'b'] })
    const Named = model('Line', { code: f.slug({ primaryKey: true }) })
    assert.throws(() => resolve({ accounts: [User, Tag], billing: [Invoice, Line] }), {
      code: 'models.targetCompositeKey',
    })
    const { state, hints } = resolve({ accounts: [User, Tag], billing: [Invoice, Named], empty: [] })
    assert.deepEqual(state, {
      nextIdentity: 15,
      objects: new Map(),
      apps: new Map([
        [
          'accounts',
          new Map([
            [
              'User',
              {
                app: 'accounts',
                name: 'User',
                identity: '1',
                fields: [
                  { name: 'id', identity: '2', field: { kind: 'bigAuto', primaryKey: true } },
                  { name: 'name', identity: '3', field: { kind: 'char', maxLength: 50 } },
                ],
                options: {},
              },
            ],
            [
              'Tag',
              {
                app: 'accounts',
                name: 'Tag',
                identity: '4',
                fields: [
                  { name: 'id', identity: '5', field: { kind: 'bigAuto', primaryKey: true } },
                  { name: 'name', identity: '6', field: { kind: 'char', maxLength: 50 } },
                ],
                options: {},
              },
            ],
          ]),
        ],
        [
          'billing',
          new Map([
            [
              'Invoice',
              {
                app: 'billing',
                name: 'Invoice',
                identity: '7',
                fields: [
                  { name: 'id', identity: '8', field: { kind: 'bigAuto', primaryKey: true } },
                  {
                    name: 'owner',
                    identity: '9',
                    field: { kind: 'foreignKey', to: 'accounts.User', onDelete: 'restrict' },
                  },
                  { name: 'parent', identity: '10', field: { kind: 'foreignKey', to: 'billing.Invoice', null: true } },
                  { name: 'tags', identity: '11', field: { kind: 'manyToMany', to: 'accounts.Tag' } },
                  { name: 'line', identity: '12', field: { kind: 'foreignKey', to: 'billing.Line' } },
                ],
                options: { table: 'invoices' },
              },
            ],
            [
              'Line',
              {
                app: 'billing',
                name: 'Line',
                identity: '13',
                fields: [{ name: 'code', identity: '14', field: { kind: 'slug', maxLength: 50, primaryKey: true } }],
                options: {},
              },
            ],
          ]),
        ],
        ['empty', new Map()],
      ]),
    })
    assert.deepEqual(hints, {
      models: new Map([['billing.Invoice', 'Bill']]),
      fields: new Map([['billing.Invoice.parent', 'origin']]),
    })
  })

  it('a model has the schema that it says, and the native types of its fields are objects of its app', () => {
    const Log = model(
      'Log',
      {
        level: f.enum(['low', 'high'], { native: 'level' }),
        past: f.array(f.enum(['low', 'high'], { native: 'level' })),
      },
      { schema: 'audit' },
    )
    const { state } = resolve({ accounts: [User], audit: [Log] })
    assert.deepEqual(state.apps.get('audit')?.get('Log')?.options, { schema: 'audit' })
    assert.deepEqual(
      state.objects,
      new Map([['enum level', { app: 'audit', object: { kind: 'enum', name: 'level', values: ['low', 'high'] } }]]),
    )
  })

  it('tables of one name may stand in two schemas', () => {
    const Old = model('Old', {}, { schema: 'archive', table: 'accounts_tag' })
    assert.equal(resolve({ accounts: [Tag, Old] }).state.apps.get('accounts')?.size, 2)
  })

  it('a model exported twice by one app is one model', () => {
    assert.equal(resolve({ accounts: [User, User] }).state.apps.get('accounts')?.size, 1)
  })

  it('a join model with one key to each side joins, also by named keys and to the model itself', () => {
    const Person = model('Person', {
      friends: f.manyToMany('self', { through: 'Friendship' }),
      groups: f.manyToMany('Group', { through: () => Member, throughFields: ['person', 'group'] }),
    })
    const Friendship = model('Friendship', { from: f.foreignKey('Person'), to: f.foreignKey('Person') })
    const Group = model('Group', {})
    const Member: AnyModel = model('Member', {
      person: f.foreignKey('Person'),
      invitedBy: f.foreignKey('Person', { null: true }),
      group: f.foreignKey('Group'),
    })
    assert.doesNotThrow(() => resolve({ club: [Person, Friendship, Group, Member] }))
  })

  it('several mistakes are told at once, each with its fix', () => {
    const Bad = model('Bad', { a: f.foreignKey('Nowhere'), b: f.char({ maxLength: 0 }), c_: f.text() })
    assert.throws(() => resolve({ app: [Bad] }), {
      code: 'models.several',
      details: {
        mistakes: [
          `app.Bad.a points at "Nowhere", which is no model of this project. Name a model that an app exports, as 'app.Model', or 'Model' within its own app.`,
          'app.Bad has a field called "c_", which is no name for a field. Start it with a letter, then letters and digits: issuedAt. A single underscore may stand between them.',
          'app.Bad.b has the maxLength 0, which is no number of characters. Give maxLength a whole number above 0, such as 100.',
        ],
      },
    })
  })
})
