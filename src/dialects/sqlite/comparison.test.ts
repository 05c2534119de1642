import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Expression } from '../../schema/expression.ts'
import { comparison } from './comparison.ts'

const raw = (sql: string): Expression => ({ kind: 'sql', sql })

function same(a: string | Expression, b: string, renamed?: Record<string, string>): boolean {
  const left = typeof a === 'string' ? raw(a) : a
  return comparison.sameExpression(left, raw(b), renamed === undefined ? undefined : new Map(Object.entries(renamed)))
}

test('blanks, comments, quotes, case, outer parentheses and the own name of the table say nothing', () => {
  assert.ok(same('a > 0', '( "A">0 /* x */ )'))
  assert.ok(same('((a))', 'a'))
  assert.ok(same('lower([a b])', 'LOWER("t".`a b`)'))
  assert.ok(same('t.a != 1', 'a<>1'))
  assert.ok(same('a == 1', 'a = 1'))
})

test('strings, inner parentheses and the order of things say something', () => {
  assert.ok(!same("a = 'X'", "a = 'x'"))
  assert.ok(!same("a = 'a  b'", "a = 'a b'"))
  assert.ok(!same('(a or b) and c', 'a or (b and c)'))
  assert.ok(!same('(a) + (b)', 'a) + (b'))
  assert.ok(!same('a - (b - 1)', 'a - b - 1'))
  assert.ok(!same('a > 0', '0 < a'))
})

test('columns that were renamed are the same, in raw SQL too, and functions and strings keep their names', () => {
  assert.ok(same("length(name) > 1 or name = 'name'", "length(title) > 1 or title = 'name'", { name: 'title' }))
  assert.ok(same('"a" < b', '"b" < a', { a: 'b', b: 'a' }))
  assert.ok(same('lower(lower)', 'lower(x)', { lower: 'x' }))
  assert.ok(!same('a > 0', 'b > 0'))
})

test('what a model declares equals what was written for it', () => {
  const declared: Expression = {
    kind: 'in',
    operand: { kind: 'column', name: 'status' },
    values: [
      'draft',
      "it's",
      1,
      true,
      null,
      { $bytes: '00ff' },
      { $json: { a: [1] } },
      { $bigint: '9007199254740993' },
    ],
  }
  assert.ok(same(declared, `"status" IN ('draft', 'it''s', 1, 1, NULL, x'00FF', '{"a":[1]}', 9007199254740993)`))
})
