import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { f } from '../fields/f.ts'
import { isModel, model } from './model.ts'
import { check, exclusion, index, unique } from './parts.ts'
import { q } from './q.ts'

describe('a model', () => {
  it('keeps its name, fields and meta', () => {
    const Tag = model('Tag', { name: f.text() }, { table: 'tags' })
    assert.deepEqual(
      { name: Tag.name, fields: Tag.fields, meta: Tag.meta },
      { name: 'Tag', fields: { name: { kind: 'text' } }, meta: { table: 'tags' } },
    )
  })

  it('is told from everything else that a module exports', () => {
    assert.deepEqual([model('Tag', {}), { name: 'Tag', fields: {} }, undefined, null, 5].map(isModel), [
      true,
      false,
      false,
      false,
      false,
    ])
  })
})

describe('indexes and constraints are data', () => {
  it('a minus is descending, expressions come last', () => {
    assert.deepEqual(index({ fields: ['status', '-issuedAt'], expressions: [q.lower('email')], name: 'x' }), {
      name: 'x',
      parts: [
        { field: 'status' },
        { field: 'issuedAt', descending: true },
        { expression: { kind: 'call', function: 'lower', arguments: [{ kind: 'column', name: 'email' }] } },
      ],
    })
  })

  it('unique and check carry their kind', () => {
    assert.deepEqual(unique({ fields: ['email'], where: q.isNull('deletedAt') }), {
      kind: 'unique',
      parts: [{ field: 'email' }],
      where: { kind: 'isNull', operand: { kind: 'column', name: 'deletedAt' } },
    })
    assert.deepEqual(check({ name: 'c', condition: q.sql('1 = 1') }), {
      kind: 'check',
      name: 'c',
      condition: { kind: 'sql', sql: '1 = 1' },
    })
  })
})

describe('the finer points of indexes and constraints', () => {
  it('how a field is sorted and compared stands with its part', () => {
    assert.deepEqual(
      index({
        fields: ['status', '-issuedAt'],
        expressions: [{ expression: q.lower('email'), descending: true, nulls: 'last', operatorClass: 'x_ops' }],
        method: 'btree',
        include: ['total'],
        operatorClasses: { status: 'text_pattern_ops' },
        nulls: { issuedAt: 'last' },
        prefixLengths: { status: 10 },
      }),
      {
        parts: [
          { field: 'status', operatorClass: 'text_pattern_ops', prefixLength: 10 },
          { field: 'issuedAt', descending: true, nulls: 'last' },
          { expression: q.lower('email'), descending: true, nulls: 'last', operatorClass: 'x_ops' },
        ],
        include: ['total'],
        method: 'btree',
      },
    )
  })

  it('what is said of a field that is no part is refused', () => {
    const wrong = { code: 'models.orderOfNoPart' }
    // @ts-expect-error the compiler refuses it too
    assert.throws(() => index({ fields: ['status'], nulls: { total: 'last' } }), wrong)
    // @ts-expect-error the minus is no part of the name
    assert.throws(() => index({ fields: ['-status'], operatorClasses: { '-status': 'x_ops' } }), wrong)
    // @ts-expect-error the same of a length
    assert.throws(() => index({ fields: ['status'], prefixLengths: { total: 10 } }), wrong)
  })

  it('options that say nothing are left out', () => {
    assert.deepEqual(unique({ fields: ['a'], nullsNotDistinct: false, include: [] }), {
      kind: 'unique',
      parts: [{ field: 'a' }],
    })
    assert.deepEqual(unique({ fields: ['a'], nullsNotDistinct: true, deferrable: 'deferred' }), {
      kind: 'unique',
      parts: [{ field: 'a' }],
      nullsNotDistinct: true,
      deferrable: 'deferred',
    })
  })

  it('an exclusion has elements with operators', () => {
    const elements = [
      { field: 'room', operator: '=', operatorClass: 'x_ops' },
      { expression: q.lower('name'), operator: '=' },
    ] as const
    assert.deepEqual(exclusion({ name: 'apart', elements, where: q.isNull('gone'), deferrable: 'immediate' }), {
      kind: 'exclusion',
      name: 'apart',
      elements,
      where: q.isNull('gone'),
      deferrable: 'immediate',
    })
  })

  it('a model knows the fields that its declarations may name', () => {
    const fields = { room: f.integer(), during: f.integerRange(), note: f.text() }
    const elements = [{ field: 'during', operator: '&&' }] as const
    const meta = { schema: 'audit', constraints: [exclusion({ name: 'apart', elements })] }
    assert.deepEqual(model('Booking', fields, meta).meta, meta)
    // @ts-expect-error there is no field called `held`
    model('Booking', fields, { constraints: [exclusion({ name: 'x', elements: [{ field: 'held', operator: '&&' }] })] })
    // @ts-expect-error there is no field called `held`
    model('Booking', fields, { indexes: [index({ fields: ['room'], include: ['held'] })] })
  })
})

describe('q', () => {
  const total = { kind: 'column', name: 'total' } as const

  it('a bare string that stands first is a field, later ones are literals', () => {
    assert.deepEqual(q.eq('total', 'x'), {
      kind: 'compare',
      operator: '=',
      left: total,
      right: { kind: 'value', value: 'x' },
    })
    assert.deepEqual(q.lt('total', q.field('limit')), {
      kind: 'compare',
      operator: '<',
      left: total,
      right: { kind: 'column', name: 'limit' },
    })
    assert.deepEqual(q.between('total', 1, 2n), {
      kind: 'between',
      operand: total,
      low: { kind: 'value', value: 1 },
      high: { kind: 'value', value: 2 },
    })
  })

  it('several operands are taken from the left', () => {
    const step = { kind: 'arithmetic', operator: '+', left: total, right: { kind: 'value', value: 1 } } as const
    assert.deepEqual(q.add('total', 1, 2), {
      kind: 'arithmetic',
      operator: '+',
      left: step,
      right: { kind: 'value', value: 2 },
    })
  })

  it('conditions combine', () => {
    assert.deepEqual(q.or(q.not(q.in('total', [1, 2])), q.and(q.isNotNull('total'), q.like('total', 'a%'))), {
      kind: 'or',
      operands: [
        { kind: 'not', operand: { kind: 'in', operand: total, values: [1, 2] } },
        {
          kind: 'and',
          operands: [
            { kind: 'not', operand: { kind: 'isNull', operand: total } },
            { kind: 'like', operand: total, pattern: 'a%' },
          ],
        },
      ],
    })
  })

  it('literals are kept as plain data', () => {
    assert.deepEqual(
      [q.value(new Date(0)), q.value(2n ** 60n), q.value(Uint8Array.of(1)), q.value(null)],
      ['1970-01-01T00:00:00.000Z', { $bigint: '1152921504606846976' }, { $bytes: '01' }, null].map((value) => ({
        kind: 'value',
        value,
      })),
    )
  })

  it('a comparison with NULL is refused, as it is never true', () => {
    // @ts-expect-error the compiler refuses it too
    assert.throws(() => q.eq('total', null), { code: 'models.comparedWithNull' })
  })

  it('what no column can hold is refused', () => {
    assert.throws(() => q.gt('total', Number.NaN), { code: 'models.unusableLiteral' })
  })
})
