import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Expression } from '../../schema/expression.ts'
import { comparison } from './comparison.ts'

const raw = (sql: string): Expression => ({ kind: 'sql', sql })

function same(a: string | Expression, b: string, renamed?: Record<string, string>): boolean {
  const left = typeof a === 'string' ? raw(a) : a
  return comparison.sameExpression(left, raw(b), renamed === undefined ? undefined : new Map(Object.entries(renamed)))
}

test('blanks, comments, quotes that are not needed, case and outer parentheses say nothing', () => {
  assert.ok(same('a > 0', '( "a">0 /* x /* y */ */ )'))
  assert.ok(same('((a))', 'a -- the end'))
  assert.ok(same('LOWER("name")', 'lower(Name)'))
  assert.ok(same('a != 1', 'a<>1'))
  assert.ok(same("a = $tag$it's$tag$", "a = 'it''s'"))
})

test('strings, inner parentheses, casts, quotes that are needed and the order of things say something', () => {
  assert.ok(!same("a = 'X'", "a = 'x'"))
  assert.ok(!same("a = 'a  b'", "a = 'a b'"))
  assert.ok(!same('(a or b) and c', 'a or (b and c)'))
  assert.ok(!same('(a) + (b)', 'a) + (b'))
  assert.ok(!same('a - (b - 1)', 'a - b - 1'))
  assert.ok(!same('a > 0', '0 < a'))
  assert.ok(!same('price::int > 0', 'price > 0'))
  assert.ok(!same('"Name"', 'Name'))
  assert.ok(!same('"user"', 'user'))
  assert.ok(!same("E'a'", "'a'"))
  assert.ok(!same('ARRAY[1, 2]', 'ARRAY[1, 3]'))
  assert.ok(!same('a -> b', 'a ->> b'))
  assert.ok(!same('(1)::numeric / (2)::numeric', '1 / 2'))
})

test('columns that were renamed are the same, in raw SQL too, and functions, types and strings keep their names', () => {
  assert.ok(same("length(name) > 1 or name = 'name'", "length(title) > 1 or title = 'name'", { name: 'title' }))
  assert.ok(same('"a" < b', '"b" < a', { a: 'b', b: 'a' }))
  assert.ok(same('lower(lower)', 'lower(x)', { lower: 'x' }))
  assert.ok(same("date > '2020-01-01'::date", "day > '2020-01-01'::date", { date: 'day' }))
  assert.ok(same('time::timestamp(3) without time zone', 'at::timestamp(3) without time zone', { time: 'at' }))
  assert.ok(same('tags[1]', 'words[1]', { tags: 'words' }))
  assert.ok(!same('a > 0', 'b > 0'))
})

test('a list of literals is the same with and without the casts that a history or a restore has left', () => {
  const fresh = "((status)::text = ANY ((ARRAY['a'::character varying, 'b'::character varying])::text[]))"
  assert.ok(
    same(fresh, "((status)::text = ANY (ARRAY[('a'::character varying)::text, ('b'::character varying)::text]))"),
  )
  assert.ok(same('c <> ALL (ARRAY[(1)::bigint, 2])', 'c <> ALL (ARRAY[1, 2])'))
  assert.ok(!same("c = ANY (ARRAY['a'::bpchar])", "c = ANY (ARRAY['a'])"))
  assert.ok(!same("c = ANY (ARRAY['a'::character varying(1)])", "c = ANY (ARRAY['a'])"))
  assert.ok(!same('c = ANY (ARRAY[x::bigint])', 'c = ANY (ARRAY[x])'))
  assert.ok(!same('c = ANY (ARRAY[1]) AND d = 1::bigint', 'c = ANY (ARRAY[1]) AND d = 1'))
})

test('a default that is one literal is the same with and without such a cast', () => {
  assert.ok(same({ kind: 'value', value: 'a' }, "'a'::character varying"))
  assert.ok(same("('a'::character varying)::text", "'a'"))
  assert.ok(same('0', '(0)::bigint'))
  assert.ok(!same("'a'::bpchar", "'a'"))
  assert.ok(!same("'a'::mood", "'a'"))
  assert.ok(!same("'{}'::text[]", "'{}'"))
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
      { $bytes: '00FF' },
      { $json: { a: [1] } },
      { $bigint: '9007199254740993' },
    ],
  }
  assert.ok(
    same(
      declared,
      `status IN ('draft', 'it''s', 1, true, NULL, '\\x00ff'::bytea, '{"a":[1]}'::jsonb, 9007199254740993)`,
    ),
  )
})
