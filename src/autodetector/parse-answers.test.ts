import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parseAnswers } from './parse-answers.ts'
import { literalText, parseLiteral } from './parse-literal.ts'

test('flags answer every kind of question', () => {
  const flags = [
    `billing.Invoice.status:fill='draft'`,
    'billing.Invoice.sum:renamedFrom=total',
    'billing.Bill:renamedFrom=sales.Invoice',
    'billing.Note:renamedFrom=none',
    'billing.Invoice.count:steps=safe',
    'billing.Invoice.count:fill=0',
    'billing.Invoice.note:null=true',
    'billing.Invoice.later:fill=none',
    'billing.Invoice.old:fillRestored=none',
    `billing.Invoice.equation:fill='a = b'`,
    'billing.Invoice.payer:rows=keep',
    'billing.Invoice.tags:rows=drop',
    'billing:merge=yes',
    'accounts:merge=no',
  ]
  assert.deepEqual(
    parseAnswers({ flags }),
    new Map<string, unknown>([
      ['billing.Invoice.status:fill', { kind: 'fill', value: 'draft' }],
      ['billing.Invoice.sum:renamedFrom', { kind: 'renamedFrom', name: 'total' }],
      ['billing.Bill:renamedFrom', { kind: 'renamedFrom', name: 'sales.Invoice' }],
      ['billing.Note:renamedFrom', { kind: 'notRenamed' }],
      ['billing.Invoice.count:steps', { kind: 'safeSteps' }],
      ['billing.Invoice.count:fill', { kind: 'fill', value: 0 }],
      ['billing.Invoice.note:null', { kind: 'makeNullable' }],
      ['billing.Invoice.later:fill', { kind: 'none' }],
      ['billing.Invoice.old:fillRestored', { kind: 'none' }],
      ['billing.Invoice.equation:fill', { kind: 'fill', value: 'a = b' }],
      ['billing.Invoice.payer:rows', { kind: 'keepRows' }],
      ['billing.Invoice.tags:rows', { kind: 'dropRows' }],
      ['billing:merge', { kind: 'merge' }],
      ['accounts:merge', { kind: 'doNotMerge' }],
    ]),
  )
})

test('a file answers with values of JSON, and a flag wins over it', () => {
  const json = {
    'billing.Invoice.status:fill': 'draft',
    'billing.Invoice.settings:fill': { theme: 'dark' },
    'billing.Invoice.big:fill': { $bigint: '9007199254740993' },
    'billing.Note:renamedFrom': null,
    'billing.Invoice.count:steps': 'safe',
    'billing.Invoice.note:null': true,
  }
  assert.deepEqual(
    parseAnswers({ json, flags: ['billing.Note:renamedFrom=Memo'] }),
    new Map<string, unknown>([
      ['billing.Invoice.status:fill', { kind: 'fill', value: 'draft' }],
      ['billing.Invoice.settings:fill', { kind: 'fill', value: { $json: { theme: 'dark' } } }],
      ['billing.Invoice.big:fill', { kind: 'fill', value: { $bigint: '9007199254740993' } }],
      ['billing.Note:renamedFrom', { kind: 'renamedFrom', name: 'Memo' }],
      ['billing.Invoice.count:steps', { kind: 'safeSteps' }],
      ['billing.Invoice.note:null', { kind: 'makeNullable' }],
    ]),
  )
})

test('an answer that cannot be read is refused', () => {
  const bad = [
    'billing.Invoice.status',
    'billing.Invoice.status=draft',
    'billing.Invoice.status:colour=red',
    'billing.Invoice.status:fill=draft',
    'billing.Invoice.status:fill=null',
    'billing.Invoice.status:steps=fast',
    'billing.Invoice.status:null=false',
    'billing.Invoice.sum:renamedFrom=',
  ]
  for (const flag of bad) assert.throws(() => parseAnswers({ flags: [flag] }), { code: 'detection.badAnswer' }, flag)
  assert.throws(() => parseAnswers({ json: ['draft'] }), { code: 'detection.badAnswer' })
})

test('literals are read as they are typed, and written so that they can be read again', () => {
  const literals = [`'it''s'`, '12', '-3', '12.5', '0.12345678901234567890', '90071992547409931', 'true', '[1,2]'].map(
    parseLiteral,
  )
  assert.deepEqual(literals, [
    "it's",
    12,
    -3,
    12.5,
    '0.12345678901234567890',
    { $bigint: '90071992547409931' },
    true,
    { $json: [1, 2] },
  ])
  assert.equal(parseLiteral('"say \\"hi\\""'), 'say "hi"')
  assert.equal(parseLiteral('draft'), undefined)
  assert.equal(parseLiteral('"draft'), undefined)
  for (const value of ["it's", 12, true, { $bigint: '90071992547409931' }, { $json: { a: 1 } }]) {
    assert.deepEqual(parseLiteral(literalText(value)), value)
  }
})
