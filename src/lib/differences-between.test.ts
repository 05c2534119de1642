import assert from 'node:assert/strict'
import { test } from 'node:test'
import { differencesBetween } from './differences-between.ts'

test('each difference is told by its path and both values', () => {
  assert.deepEqual(
    differencesBetween(
      { kind: 'addField', field: { maxLength: 100, null: true }, names: ['a', 'b'] },
      { kind: 'addField', field: { maxLength: 200, default: 'draft' }, names: ['a', 'c'] },
    ),
    ['field.maxLength 100 → 200', 'field.null true → nothing', 'field.default nothing → "draft"', 'names[1] "b" → "c"'],
  )
})

test('equal data has none, and a long value is shown by its beginning', () => {
  assert.deepEqual(differencesBetween({ a: [1, { b: null }] }, { a: [1, { b: null }] }), [])
  assert.deepEqual(differencesBetween({ sql: 'x'.repeat(80) }, { sql: 1 }), [`sql "${'x'.repeat(58)}… → 1`])
})
