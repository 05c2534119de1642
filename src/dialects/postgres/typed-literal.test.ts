import assert from 'node:assert/strict'
import { test } from 'node:test'
import { typedLiteral } from './typed-literal.ts'

test('the elements of an array are documents, bytes and large integers, not their tags', () => {
  const written = [
    typedLiteral({ $json: [{ $json: { a: 1 } }, { $json: [1, 2] }] }, 'jsonb[]'),
    typedLiteral({ $json: [{ $bytes: '00ff' }] }, 'bytea[]'),
    typedLiteral({ $json: [{ $bigint: '9007199254740993' }, 3] }, 'bigint[]'),
    typedLiteral({ $json: ['a', 'b "c"', '', null] }, 'text[]'),
  ]
  assert.deepEqual(written, [
    String.raw`'{"{\"a\":1}","[1,2]"}'::jsonb[]`,
    String.raw`'{"\\x00ff"}'::bytea[]`,
    `'{9007199254740993,3}'::bigint[]`,
    String.raw`'{a,"b \"c\"","",NULL}'::text[]`,
  ])
})
