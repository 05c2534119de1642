import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { ColumnType } from '../../schema/column-type.ts'
import { spelling } from './column-types.ts'
import { reading } from './reading.ts'
import { sameType } from './type-meaning.ts'

const raw = (sql: string) => ({ kind: 'sql', sql }) as const
const column = { kind: 'column', name: 'a' } as const

test('a type is read back from its spelling', () => {
  const types: readonly ColumnType[] = [
    { type: 'smallInteger' },
    { type: 'integer' },
    { type: 'bigInteger' },
    { type: 'boolean' },
    { type: 'varchar', length: 20 },
    { type: 'text' },
    { type: 'uuid' },
    { type: 'decimal', precision: 12, scale: 2 },
    { type: 'double' },
    { type: 'date' },
    { type: 'time' },
    { type: 'timestamp' },
    { type: 'json' },
    { type: 'binary' },
  ]
  for (const type of types) assert.deepEqual(reading.type(spelling.type(type)), type)
})

test('names that SQLite takes for the same are', () => {
  for (const [a, b] of [
    ['nvarchar(160)', 'varchar(160)'],
    ['character varying(20)', 'varchar(20)'],
    ['char(2)', 'varchar(2)'],
    ['numeric(10, 2)', 'decimal(10, 2)'],
    ['numeric(10)', 'decimal(10, 0)'],
    ['int', 'integer'],
    ['int(11)', 'integer'],
    ['tinyint(1)', 'smallint'],
    ['unsigned big int', 'bigint'],
    ['real', 'double'],
    ['float', 'double'],
    ['double precision', 'double'],
    ['timestamp', 'datetime'],
    ['bool', 'boolean'],
    ['clob', 'text'],
    ['varchar', 'text'],
    ['', 'blob'],
  ] as const)
    assert.ok(sameType(a, b), `${a} is ${b}`)
})

test('names that it stores otherwise, or that are nobody’s, are not', () => {
  for (const [a, b] of [
    ['char(36)', 'varchar(36)'],
    ['string', 'text'],
    ['json', 'json_text'],
    ['varbinary(20)', 'blob'],
    ['numeric', 'decimal(10, 2)'],
    ['varchar(20)', 'varchar(30)'],
    ['integer', 'bigint'],
  ] as const)
    assert.ok(!sameType(a, b), `${a} is not ${b}`)
  for (const name of ['numeric', 'string', 'year', 'blob sub_type text']) assert.equal(reading.type(name), undefined)
})

test('a literal is read, in parentheses too, and nothing else is', () => {
  for (const [text, value] of [
    ["'it''s'", "it's"],
    ['(1)', 1],
    ['-1.5', -1.5],
    ['9007199254740993', { $bigint: '9007199254740993' }],
    ["x'00FF'", { $bytes: '00ff' }],
    ['TRUE', true],
    ['12.50', undefined],
    ['current_timestamp', undefined],
    ['1 + 1', undefined],
    ["('a' || 'b')", undefined],
  ] as const)
    assert.deepEqual(reading.literal(raw(text)), value, text)
})

test('the conditions that fields bring along are read', () => {
  const values = ['draft', 'sent']
  for (const [text, condition] of [
    [`"a" IN ('draft', 'sent')`, { kind: 'in', operand: column, values }],
    ["([a] in('draft','sent'))", { kind: 'in', operand: column, values }],
    ['a IN (-1, 2)', { kind: 'in', operand: column, values: [-1, 2] }],
    ['a >= 0', { kind: 'compare', operator: '>=', left: column, right: { kind: 'value', value: 0 } }],
    ['[a] >= (0)', undefined],
    ['json_valid("a")', { kind: 'call', function: 'jsonValid', arguments: [column] }],
    ['a > 0', undefined],
    ['a >= b', undefined],
    ["a NOT IN ('draft')", undefined],
    ["a IN ('draft') OR b IN ('sent')", undefined],
    ['a IN (SELECT 1)', undefined],
    ['length("a") >= 0', undefined],
  ] as const)
    assert.deepEqual(reading.condition(raw(text)), condition, text)
})
