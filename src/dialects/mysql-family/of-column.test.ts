import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ownColumn } from './of-column.ts'

test('a check in the definition of a column is found by its name, or by what it reads where the column was renamed', () => {
  assert.equal(ownColumn('a', '`a` > 0', ['a', 'b']), 'a')
  assert.equal(ownColumn('a', '`a` > `b`', ['a', 'b']), 'a')
  assert.equal(ownColumn('j', 'json_valid(`k`)', ['a', 'k']), 'k')
  assert.equal(ownColumn('j', 'json_valid(`k`)', ['j', 'k']), 'k')
  assert.equal(ownColumn('a', '1 > 0', ['a', 'b']), 'a')
})
