import assert from 'node:assert/strict'
import { test } from 'node:test'
import { f } from '../fields/f.ts'
import type { Field } from '../fields/field.ts'
import { q } from '../models/q.ts'
import { addField } from '../operations/add-field.ts'
import { alterField } from '../operations/alter-field.ts'
import { describe } from '../operations/definitions.ts'
import { removeField } from '../operations/remove-field.ts'
import { renameField } from '../operations/rename-field.ts'
import { stateOf } from '../state/with-model.ts'
import { type DetectOptions, detect } from './detect.ts'
import type { Answer, Question } from './question.ts'

type Fields = Readonly<Record<string, Field>>

const id = f.bigAuto({ primaryKey: true })

function invoice(fields: Fields) {
  return stateOf([
    { app: 'accounts', name: 'User', fields: { id } },
    { app: 'billing', name: 'Tag', fields: { id } },
    { app: 'billing', name: 'Invoice', fields: { id, ...fields } },
  ])
}

function detectFields(from: Fields, to: Fields, options: Partial<DetectOptions> = {}) {
  return detect({ from: invoice(from), to: invoice(to), ...options })
}

function operations(from: Fields, to: Fields, options: Partial<DetectOptions> = {}) {
  const detection = detectFields(from, to, options)
  assert.equal(detection.kind, 'operations')
  return detection.kind === 'operations' ? detection.operations.map(({ operation }) => operation) : []
}

function questions(from: Fields, to: Fields, options: Partial<DetectOptions> = {}): readonly Question[] {
  const detection = detectFields(from, to, options)
  assert.equal(detection.kind, 'questions')
  return detection.kind === 'questions' ? detection.questions : []
}

const sumIsTotal = new Map<string, Answer>([
  ['billing.Invoice.sum:renamedFrom', { kind: 'renamedFrom', name: 'total' }],
])
const sumIsNew = new Map<string, Answer>([['billing.Invoice.sum:renamedFrom', { kind: 'notRenamed' }]])

test('a nullable field is added without a question', () => {
  const note = f.text({ null: true })
  assert.deepEqual(operations({}, { note }), [addField({ model: 'Invoice', name: 'note', field: note })])
})

test('what only code reads is no change', () => {
  const before = f.foreignKey('accounts.User', { relatedName: 'invoices' })
  const after = f.foreignKey('accounts.User', { relatedName: 'bills' })
  assert.deepEqual(operations({ owner: before }, { owner: after }), [])
})

test('an altered option of the database alters the field', () => {
  const after = f.char({ maxLength: 40 })
  assert.deepEqual(operations({ number: f.char({ maxLength: 20 }) }, { number: after }), [
    alterField({ model: 'Invoice', name: 'number', field: after }),
  ])
})

test('a removed and an added field of one kind are asked about', () => {
  assert.deepEqual(questions({ total: f.integer() }, { sum: f.integer() }), [
    {
      kind: 'fieldRenamed',
      key: 'billing.Invoice.sum:renamedFrom',
      model: 'billing.Invoice',
      field: 'sum',
      candidates: [{ name: 'total', alsoChanges: [] }],
    },
  ])
})

test('a rename keeps the values', () => {
  assert.deepEqual(operations({ total: f.integer() }, { sum: f.integer() }, { answers: sumIsTotal }), [
    renameField({ model: 'Invoice', from: 'total', to: 'sum' }),
  ])
})

test('the hint in a model answers the question', () => {
  const hints = new Map([['billing.Invoice.sum', 'total']])
  assert.deepEqual(operations({ total: f.integer() }, { sum: f.integer() }, { hints }), [
    renameField({ model: 'Invoice', from: 'total', to: 'sum' }),
  ])
})

test('a rename with another change renames, then alters', () => {
  const [before, after] = [f.char({ maxLength: 20 }), f.char({ maxLength: 40, null: true })]
  const [question] = questions({ total: before }, { sum: after })
  assert.deepEqual(question?.kind === 'fieldRenamed' && question.candidates, [
    { name: 'total', alsoChanges: ['NOT NULL → NULL', 'maxLength 20 → 40'] },
  ])
  assert.deepEqual(operations({ total: before }, { sum: after }, { answers: sumIsTotal }), [
    renameField({ model: 'Invoice', from: 'total', to: 'sum' }),
    alterField({ model: 'Invoice', name: 'sum', field: after }),
  ])
})

test('a rename that keeps its column does nothing to it on the way', () => {
  const after = f.integer({ column: 'total' })
  assert.deepEqual(operations({ total: f.integer() }, { sum: after }, { answers: sumIsTotal }), [
    alterField({ model: 'Invoice', name: 'total', field: after }),
    renameField({ model: 'Invoice', from: 'total', to: 'sum' }),
  ])
})

test('the likeliest candidate comes first: the same field, then the same kind, then one that can be cast', () => {
  const [question] = questions(
    { amount: f.bigInteger(), count: f.integer({ null: true }), items: f.integer(), label: f.text() },
    { sum: f.integer() },
  )
  assert.deepEqual(question?.kind === 'fieldRenamed' && question.candidates.map(({ name }) => name), [
    'items',
    'count',
    'amount',
  ])
})

test('text under a name alike may have been anything', () => {
  const [question] = questions({ total: f.integer() }, { totalText: f.text({ null: true }) })
  assert.deepEqual(question?.key, 'billing.Invoice.totalText:renamedFrom')
})

test('a field of a kind that nothing can become is not asked about', () => {
  const note = f.json({ null: true })
  assert.deepEqual(operations({ total: f.integer() }, { note }), [
    removeField({ model: 'Invoice', name: 'total' }),
    addField({ model: 'Invoice', name: 'note', field: note }),
  ])
})

test('a field said to be new is added, and the removed one removed', () => {
  const sum = f.integer({ null: true })
  assert.deepEqual(operations({ total: f.integer() }, { sum }, { answers: sumIsNew }), [
    removeField({ model: 'Invoice', name: 'total' }),
    addField({ model: 'Invoice', name: 'sum', field: sum }),
  ])
})

test('a rename that differs by case only asks as well', () => {
  assert.equal(questions({ total: f.integer() }, { Total: f.integer() })[0]?.kind, 'fieldRenamed')
})

test('all renames that are open are asked about at once', () => {
  const keys = questions({ a: f.integer(), b: f.text() }, { c: f.integer(), d: f.text() }).map(({ key }) => key)
  assert.deepEqual(keys, ['billing.Invoice.c:renamedFrom', 'billing.Invoice.d:renamedFrom'])
})

test('two fields cannot have been one', () => {
  const answers = new Map<string, Answer>([
    ['billing.Invoice.b:renamedFrom', { kind: 'renamedFrom', name: 'a' }],
    ['billing.Invoice.c:renamedFrom', { kind: 'renamedFrom', name: 'a' }],
  ])
  assert.throws(() => detectFields({ a: f.integer() }, { b: f.integer(), c: f.integer() }, { answers }), {
    code: 'detection.renamedTwice',
  })
})

test('an old name that the migrations do not know is refused with the nearest one', () => {
  const answers = new Map<string, Answer>([['billing.Invoice.sum:renamedFrom', { kind: 'renamedFrom', name: 'totl' }]])
  assert.throws(() => detectFields({ total: f.integer() }, { sum: f.integer() }, { answers }), {
    code: 'detection.renamedFromUnknown',
    message: /Did you mean "total"\?/,
  })
})

test('a hint that names a field which is still there is refused', () => {
  const hints = new Map([['billing.Invoice.sum', 'total']])
  assert.throws(() => detectFields({ total: f.integer() }, { total: f.integer(), sum: f.integer() }, { hints }), {
    code: 'detection.renamedFromExisting',
  })
})

test('a hint whose rename is done long since says nothing', () => {
  const hints = new Map([['billing.Invoice.sum', 'total']])
  assert.deepEqual(operations({ sum: f.integer() }, { sum: f.integer() }, { hints }), [])
})

test('a generated field is removed before, and added after, the fields that it is computed from', () => {
  const total = (field: string) =>
    f.generated({ expression: q.field(field), output: f.integer(), stored: true, null: true })
  const from = { net: f.integer({ null: true }), gross: total('net') }
  const to = { paid: f.boolean({ null: true }), gross: total('paid') }
  assert.deepEqual(operations(from, to).map(describe), [
    'Remove field gross from Invoice',
    'Remove field net from Invoice',
    'Add field paid to Invoice',
    'Add field gross to Invoice',
  ])
})

test('a computed column whose name another field takes steps aside for it', () => {
  const computed = (column: string): Field =>
    f.generated({ expression: q.add('rank', 1), output: f.integer(), stored: true, null: true, column })
  const before = { rank: f.integer(), next: computed('a'), label: f.text({ column: 'b' }) }
  const after = { rank: f.integer(), next: computed('b'), label: f.text({ column: 'a' }) }
  assert.deepEqual(operations(before, after), [
    alterField({ model: 'Invoice', name: 'next', field: computed('a_moving') }),
    alterField({ model: 'Invoice', name: 'label', field: f.text({ column: 'a' }) }),
    alterField({ model: 'Invoice', name: 'next', field: computed('b') }),
  ])
})

test('another expression over the same fields alters a generated field', () => {
  const total = (factor: number) =>
    f.generated({
      expression: q.mul('net', factor),
      output: f.integer(),
      null: true,
    })
  const net = f.integer()
  assert.deepEqual(operations({ net, gross: total(2) }, { net, gross: total(3) }), [
    alterField({ model: 'Invoice', name: 'gross', field: total(3) }),
  ])
})

test('columns that swap their names step aside for each other', () => {
  const from = { a: f.integer({ column: 'x' }), b: f.integer({ column: 'y' }) }
  const to = { a: f.integer({ column: 'y' }), b: f.integer({ column: 'x' }) }
  const columns = operations(from, to).map(
    (operation) => operation.kind === 'alterField' && [operation.name, operation.field.column],
  )
  assert.deepEqual(columns, [
    ['a', 'x_moving'],
    ['b', 'x'],
    ['a', 'y'],
  ])
})

test('a primary key that is replaced is complete before anything points at it', () => {
  const from = stateOf([{ app: 'blog', name: 'Post', fields: { id } }])
  const slug = f.char({ maxLength: 20, primaryKey: true })
  const to = stateOf([
    { app: 'blog', name: 'Post', fields: { slug } },
    { app: 'blog', name: 'Comment', fields: { id, post: f.foreignKey('blog.Post') } },
  ])
  const answers = new Map<string, Answer>([['blog.Post.slug:fill', { kind: 'fill', value: 'x' }]])
  const detection = detect({ from, to, answers })
  assert.deepEqual(
    detection.kind === 'operations' && detection.operations.map(({ operation }) => describe(operation)),
    ['Remove field id from Post', 'Add field slug to Post', 'Create model Comment'],
  )
})
