import assert from 'node:assert/strict'
import { test } from 'node:test'
import { plainDialect } from '../../test/support/plain-dialect.ts'
import { f } from '../fields/f.ts'
import { diff } from '../schema/diff.ts'
import { type Placement, stateIn } from './placement.ts'
import { project, projectChanged } from './project.ts'
import { withField } from './with-field.ts'
import { type NewModel, stateOf, withOptions } from './with-model.ts'

const id = f.bigAuto({ primaryKey: true })
const event: NewModel = { app: 'stats', name: 'Event', fields: { id, kind: f.char({ maxLength: 20 }) } }
const product: NewModel = {
  app: 'shop',
  name: 'Product',
  fields: { id, last: f.foreignKey('stats.Event', { onDelete: 'cascade' }), events: f.manyToMany('stats.Event') },
}
const known = ['default', 'analytics']
const main: Placement = { database: 'default', known, holds: (app) => app !== 'stats' }
const analytics: Placement = { database: 'analytics', known, holds: (app) => app === 'stats' }
const state = stateOf([event, product])

test('a model that lives elsewhere has no table, and no constraint leads to it', () => {
  const { tables } = project(stateIn(state, main), plainDialect)
  assert.deepEqual(
    [...tables.values()].map(({ name, columns, foreignKeys }) => [
      name,
      columns.map((column) => column.name),
      foreignKeys.map((key) => key.references.table),
    ]),
    [
      ['shop_product', ['id', 'last_id'], []],
      ['shop_product_events', ['product_id', 'event_id'], ['shop_product']],
    ],
  )
  assert.deepEqual([...project(stateIn(state, analytics), plainDialect).tables.keys()], ['stats_event'])
})

test('what two databases remember of one model is kept apart', () => {
  const both: Placement = { database: 'default', known, holds: () => true }
  const keys = (placement: Placement) =>
    project(stateIn(state, placement), plainDialect).tables.get('shop_product')?.foreignKeys.length
  assert.deepEqual([keys(both), keys(main), keys(both), keys(main)], [1, 0, 1, 0])
})

test('the same State is the same there, and so are the apps that did not change', () => {
  assert.equal(stateIn(state, main), stateIn(state, main))
  assert.equal(stateIn(state, undefined), state)
  const changed = withField(state, 'shop.Product', 'name', f.text({ null: true }))
  const there = stateIn(changed, main)
  assert.equal(there.apps.get('stats'), stateIn(state, main).apps.get('stats'))
  assert.equal(there.apps.get('shop'), changed.apps.get('shop'))
})

test('a change of a model that lives elsewhere is none, and neither is one of its name for those who refer to it', () => {
  const renamed = withOptions(state, 'stats.Event', { table: 'events' })
  const { before, after } = projectChanged(stateIn(state, main), stateIn(renamed, main), plainDialect)
  const { comparison } = plainDialect
  assert.deepEqual(diff(before, after, { match: 'lineage', comparison, intents: [] }), [])
})
