import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { Value } from '../schema/value.ts'
import { f } from './f.ts'
import type { Field } from './field.ts'
import { kindOf } from './kinds.ts'

const key = { primaryKey: true } as const
const money = f.decimal({ maxDigits: 20, decimalPlaces: 2 })

const held: readonly [field: Field, given: unknown, kept: Value][] = [
  [f.integer(), 5, 5],
  [f.integer(), 5n, 5],
  [f.bigInteger(), 2n ** 60n, { $bigint: '1152921504606846976' }],
  [f.bigInteger(), { $bigint: '12' }, 12],
  [f.auto(key), 1, 1],
  [f.boolean(), false, false],
  [f.char({ maxLength: 2 }), '😀😀', '😀😀'],
  [f.text(), '', ''],
  [f.slug(), 'a-b', 'a-b'],
  [f.email(), 'ada@example.org', 'ada@example.org'],
  [f.url(), 'https://example.org', 'https://example.org'],
  [f.uuid(), '123E4567-E89B-42D3-A456-426614174000', '123e4567-e89b-42d3-a456-426614174000'],
  [money, 9.9, 9.9],
  [money, '9.90', 9.9],
  [money, '-0.50', -0.5],
  [money, '.5', 0.5],
  [money, '0', 0],
  [money, 12n, 12],
  [money, '123456789012345678.90', '123456789012345678.9'],
  [f.float(), 1e300, 1e300],
  [f.date(), '2024-02-29', '2024-02-29'],
  [f.date(), new Date('2026-11-21T23:00:00Z'), '2026-11-21'],
  [f.time(), '09:00', '09:00:00'],
  [f.time(), '09:00:01.25', '09:00:01.25'],
  [f.dateTime(), new Date(0), '1970-01-01T00:00:00.000Z'],
  [f.dateTime(), '2026-11-21T09:54:48+02:00', '2026-11-21T07:54:48.000Z'],
  [f.dateTime(), '2026-11-21', '2026-11-21T00:00:00.000Z'],
  [f.json(), { a: [1, null] }, { $json: { a: [1, null] } }],
  [f.json(), 'text', { $json: 'text' }],
  [f.json(), { $json: null }, { $json: null }],
  [f.binary(), Uint8Array.of(0, 255), { $bytes: '00ff' }],
  [f.binary(), { $bytes: '00FF' }, { $bytes: '00ff' }],
  [f.foreignKey('User'), 7n, 7],
  [f.foreignKey('User'), 'abc', 'abc'],
]

const refused: readonly [field: Field, given: unknown][] = [
  [f.integer(), 1.5],
  [f.integer(), '5'],
  [f.integer(), 2 ** 31],
  [f.smallInteger(), -32_769],
  [f.bigInteger(), 2n ** 63n],
  [f.positiveInteger(), -1],
  [f.boolean(), 1],
  [f.char({ maxLength: 2 }), 'abc'],
  [f.text(), 5],
  [f.uuid(), '123e4567'],
  [money, 'ten'],
  [money, ''],
  [money, '.'],
  [money, 9.999],
  [money, 1e20],
  [f.decimal({ maxDigits: 3, decimalPlaces: 2 }), 10],
  [f.float(), Number.NaN],
  [f.date(), '2023-02-29'],
  [f.date(), '21.11.2026'],
  [f.date(), new Date('nonsense')],
  [f.time(), '24:00'],
  [f.dateTime(), '2026-11-21T07:54:48'],
  [f.dateTime(), 'now'],
  [f.json(), { a: undefined }],
  [f.json(), new Map()],
  [f.binary(), 'text'],
  [f.binary(), { $bytes: 'xyz' }],
  [f.foreignKey('User'), true],
  [f.manyToMany('User'), 1],
]

describe('a literal', () => {
  for (const [field, given, kept] of held) {
    it(`${field.kind} keeps ${show(given)} as ${JSON.stringify(kept)}`, () => {
      const { literal } = kindOf(field)
      assert.deepEqual({ once: literal(given, field), twice: literal(kept, field) }, { once: kept, twice: kept })
    })
  }
  for (const [field, given] of refused) {
    it(`${field.kind} cannot hold ${show(given)}`, () => {
      assert.equal(kindOf(field).literal(given, field), undefined)
    })
  }
})

function show(given: unknown): string {
  return typeof given === 'object'
    ? `${given instanceof Date ? given.getTime() : JSON.stringify(given)}`
    : String(given)
}
