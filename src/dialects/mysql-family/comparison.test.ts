import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Expression } from '../../schema/expression.ts'
import { mariadb } from '../mariadb/mariadb.ts'
import { comparisonOf } from './comparison.ts'

const { sameExpression } = comparisonOf({ variant: mariadb, version: mariadb.newestVersion })
const raw = (sql: string): Expression => ({ kind: 'sql', sql })

function same(a: string, b: string): boolean {
  return sameExpression(raw(a), raw(b))
}

test('blanks, comments, case, needless backticks, outer parentheses and the quotes of a text say nothing', () => {
  assert.ok(same('Price>0 AND NOT ok', '( (`price` > 0 and not `OK`) )'))
  assert.ok(same('a /* the a */ > 1 -- more', 'a > 1'))
  assert.ok(same(`t <> "it's"`, "t <> 'it''s'"))
  assert.ok(same("t <> 'it\\'s'", "t <> 'it''s'"))
  assert.ok(same('a != 1 && b', 'a <> 1 and b'))
  assert.ok(same("x'AB'", "X'ab'"))
  assert.ok(same('COALESCE(a, 1)', 'coalesce(a,1)'))
  assert.ok(same('current_timestamp(6)', 'CURRENT_TIMESTAMP(6)'))
})

test('what a connection in UTF-8 takes a text for anyway says nothing, and anything else does', () => {
  assert.ok(same("_utf8mb4'é'", "'é'"))
  assert.ok(same("_latin1'a'", "'a'"))
  assert.ok(!same("_latin1'é'", "'é'"))
  assert.ok(!same("_binary'a'", "'a'"))
})

test('inner parentheses, texts, and words that are no columns are kept apart', () => {
  assert.ok(!same('(a or b) and c', 'a or (b and c)'))
  assert.ok(!same('(a) or (b)', 'a or b'))
  assert.ok(!same("t = 'a  b'", "t = 'a b'"))
  assert.ok(!same("t = 'A'", "t = 'a'"))
  assert.ok(!same("t = 'q'", 't = q'))
  assert.ok(!same('`current_date` > d', 'current_date > d'))
  assert.ok(!same('a = `true`', 'a = true'))
  assert.ok(!same('a || b', 'a or b'))
  assert.ok(!same('@@x', '@x'))
})

test('a negative number is one with parentheses and without', () => {
  assert.ok(same('(`b` >= -(1))', 'b >= -1'))
  assert.ok(same('b in (-(1), -(2.5), 3)', 'b in (-1, -2.5, 3)'))
  assert.ok(same('coalesce(`b`,-(-(1)))', 'coalesce(b, -(-1))'))
  assert.ok(!same('-(1 + 2) < b', '-1 + 2 < b'))
  assert.ok(!same('-(a) < b', '-a < b'))
  assert.ok(!same('b = -(1)', 'b = 1'))
  assert.ok(!same('b = abs(1)', 'b = abs 1'))
})

test('an expression that was built is what it is written as', () => {
  const built: Expression = {
    kind: 'in',
    operand: { kind: 'column', name: 'Status' },
    values: ['draft', "it's"],
  }
  assert.ok(sameExpression(built, raw("status in ('draft','it''s')")))
})

test('a renamed column is followed, but for its name in texts and before parentheses', () => {
  const renamed = new Map([['left', 'start']])
  assert.ok(
    sameExpression(raw("`left` > 0 and left(t, 1) <> 'left'"), raw("`start` > 0 and left(t,1) <> 'left'"), renamed),
  )
})
