import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { failsWith, key, migration } from '../../test/history/migrations.ts'
import { f } from '../fields/f.ts'
import { addField } from '../operations/add-field.ts'
import { createModel } from '../operations/create-model.ts'
import { removeField } from '../operations/remove-field.ts'
import { findModel, type ProjectState } from '../state/project-state.ts'
import { buildGraph } from './graph.ts'
import { replay, stateBefore } from './replay.ts'

const graph = buildGraph([
  migration('a.0001', [], {
    operations: [createModel({ name: 'Tag', fields: { id: f.bigAuto({ primaryKey: true }) } })],
  }),
  migration('a.0002', ['a.0001'], {
    operations: [addField({ model: 'Tag', name: 'name', field: f.char({ maxLength: 20, null: true }) })],
  }),
  migration('b.0001', [], {
    operations: [createModel({ name: 'Post', fields: { id: f.auto({ primaryKey: true }) } })],
  }),
])

function fieldsOf(state: ProjectState, model: string): readonly string[] | undefined {
  return findModel(state, model)?.fields.map(({ name }) => name)
}

describe('replay', () => {
  test('of the whole order gives the State that the migrations describe', () => {
    const state = replay(graph, graph.order)
    assert.deepEqual(fieldsOf(state, 'a.Tag'), ['id', 'name'])
    assert.deepEqual(fieldsOf(state, 'b.Post'), ['id'])
  })

  test('goes on from a State, and passes over keys that no file has', () => {
    const first = replay(graph, [key('a.0001'), key('gone.0001')])
    assert.deepEqual(replay(graph, [key('a.0002'), key('b.0001')], first), replay(graph, graph.order))
  })

  test('before a migration holds what it waits for, and nothing else', () => {
    const state = stateBefore(graph, key('a.0002'))
    assert.deepEqual(fieldsOf(state, 'a.Tag'), ['id'])
    assert.equal(fieldsOf(state, 'b.Post'), undefined)
  })

  test('names the migration whose operation does not fit', () => {
    const broken = buildGraph([migration('a.0001', [], { operations: [removeField({ model: 'Tag', name: 'x' })] })])
    assert.throws(() => replay(broken, broken.order), failsWith('migrations.operationUnknownModel'))
  })
})
