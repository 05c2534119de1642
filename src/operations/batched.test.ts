import assert from 'node:assert/strict'
import { test } from 'node:test'
import { f } from '../fields/f.ts'
import { stateOf } from '../state/with-model.ts'
import { batched } from './batched.ts'
import { canonicalOperations, operationsChecksum } from './canonical.ts'
import { applyOperation, describe, isReversible, touches } from './definitions.ts'
import { filterFromData, filterToData } from './filter-data.ts'
import type { Operation } from './operation.ts'
import { operationMistake } from './operation-mistake.ts'
import { hasCode, parseOperations } from './parse-operations.ts'

const id = f.bigAuto({ primaryKey: true })
const context = { app: 'billing', migration: '0002_fill' }
const state = stateOf([
  { app: 'accounts', name: 'User', fields: { id } },
  {
    app: 'billing',
    name: 'Invoice',
    fields: { id, note: f.text({ null: true }), owner: f.foreignKey('accounts.User') },
  },
  { app: 'billing', name: 'Log', fields: { line: f.text() }, options: { primaryKey: [] } },
])

const set = { run: { set: { note: '' } } }

test('values are kept as plain data, whatever they are written as', () => {
  const { run } = batched({
    model: 'Invoice',
    run: { set: { a: 7n, b: new Date(0), c: new Uint8Array([1, 255]), d: { e: 1 }, f: null, g: { $bigint: '8' } } },
  })
  const kept = {
    a: { $bigint: '7' },
    b: '1970-01-01T00:00:00.000Z',
    c: { $bytes: '01ff' },
    d: { $json: { e: 1 } },
    f: null,
    g: { $bigint: '8' },
  }
  assert.deepEqual(run, { set: kept })
})

test('it is told in one line, and can be unapplied where it says how', () => {
  const operations = [
    batched({ model: 'Invoice', ...set }),
    batched({ model: 'Invoice', run: () => {}, backwards: 'nothing' }),
    batched({ model: 'Invoice', ...set, description: 'Tidy up' }),
  ]
  assert.deepEqual(operations.map(describe), [
    'Set note of Invoice in batches',
    'Run code over Invoice in batches',
    'Tidy up',
  ])
  assert.deepEqual(operations.map(isReversible), [false, true, false])
})

test('it touches its model and those that it declares, and anything where a filter spans a relation', () => {
  const touched = (operation: Operation): readonly string[] => touches(operation, context).models
  assert.deepEqual(
    touched(batched({ model: 'Invoice', ...set, where: { note: { not: null }, or: [{ id: { in: [1] } }] } })),
    ['billing.Invoice'],
  )
  assert.deepEqual(touched(batched({ model: 'accounts.User', models: { Invoice: 'Invoice' }, run: () => {} })), [
    'accounts.User',
    'billing.Invoice',
  ])
  for (const where of [{ owner: { name: 'Greg' } }, { not: { owner: {}, lines: { amount: 3 } } }]) {
    assert.deepEqual(touched(batched({ model: 'Invoice', ...set, where })), ['*'])
  }
})

test('it is refused over what is not there, and over rows without a key', () => {
  const refused = (operation: Operation, code: string): void =>
    void assert.throws(() => applyOperation(operation, state, context), { code })
  assert.equal(applyOperation(batched({ model: 'Invoice', run: { set: { ownerId: 1 } } }), state, context), state)
  refused(batched({ model: 'Invoce', ...set }), 'migrations.operationUnknownModel')
  refused(batched({ model: 'Invoice', models: { User: 'User' }, ...set }), 'migrations.operationUnknownModel')
  refused(batched({ model: 'Invoice', run: { set: { nota: 1 } } }), 'migrations.operationUnknownField')
  refused(batched({ model: 'Log', run: () => {} }), 'migrations.batchedWithoutKey')
})

test('what no compiler has looked at is looked at', () => {
  const problemOf = (given: object): string | undefined =>
    operationMistake({ kind: 'batched', model: 'Invoice', ...given } as Operation)?.problem
  assert.equal(problemOf({ ...set, backwards: 'nothing', size: 10 }), undefined)
  assert.match(problemOf({}) ?? '', /without `run`/)
  assert.match(problemOf({ run: { set: {} } }) ?? '', /neither a function nor values/)
  assert.match(problemOf({ run: { note: '' } }) ?? '', /neither a function nor values/)
  assert.match(problemOf({ ...set, backwards: 'none' }) ?? '', /`backwards` is neither/)
  assert.match(problemOf({ ...set, size: 0.5 }) ?? '', /no number of rows/)
})

test('the record keeps all but functions; how large the batches are is no part of it', () => {
  const where = {
    id: { gt: 9007199254740993n, in: [1] },
    at: new Date(0),
    bytes: new Uint8Array([7]),
    or: [{ note: null }],
  }
  const operation = batched({ model: 'Invoice', where, ...set, backwards: 'nothing' })
  const recorded = canonicalOperations([operation])
  const [parsed] = parseOperations(JSON.parse(JSON.stringify(recorded)))
  assert.ok(parsed !== undefined && hasCode(parsed))
  assert.deepEqual(canonicalOperations([parsed]), recorded)
  assert.equal(operationsChecksum([{ ...operation, size: 7 }]), operationsChecksum([operation]))
  assert.equal(operationsChecksum([batched({ model: 'Invoice', where, ...set })]), operationsChecksum([operation]))
  const [code] = parseOperations(
    canonicalOperations([batched({ model: 'Invoice', run: () => {}, backwards: () => {} })]),
  )
  assert.ok(code !== undefined && !hasCode(code) && isReversible(code))
})

test('a filter comes back from data as it was', () => {
  const filter = { a: 7n, b: { range: [new Date(0), new Date(1)] }, not: { c: null }, d: { in: ['x', 3, true] } }
  assert.deepEqual(filterFromData(JSON.parse(JSON.stringify(filterToData(filter)))), filter)
})
