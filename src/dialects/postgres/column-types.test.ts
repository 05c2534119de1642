import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { ColumnType } from '../../schema/column-type.ts'
import type { Expression } from '../../schema/expression.ts'
import type { Value } from '../../schema/value.ts'
import { spelling } from './column-types.ts'
import { toText } from './statement-text.ts'

test('types are spelled as format_type prints them', () => {
  const spelled: readonly (readonly [type: ColumnType, text: string])[] = [
    [{ type: 'smallInteger' }, 'smallint'],
    [{ type: 'varchar', length: 20 }, 'character varying(20)'],
    [{ type: 'decimal', precision: 12, scale: 2 }, 'numeric(12,2)'],
    [{ type: 'double' }, 'double precision'],
    [{ type: 'time' }, 'time without time zone'],
    [{ type: 'timestamp' }, 'timestamp with time zone'],
    [{ type: 'json' }, 'jsonb'],
    [{ type: 'binary' }, 'bytea'],
    [{ type: 'duration' }, 'interval'],
    [{ type: 'ipAddress' }, 'inet'],
    [{ type: 'range', of: 'timestamp' }, 'tstzrange'],
    [{ type: 'array', of: { type: 'varchar', length: 5 } }, 'character varying(5)[]'],
    [{ type: 'array', of: { type: 'array', of: { type: 'integer' } } }, 'integer[]'],
    [{ type: 'enum', values: ['a'] }, 'text'],
    [{ type: 'enum', values: ['a'], native: 'mood' }, 'mood'],
    [{ type: 'enum', values: ['a'], native: 'Mood' }, '"Mood"'],
    [{ type: 'enum', values: ['a'], native: 'position' }, '"position"'],
    [{ type: 'array', of: { type: 'enum', values: ['a'], native: 'Mood' } }, '"Mood"[]'],
    [{ type: 'custom', types: { postgres: 'tsvector' } }, 'tsvector'],
  ]
  for (const [type, text] of spelled) assert.equal(spelling.type(type), text)
})

function literal(value: Value, type: ColumnType): string {
  return toText(spelling.expression(spelling.defaultExpression({ value }, type)))
}

test('a default says its type where a bare literal would say another, or nothing', () => {
  const array = (of: ColumnType): ColumnType => ({ type: 'array', of })
  assert.equal(literal("it's", { type: 'varchar', length: 9 }), "'it''s'")
  assert.equal(literal(-1, { type: 'integer' }), '-1')
  assert.equal(literal(true, { type: 'boolean' }), 'true')
  assert.equal(literal('12345678901234567.89', { type: 'decimal', precision: 20, scale: 2 }), '12345678901234567.89')
  assert.equal(literal({ $bigint: '9007199254740993' }, { type: 'bigInteger' }), '9007199254740993')
  assert.equal(literal('2026-11-21', { type: 'date' }), "'2026-11-21'::date")
  assert.equal(literal('07:54:48', { type: 'time' }), "'07:54:48'::time without time zone")
  assert.equal(
    literal('2026-11-21T07:54:48.120Z', { type: 'timestamp' }),
    "'2026-11-21 07:54:48.12+00'::timestamp with time zone",
  )
  assert.equal(literal({ $json: ['a'] }, { type: 'json' }), `'["a"]'::jsonb`)
  assert.equal(literal({ $bytes: '00FF' }, { type: 'binary' }), "'\\x00ff'::bytea")
  assert.equal(literal('P1D', { type: 'duration' }), "'P1D'::interval")
  assert.equal(literal('[1,5)', { type: 'range', of: 'integer' }), "'[1,5)'::int4range")
  assert.equal(literal('ok', { type: 'enum', values: ['ok'], native: 'Mood' }), `'ok'::"Mood"`)
  assert.equal(literal({ $json: [] }, array({ type: 'text' })), "'{}'::text[]")
  assert.equal(
    literal({ $json: ['a', 'b c', '', 'null', null, 'x"y\\'] }, array({ type: 'text' })),
    `'{a,"b c","","null",NULL,"x\\"y\\\\"}'::text[]`,
  )
  assert.equal(literal({ $json: [[1, 2], [3]] }, array({ type: 'integer' })), "'{{1,2},{3}}'::integer[]")
  assert.equal(literal({ $json: [[1], { a: 'b' }] }, array({ type: 'json' })), `'{[1],"{\\"a\\":\\"b\\"}"}'::jsonb[]`)
  assert.equal(literal({ $json: ['abc'] }, array({ type: 'varchar', length: 2 })), "'{abc}'")
})

test('now and uuid are what the server makes for each row', () => {
  assert.deepEqual(spelling.defaultExpression('now', { type: 'timestamp' }), { kind: 'sql', sql: 'now()' })
  assert.deepEqual(spelling.defaultExpression('uuid', { type: 'uuid' }), { kind: 'sql', sql: 'gen_random_uuid()' })
})

test('an enum that is text has a check of its own, a native one needs none', () => {
  assert.deepEqual(spelling.typeCheck({ type: 'enum', values: ['a', 'b'] }, 'kind'), {
    kind: 'in',
    operand: { kind: 'column', name: 'kind' },
    values: ['a', 'b'],
  })
  assert.equal(spelling.typeCheck({ type: 'enum', values: ['a'], native: 'mood' }, 'kind'), undefined)
  assert.equal(spelling.typeCheck({ type: 'json' }, 'data'), undefined)
})

test('expressions are written by the rules of PostgreSQL', () => {
  const active: Expression = {
    kind: 'compare',
    operator: '=',
    left: { kind: 'column', name: 'active' },
    right: { kind: 'value', value: true },
  }
  assert.equal(toText(spelling.expression(active)), '"active" = true')
  assert.equal(toText(spelling.table('Blog.Post')), '"Blog"."Post"')
  assert.equal(toText(spelling.expression({ kind: 'sql', sql: { postgres: 'a ~ b', sqlite: 'x' } })), 'a ~ b')
})
