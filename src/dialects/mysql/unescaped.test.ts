import assert from 'node:assert/strict'
import { test } from 'node:test'
import { unescaped } from './unescaped.ts'

test('an expression of the catalogue is read as it was meant', () => {
  assert.equal(unescaped("(`s` <> _utf8mb4\\'q\\\\\\\\w\\\\\\'Ã©\\')"), "(`s` <> _utf8mb4'q\\\\w\\'é')")
})
