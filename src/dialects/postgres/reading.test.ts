import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { ColumnType } from '../../schema/column-type.ts'
import { spelling } from './column-types.ts'
import { reading } from './reading.ts'

const raw = (sql: string) => ({ kind: 'sql', sql }) as const
const column = { kind: 'column', name: 'a' } as const

test('a type is read back from its spelling', () => {
  const types: readonly ColumnType[] = [
    { type: 'smallInteger' },
    { type: 'varchar', length: 20 },
    { type: 'decimal', precision: 12, scale: 2 },
    { type: 'double' },
    { type: 'time' },
    { type: 'timestamp' },
    { type: 'json' },
    { type: 'binary' },
    { type: 'duration' },
    { type: 'ipAddress' },
    { type: 'range', of: 'timestamp' },
    { type: 'array', of: { type: 'varchar', length: 9 } },
    { type: 'array', of: { type: 'timestamp' } },
  ]
  for (const type of types) assert.deepEqual(reading.type(spelling.type(type)), type)
})

test('a type that no field has is none', () => {
  const names = [
    'character varying',
    'character(2)',
    'numeric',
    'timestamp without time zone',
    'timestamp(3) with time zone',
  ]
  for (const name of [...names, 'real', 'json', 'tsvector', 'mood', '"Mood"', 'bit(3)', 'time(3) without time zone']) {
    assert.equal(reading.type(name), undefined, name)
  }
})

test('a literal is read with the type that the server says beside it', () => {
  for (const [text, value] of [
    ["'it''s'::character varying", "it's"],
    ["'-1'::integer", -1],
    ['-1', -1],
    ['true', true],
    ['4.99', 4.99],
    ['12.50', undefined],
    [`'{"a": 1}'::jsonb`, { $json: { a: 1 } }],
    ["'\\x00ff'::bytea", { $bytes: '00ff' }],
    ["'2026-01-02 10:00:00+00'::timestamp with time zone", '2026-01-02T10:00:00Z'],
    ["'2026-01-02'::date", '2026-01-02'],
    ["'G'::mpaa_rating", 'G'],
    ["'{}'::integer[]", undefined],
    ['now()', undefined],
    ["('a'::text || 'b'::text)", undefined],
    ["nextval('a_seq'::regclass)", undefined],
  ] as const)
    assert.deepEqual(reading.literal(raw(text)), value, text)
})

test('the conditions that fields bring along are read, as the server spells them', () => {
  for (const [text, condition] of [
    ["((a)::text = ANY ((ARRAY['x'::character varying, 'y'::character varying])::text[]))", ['x', 'y']],
    ["(a = ANY (ARRAY['x'::text, 'y'::text]))", ['x', 'y']],
    ['(a = ANY (ARRAY[1, 2, 3]))', [1, 2, 3]],
    ["((a)::text = 'x'::text)", ['x']],
  ] as const)
    assert.deepEqual(reading.condition(raw(text)), { kind: 'in', operand: column, values: condition }, text)
  assert.deepEqual(reading.condition(raw('(a >= 0)')), {
    kind: 'compare',
    operator: '>=',
    left: column,
    right: { kind: 'value', value: 0 },
  })
})

test('no other condition is taken for one of them', () => {
  for (const text of [
    '(a > 0)',
    '((a)::boolean AND (b >= 0))',
    '((a >= 0) AND (a <= 1))',
    "(a <> ALL (ARRAY['x'::text]))",
    '(lower(a) = ANY (ARRAY[1]))',
    "(a = ANY (ARRAY[b, 'x'::text]))",
    '(a >= (0)::numeric + 1)',
    '(a IS NOT NULL)',
    '(a = b)',
  ])
    assert.equal(reading.condition(raw(text)), undefined, text)
})
