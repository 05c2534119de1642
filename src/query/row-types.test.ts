import assert from 'node:assert/strict'
import { test } from 'node:test'
import { rowTypeText } from './row-types.ts'

test('each type of column has a type in TypeScript, the same on every database', () => {
  assert.equal(rowTypeText({ type: 'integer' }), 'number')
  assert.equal(rowTypeText({ type: 'bigInteger' }), 'number | bigint')
  assert.equal(rowTypeText({ type: 'decimal', precision: 9, scale: 2 }), 'string')
  assert.equal(rowTypeText({ type: 'timestamp' }), 'Date')
  assert.equal(rowTypeText({ type: 'array', of: { type: 'bigInteger' } }), '(number | bigint | null)[]')
  assert.equal(rowTypeText({ type: 'custom', types: {} }), 'unknown')
})

test('one of few texts is a union, in quotes that hold whatever is in them', () => {
  assert.equal(
    rowTypeText({ type: 'enum', values: ['draft', "it's", 'a\\b', 'say "so"'] }),
    `'draft' | 'it\\'s' | 'a\\\\b' | 'say "so"'`,
  )
})
