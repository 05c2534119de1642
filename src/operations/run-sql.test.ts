import assert from 'node:assert/strict'
import { test } from 'node:test'
import { statementsFor } from './run-sql.ts'

test('a text is for every database', () => {
  assert.deepEqual(statementsFor('SELECT 1; SELECT 2', 'plain'), [{ sql: 'SELECT 1; SELECT 2', parameters: [] }])
})

test('a list holds texts and statements with parameters; what is empty is left out', () => {
  assert.deepEqual(statementsFor(['SELECT 1', '  ', { sql: 'DELETE FROM a WHERE b = ?', parameters: [1] }], 'plain'), [
    { sql: 'SELECT 1', parameters: [] },
    { sql: 'DELETE FROM a WHERE b = ?', parameters: [1] },
  ])
  assert.deepEqual(statementsFor([], 'plain'), [])
})

test('each database has its own text, or none', () => {
  const source = { plain: 'A', other: ['B'] }
  assert.deepEqual(statementsFor(source, 'plain'), [{ sql: 'A', parameters: [] }])
  assert.deepEqual(statementsFor(source, 'other'), [{ sql: 'B', parameters: [] }])
  assert.equal(statementsFor(source, 'third'), 'missing')
})
