import assert from 'node:assert/strict'
import { test } from 'node:test'
import { withValues } from './placeholders.ts'

test('values stand where the question marks are, and nowhere else', () => {
  const text = "SELECT '?', 'it''s ?', 'a\\'?', \"?\", `a?` /* ? */, ? -- ?\n, ? # ?\n, 5--?"
  assert.equal(
    withValues(text, [1, 'x', 2]),
    "SELECT '?', 'it''s ?', 'a\\'?', \"?\", `a?` /* ? */, 1 -- ?\n, 'x' # ?\n, 5--2",
  )
  assert.equal(withValues('SELECT ?', []), 'SELECT ?')
})

test('values are written as what they are', () => {
  const written = (content: unknown): string => withValues('?', [content])
  assert.deepEqual([null, true, 1.5, 12n, -0.1, Number.NaN].map(written), [
    'NULL',
    'true',
    '1.5',
    '12',
    '-0.1',
    "'NaN'",
  ])
  assert.equal(written("it's \\ \0"), "'it''s \\\\ \\0'")
  assert.equal(written(new Date('2026-01-02T03:04:05.678Z')), "'2026-01-02 03:04:05.678'")
  assert.equal(written(new Uint8Array([0, 255])), "x'00ff'")
  assert.equal(written({ a: ['?', 1] }), `'{"a":["?",1]}'`)
  assert.equal(written(['x', null]), `'["x",null]'`)
})
