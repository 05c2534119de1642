import assert from 'node:assert/strict'
import { test } from 'node:test'
import { f } from '../fields/f.ts'
import { canonicalOperations, codeFingerprint, operationsChecksum } from './canonical.ts'
import { isReversible } from './definitions.ts'
import { addField, createModel, custom, renameField, runCode, runSql, separateDatabaseAndState } from './index.ts'
import type { CodeContext, Operation } from './operation.ts'
import { hasCode, parseOperations } from './parse-operations.ts'
import { touchesAnything } from './touching.ts'

const id = f.bigAuto({ primaryKey: true })
const owner = f.foreignKey('accounts.User', { relatedName: 'invoices' })
const audit = custom({
  type: 'acme.audit',
  data: { model: 'Invoice' },
  definition: {
    symbol: '+',
    describe: ({ type }) => type,
    nameFragment: () => undefined,
    apply: (_operation, state) => state,
    touches: () => touchesAnything,
  },
})
const everything: readonly Operation[] = [
  createModel({ name: 'Invoice', fields: { id, owner }, options: { table: 'invoices' } }),
  addField({ model: 'Invoice', name: 'status', field: f.char({ maxLength: 20 }), fillExisting: 'draft' }),
  renameField({ model: 'Invoice', from: 'status', to: 'state' }),
  runSql({
    forwards: ['SELECT 1'],
    stateOperations: [addField({ model: 'Invoice', name: 'x', field: owner })],
    elidable: true,
  }),
  runCode({ forwards: () => undefined, backwards: () => undefined, description: 'Fill in' }),
  separateDatabaseAndState({ databaseOperations: [runCode({ forwards: () => undefined })], stateOperations: [] }),
  audit,
]

test('operations become plain data, without functions and without what only code reads', () => {
  const target = { kind: 'foreignKey', to: 'accounts.User' }
  assert.deepEqual(canonicalOperations(everything), [
    {
      kind: 'createModel',
      name: 'Invoice',
      fields: { id: { kind: 'bigAuto', primaryKey: true }, owner: target },
      options: { table: 'invoices' },
    },
    {
      kind: 'addField',
      model: 'Invoice',
      name: 'status',
      field: { kind: 'char', maxLength: 20 },
      fillExisting: 'draft',
    },
    { kind: 'renameField', model: 'Invoice', from: 'status', to: 'state' },
    {
      kind: 'runSql',
      forwards: ['SELECT 1'],
      stateOperations: [{ kind: 'addField', model: 'Invoice', name: 'x', field: target }],
    },
    { kind: 'runCode', backwards: true },
    { kind: 'separateDatabaseAndState', databaseOperations: [{ kind: 'runCode' }], stateOperations: [] },
    { kind: 'custom', type: 'acme.audit', data: { model: 'Invoice' } },
  ])
})

test('the checksum sees what reaches a database, and nothing else', () => {
  const sum = (field: ReturnType<typeof f.char>) => operationsChecksum([addField({ model: 'A', name: 'b', field })])
  assert.match(sum(f.char({ maxLength: 1 })), /^[0-9a-f]{64}$/)
  assert.notEqual(sum(f.char({ maxLength: 1 })), sum(f.char({ maxLength: 2 })))
  const one = createModel({ name: 'A', fields: { id, owner } })
  const other = createModel({ name: 'A', fields: { owner: f.foreignKey('accounts.User'), id } })
  assert.equal(operationsChecksum([one]), operationsChecksum([other]))
  const code = (forwards: (context: CodeContext) => void) => operationsChecksum([runCode({ forwards })])
  assert.equal(
    code(() => undefined),
    code(({ log }) => log('another')),
  )
})

test('the fingerprint sees the functions, where there are any', () => {
  const print = (forwards: (context: CodeContext) => void) => codeFingerprint([runCode({ forwards })])
  assert.notEqual(
    print(() => undefined),
    print(({ log }) => log('another')),
  )
  assert.equal(codeFingerprint([renameField({ model: 'A', from: 'b', to: 'c' })]), undefined)
})

test('recorded operations come back, marked where their code is lost', async () => {
  const read = parseOperations(JSON.parse(JSON.stringify(canonicalOperations(everything))))
  assert.equal(operationsChecksum(read), operationsChecksum(everything))
  assert.deepEqual(read.map(hasCode), [true, true, true, true, false, false, false])
  assert.deepEqual(
    everything.map(hasCode),
    everything.map(() => true),
  )
  assert.deepEqual(read.slice(0, 4).map(isReversible), everything.slice(0, 4).map(isReversible))
  const [code] = read.slice(4)
  assert.ok(code?.kind === 'runCode' && isReversible(code))
  assert.throws(() => code.forwards({ db: undefined as never, log: () => undefined }), {
    code: 'migrations.operationWithoutCode',
  })
  assert.throws(() => parseOperations([{ kind: 'fromTheFuture' }]), { code: 'migrations.operationWithoutCode' })
})
