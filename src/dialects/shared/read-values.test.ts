import assert from 'node:assert/strict'
import { test } from 'node:test'
import { decimalText, exactInteger, momentOf, shortTime } from './read-values.ts'

test('a whole number is a number as far as numbers are exact, whatever the driver made of it', () => {
  assert.deepEqual([5, 5n, '5', '-0'].map(exactInteger), [5, 5, 5, -0])
  assert.deepEqual(['9007199254740991', 9007199254740993n, '-9223372036854775808'].map(exactInteger), [
    9007199254740991,
    9007199254740993n,
    -9223372036854775808n,
  ])
})

test('a decimal has all its places, and no digit is made up or lost', () => {
  const texts = ['12.5', '12', '12.500', '-0.1', '1.0e+20', '1e-7', '12345678901234567890.12', '0.125']
  assert.deepEqual(
    texts.map((text) => decimalText(text, 2)),
    ['12.50', '12.00', '12.50', '-0.10', '100000000000000000000.00', '0.00', '12345678901234567890.12', '0.125'],
  )
  assert.deepEqual(
    ['12.0', '7'].map((text) => decimalText(text, 0)),
    ['12', '7'],
  )
})

test('a moment is read however it was stored: with a zone or without, to the day or to the microsecond, or as a number', () => {
  const nine = new Date('2026-11-21T09:00:00.000Z')
  const spellings = [
    '2026-11-21T09:00:00.000Z',
    '2026-11-21 09:00:00',
    '2026-11-21T11:00:00+02:00',
    '2026-11-21 09:00:00+00',
  ]
  for (const spelling of [...spellings, nine, nine.getTime()]) assert.deepEqual(momentOf(spelling), nine)
  assert.deepEqual(momentOf('2026-11-21'), new Date('2026-11-21T00:00:00Z'))
  assert.deepEqual(momentOf('2026-11-21T09:00:00.123987Z'), new Date('2026-11-21T09:00:00.123Z'))
})

test('a time of day ends with its last digit that is not zero', () => {
  const times = ['07:54:48', '07:54:48.120', '07:54:48.000', '00:00:00.000001', '10:00:00']
  assert.deepEqual(times.map(shortTime), ['07:54:48', '07:54:48.12', '07:54:48', '00:00:00.000001', '10:00:00'])
})
