import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { inspect } from 'node:util'
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
  [f.enum(['draft', 'sent']), 'sent', 'sent'],
  [f.array(f.integer()), [1, 2n], { $json: [1, 2] }],
  [f.array(f.integer()), [], { $json: [] }],
  [f.array(f.bigInteger()), [2n ** 60n], { $json: [{ $bigint: '1152921504606846976' }] }],
  [f.array(f.date()), [new Date(0)], { $json: ['1970-01-01'] }],
  [f.array(f.binary()), [Uint8Array.of(255)], { $json: [{ $bytes: 'ff' }] }],
  [f.array(f.json()), [{ $json: null }, [1]], { $json: [{ $json: null }, { $json: [1] }] }],
  [f.duration(), 'P1DT2H30M', 'P1DT2H30M'],
  [f.duration(), 'pt-1.5s', 'PT-1.5S'],
  [f.ipAddress(), '192.0.2.1', '192.0.2.1'],
  [f.ipAddress(), '2001:DB8::/32', '2001:db8::/32'],
  [f.integerRange(), '[1,10)', '[1,10)'],
  [f.integerRange(), ' ( 01 , ] ', '(1,]'],
  [f.integerRange(), 'EMPTY', 'empty'],
  [f.bigIntegerRange(), '[-9223372036854775808,0]', '[-9223372036854775808,0]'],
  [f.decimalRange(), '(,1.50]', '(,1.50]'],
  [f.dateRange(), '["2026-01-31","2026-02-01")', '[2026-01-31,2026-02-01)'],
  [f.dateTimeRange(), '[2026-01-31T01:00:00+01:00,)', '[2026-01-31T00:00:00.000Z,)'],
  [f.custom({ types: { plain: 'point' } }), '(1,2)', '(1,2)'],
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
  [f.enum(['draft', 'sent']), 'paid'],
  [f.array(f.integer()), 1],
  [f.array(f.integer()), '{1,2}'],
  [f.array(f.integer()), [1, 'two']],
  [f.array(f.text()), ['a', null]],
  [f.array(f.char({ maxLength: 2 })), ['abc']],
  [f.duration(), 'P1M'],
  [f.duration(), 'P'],
  [f.duration(), 'P1DT'],
  [f.duration(), '02:30:00'],
  [f.duration(), 3600],
  [f.ipAddress(), '192.0.2.256'],
  [f.ipAddress(), '192.0.2.0/33'],
  [f.ipAddress(), 'fe80::1%eth0'],
  [f.ipAddress(), 'localhost'],
  [f.integerRange(), '[1,10'],
  [f.integerRange(), '[1.5,2)'],
  [f.integerRange(), '[10,1)'],
  [f.integerRange(), '[1,3000000000)'],
  [f.integerRange(), [1, 10]],
  [f.decimalRange(), '[a,b)'],
  [f.dateRange(), '[2026-02-30,)'],
  [f.dateTimeRange(), '[2026-01-31T01:00:00,)'],
  [f.custom({ types: { plain: 'point' } }), 5],
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
  return inspect(given, { breakLength: Number.POSITIVE_INFINITY })
}
