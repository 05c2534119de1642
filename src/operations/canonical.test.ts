import assert from 'node:assert/strict'
import { test } from 'node:test'
import { f } from '../fields/f.ts'
import { canonicalOperations, codeFingerprint, operationsChecksum } from './canonical.ts'
import { isReversible, touches } from './definitions.ts'
import { addField, createModel, custom, renameField, runCode, runSql, separateDatabaseAndState } from './index.ts'
import type { CodeContext, CodeStep, Operation } from './operation.ts'
import { hasCode, parseOperations, waysBackSurvive } from './parse-operations.ts'
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
  assert.throws(
    () => code.forwards({ models: {}, db: undefined as never, log: () => undefined, progress: () => undefined }),
    {
      code: 'migrations.operationWithoutCode',
    },
  )
  assert.throws(() => parseOperations([{ kind: 'fromTheFuture' }]), { code: 'migrations.operationWithoutCode' })
})

test('which models code declares is recorded, and to declare them later is no edit', () => {
  const forwards = (): void => {}
  const declared = [runCode({ models: { Post: 'blog.Post' }, forwards })]
  assert.equal(operationsChecksum(declared), operationsChecksum([runCode({ forwards })]))
  const [read] = parseOperations(JSON.parse(JSON.stringify(canonicalOperations(declared))))
  assert.ok(read?.kind === 'runCode')
  assert.deepEqual(read.models, { Post: 'blog.Post' })
  const touched = touches(read, { app: 'blog', migration: '0001' })
  assert.deepEqual(touched, { models: ['blog.Post'] })
  assert.deepEqual(touches(runCode({ forwards }), { app: 'blog', migration: '0001' }), { models: ['*'] })
})

test('a way back whose body is empty is recorded as nothing, and needs no function to be taken', () => {
  const forwards = () => {}
  const empty: readonly CodeStep[] = [
    async () => {},
    () => {},
    async function undo() {},
    { async backwards(_: unknown) {} }.backwards,
  ]
  for (const backwards of empty) {
    const [recorded] = canonicalOperations([runCode({ forwards, backwards })])
    assert.deepEqual(recorded, { kind: 'runCode', backwards: 'nothing' })
    assert.ok(parseOperations(canonicalOperations([runCode({ forwards, backwards })])).every(waysBackSurvive))
  }
  const full = canonicalOperations([runCode({ forwards, backwards: ({ log }) => log('back') })])
  assert.deepEqual(full, [{ kind: 'runCode', backwards: true }])
  assert.equal(parseOperations(full).every(waysBackSurvive), false)
})
