import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { indexPrefixes, type MeasuredPart } from './index-prefixes.ts'

const prefixes = (...parts: readonly (string | MeasuredPart)[]): readonly (number | undefined)[] =>
  indexPrefixes(parts.map((part) => (typeof part === 'string' ? { type: part } : part)))

test('a text of any length is cut, and what fits is not', () => {
  assert.deepEqual(prefixes('longtext'), [255])
  assert.deepEqual(prefixes('longblob', 'json'), [255, 255])
  assert.deepEqual(prefixes('varchar(768)'), [undefined])
  assert.deepEqual(prefixes('bigint', 'varchar(255)', 'datetime(6)'), [undefined, undefined, undefined])
})

test('where the key would be too long, everything that can be cut gets an equal share', () => {
  assert.deepEqual(prefixes('varchar(769)'), [768])
  assert.deepEqual(prefixes('varchar(500)', 'varchar(500)'), [384, 384])
  assert.deepEqual(prefixes('int', 'varchar(700)', 'longtext'), [undefined, 383, 255])
})

test('what is asked for is taken, as far as it cuts anything', () => {
  assert.deepEqual(prefixes({ type: 'varchar(20)', asked: 5 }, { type: 'longtext', asked: 700 }), [5, 700])
  assert.deepEqual(prefixes({ type: 'varchar(20)', asked: 20 }, { type: 'varchar(20)', asked: 30 }), [
    undefined,
    undefined,
  ])
  assert.deepEqual(prefixes({ type: 'longtext', asked: 3000 }), [768])
})

test('no key is longer than the server takes', () => {
  const length = fc.integer({ min: 1, max: 5000 })
  const type = fc.oneof(
    length.map((n) => `varchar(${n})`),
    length.map((n) => `varbinary(${n})`),
    fc.constantFrom('longtext', 'longblob', 'bigint', 'decimal(65,30)', 'uuid', 'tinyint(1)'),
  )
  const units: Readonly<Record<string, number>> = { varchar: 4, longtext: 4, varbinary: 1, longblob: 1 }
  fc.assert(
    fc.property(fc.array(type, { minLength: 1, maxLength: 16 }), (types) => {
      const found = prefixes(...types)
      const bytes = types.map((text, index) => {
        const [, base = '', size = ''] = /^(\w+)(?:\((\d+))?/.exec(text) ?? []
        const unit = units[base]
        return unit === undefined ? 0 : (found[index] ?? Number(size)) * unit
      })
      assert.ok(bytes.reduce((sum, one) => sum + one, 0) <= 3072, `${types} ${found}`)
    }),
  )
})
