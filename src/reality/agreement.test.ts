import assert from 'node:assert/strict'
import { test } from 'node:test'
import { postgres } from '../dialects/postgres/dialect.ts'
import type { Expression } from '../schema/expression.ts'
import type { Value } from '../schema/value.ts'
import { agreementOf } from './agreement.ts'

const dialect = postgres()
const sql = (text: string): Expression => ({ kind: 'sql', sql: text })
const value = (content: Value): Expression => ({ kind: 'value', value: content })
const inList = (...values: readonly Value[]): Expression => ({
  kind: 'in',
  operand: { kind: 'column', name: 'status' },
  values,
})
const agreements = (pairs: readonly (readonly [Expression, string])[]) =>
  pairs.map(([declared, found]) => agreementOf(declared, sql(found), dialect))

test('the same literal is the same, in whatever words the server prints it', () => {
  const printed = "((status)::text = ANY ((ARRAY['a'::character varying, 'b'::character varying])::text[]))"
  assert.deepEqual(
    agreements([
      [value('draft'), "'draft'::character varying"],
      [value(0), "'0'::smallint"],
      [inList('a', 'b'), printed],
    ]).filter((one) => one !== 'same'),
    [],
  )
})

test('words and numbers that are others differ; what can be written in several ways is not known', () => {
  assert.deepEqual(
    agreements([
      [value('draft'), "'sent'::character varying"],
      [value(1), '2'],
      [inList('a'), "((status)::text = ANY ((ARRAY['a'::character varying, 'b'::character varying])::text[]))"],
    ]),
    ['different', 'different', 'different'],
  )
  assert.deepEqual(
    agreements([
      [value('10:30'), "'10:30:00'::time without time zone"],
      [sql('price > 0'), '(price > (0)::numeric)'],
    ]),
    ['unknown', 'unknown'],
  )
})
