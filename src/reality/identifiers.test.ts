import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fieldNameFrom, freshNames, modelNameFrom, wordsOf } from './identifiers.ts'

test('names become camelCase, whatever they were', () => {
  for (const [name, field, model] of [
    ['customer_id', 'customerId', 'CustomerId'],
    ['CustomerID', 'customerId', 'CustomerId'],
    ['ORDER_LINES', 'orderLines', 'OrderLines'],
    ['Order Details', 'orderDetails', 'OrderDetails'],
    ['HTTPServer2', 'httpServer2', 'HttpServer2'],
    ['_private_', 'private', 'Private'],
    ['straße', 'strasse', 'Strasse'],
    ['Ελλάδα', 'field', 'Table'],
    ['2fa', 'field2fa', 'Table2fa'],
    ['buffer', 'buffer', 'TableBuffer'],
  ] as const) {
    assert.equal(fieldNameFrom(wordsOf(name)), field)
    assert.equal(modelNameFrom(wordsOf(name)), model)
  }
})

test('a name is given once, whatever its case', () => {
  const names = freshNames(['Taken'])
  assert.equal(names.claim('taken', 'other'), 'other')
  assert.equal(names.claim('Other'), 'Other2')
  assert.equal(names.claim('other'), 'other3')
  assert.deepEqual([names.take('last'), names.take('LAST')], [true, false])
})
