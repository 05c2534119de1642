import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sqlite } from '../dialects/sqlite/index.ts'
import { f } from '../fields/f.ts'
import type { Column, ForeignKey, Table } from '../schema/schema.ts'
import { modelsOf } from '../state/project-state.ts'
import { stateOf } from '../state/with-model.ts'
import { type InspectedModelsOptions, inspectedModels } from './inspected-models.ts'

const dialect = sqlite()
const id: Column = { name: 'id', type: 'integer', nullable: false }
const column = (name: string, type = 'integer', nullable = false): Column => ({ name, type, nullable })
const empty = { uniques: [], foreignKeys: [], checks: [], indexes: [] }
const table = (name: string, columns: readonly Column[], more: Partial<Table> = {}): Table => ({
  name,
  columns: [id, ...columns],
  primaryKey: { columns: ['id'] },
  ...empty,
  ...more,
})
const foreignKey = (from: string, to: string, more: Partial<ForeignKey> = {}): ForeignKey => ({
  name: `${from}_fk`,
  columns: [from],
  references: { table: to, columns: ['id'] },
  onDelete: 'noAction',
  onUpdate: 'noAction',
  ...more,
})

function read(tables: readonly Table[], options: Partial<InspectedModelsOptions> = {}) {
  const schema = { tables: new Map(tables.map((one) => [one.name, one])), others: [] }
  return inspectedModels({ schema, dialect, app: 'shop', ...options })
}

const left = ({ differences }: ReturnType<typeof read>) => [...differences.values()].flat().map(({ text }) => text)
const fieldsOf = (result: ReturnType<typeof read>, name: string) =>
  Object.fromEntries(
    [...modelsOf(result.state)]
      .find((model) => model.name === name)
      ?.fields.map((entry) => [entry.name, entry.field]) ?? [],
  )

test('a table with the name that Godwit would give it needs no option', () => {
  const { source } = read([table('shop_order_line', [column('unit_price')])])
  assert.equal(
    source,
    `import { f, model } from 'godwit'

export const OrderLine = model('OrderLine', {
  id: f.integer({ primaryKey: true }),
  unitPrice: f.integer(),
})
`,
  )
})

test('a key that the database numbers is of the kind that its foreign keys have', () => {
  const numbered = { ...id, autoIncrement: true as const }
  const user = { ...table('user', []), columns: [numbered] }
  const post = table('post', [column('user_id', 'bigint')], { foreignKeys: [foreignKey('user_id', 'user')] })
  assert.equal(fieldsOf(read([user, post]), 'User')['id']?.kind, 'bigAuto')
  const small = { ...post, columns: [id, column('user_id', 'smallint')] }
  assert.equal(fieldsOf(read([user, small]), 'User')['id']?.kind, 'smallAuto')
  // Two of different types cannot both be its type.
  const both = read([user, post, { ...small, name: 'vote' }])
  assert.deepEqual(left(both), [
    'foreign key user_id_fk (user_id) to user (id): its column is of another type or collation than id',
  ])
})

test('a foreign key that asks for what a model refuses stays a plain column', () => {
  const user = table('user', [])
  const post = table('post', [column('user_id')], {
    foreignKeys: [foreignKey('user_id', 'user', { onDelete: 'setNull' })],
  })
  const result = read([user, post])
  assert.deepEqual(fieldsOf(result, 'Post')['userId'], { kind: 'integer' })
  assert.deepEqual(left(result), [
    'foreign key user_id_fk (user_id) to user (id): it sets a column to NULL that can hold none',
  ])
})

test('of two foreign keys of a column one becomes the relation', () => {
  const result = read([
    table('a', []),
    table('b', []),
    table('c', [column('x_id')], { foreignKeys: [foreignKey('x_id', 'a'), foreignKey('x_id', 'b')] }),
  ])
  assert.equal(fieldsOf(result, 'C')['x']?.to, 'shop.A')
  assert.deepEqual(left(result), ['foreign key x_id_fk (x_id) to b (id): its column has another foreign key already'])
})

test('keys that point at each other in a circle are cut once', () => {
  const circle = (name: string, to: string): Table => ({ ...table(name, []), foreignKeys: [foreignKey('id', to)] })
  const result = read([circle('a', 'b'), circle('b', 'a')])
  assert.deepEqual(left(result), ['foreign key id_fk (id) to a (id): keys that point at each other make a circle'])
})

test('the index of a foreign key is said by the field, and that there is none', () => {
  const index = (name: string, ...columns: readonly string[]) => ({
    name,
    parts: columns.map((one) => ({ expression: { kind: 'column', name: one } as const })),
  })
  const user = table('user', [])
  const post = (more: Partial<Table>) =>
    fieldsOf(
      read([
        user,
        table('post', [column('user_id'), column('at')], { foreignKeys: [foreignKey('user_id', 'user')], ...more }),
      ]),
      'Post',
    )['user']
  assert.equal(post({})?.index, false)
  assert.equal(post({ indexes: [index('by_user', 'user_id')] })?.index, undefined)
  assert.equal(post({ indexes: [index('by_user_at', 'user_id', 'at')] })?.index, undefined)
  assert.equal(
    post({ indexes: [index('post_user_id_idx', 'user_id'), index('by_user_at', 'user_id', 'at')] })?.index,
    true,
  )
})

test('an odd table keeps nobody from the others', () => {
  const result = read([
    table('fine', []),
    table('godwit_things', []),
    table('twice', [column('a')], { checks: [{ name: 'c', expression: { kind: 'sql', sql: 'a > 0' } }] }),
    { ...table('deaf', []), columns: [{ ...id, generated: { expression: { kind: 'sql', sql: '1' }, stored: true } }] },
  ])
  assert.deepEqual(
    [...modelsOf(result.state)].map(({ name }) => name),
    ['Fine', 'Twice'],
  )
  assert.deepEqual(result.unread.map(({ table: name }) => name).toSorted(), ['deaf', 'godwit_things'])
})

test('tables of models that there are already are pointed at by their names', () => {
  const known = stateOf([{ app: 'accounts', name: 'User', fields: { id: f.integer({ primaryKey: true }) } }])
  const post = table('post', [column('author_id')], { foreignKeys: [foreignKey('author_id', 'accounts_user')] })
  const result = read([table('accounts_user', []), post], { known, tables: ['post'] })
  assert.equal(fieldsOf(result, 'Post')['author']?.to, 'accounts.User')
  assert.match(result.source, /author: f\.foreignKey\('accounts\.User', \{ index: false \}\)/)
})
