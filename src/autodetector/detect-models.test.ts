import assert from 'node:assert/strict'
import { test } from 'node:test'
import { f } from '../fields/f.ts'
import type { ModelOptions } from '../models/declarations.ts'
import { check, index, unique } from '../models/parts.ts'
import { q } from '../models/q.ts'
import { addConstraint } from '../operations/add-constraint.ts'
import { addField } from '../operations/add-field.ts'
import { addIndex } from '../operations/add-index.ts'
import { alterConstraint } from '../operations/alter-constraint.ts'
import { alterField } from '../operations/alter-field.ts'
import { alterModelOptions } from '../operations/alter-model-options.ts'
import { alterModelTable } from '../operations/alter-model-table.ts'
import { alterModelTableComment } from '../operations/alter-model-table-comment.ts'
import { createModel } from '../operations/create-model.ts'
import { deleteModel } from '../operations/delete-model.ts'
import { moveModel } from '../operations/move-model.ts'
import { removeConstraint } from '../operations/remove-constraint.ts'
import { removeField } from '../operations/remove-field.ts'
import { removeIndex } from '../operations/remove-index.ts'
import { renameField } from '../operations/rename-field.ts'
import { renameIndex } from '../operations/rename-index.ts'
import { renameModel } from '../operations/rename-model.ts'
import { type NewModel, stateOf } from '../state/with-model.ts'
import { type DetectOptions, detect } from './detect.ts'
import type { Answer } from './question.ts'

const id = f.bigAuto({ primaryKey: true })

function detectModels(from: readonly NewModel[], to: readonly NewModel[], options: Partial<DetectOptions> = {}) {
  return detect({ from: stateOf(from), to: stateOf(to), ...options })
}

function operations(from: readonly NewModel[], to: readonly NewModel[], options: Partial<DetectOptions> = {}) {
  const detection = detectModels(from, to, options)
  assert.equal(detection.kind, 'operations', JSON.stringify(detection))
  return detection.kind === 'operations' ? detection.operations.map(({ operation }) => operation) : []
}

function answers(all: Readonly<Record<string, Answer>>): { readonly answers: ReadonlyMap<string, Answer> } {
  return { answers: new Map(Object.entries(all)) }
}

const invoice = (options: ModelOptions = {}): NewModel => ({
  app: 'billing',
  name: 'Invoice',
  fields: { id, number: f.integer(), total: f.integer() },
  options,
})
const billed: Answer = { kind: 'renamedFrom', name: 'Invoice' }

test('a new model is created whole, after the one that it points at', () => {
  const line = { id, invoice: f.foreignKey('billing.Invoice', { onDelete: 'cascade' }) }
  assert.deepEqual(operations([], [{ app: 'billing', name: 'Line', fields: line }, invoice()]), [
    createModel({ name: 'Invoice', fields: invoice().fields }),
    createModel({ name: 'Line', fields: line }),
  ])
})

test('a circle is broken at the foreign key that may be NULL', () => {
  const address = { id, user: f.foreignKey('accounts.User') }
  const home = f.foreignKey('accounts.Address', { null: true })
  const models = [
    { app: 'accounts', name: 'User', fields: { id, home } },
    { app: 'accounts', name: 'Address', fields: address },
  ]
  assert.deepEqual(operations([], models), [
    createModel({ name: 'User', fields: { id } }),
    createModel({ name: 'Address', fields: address }),
    addField({ model: 'User', name: 'home', field: home }),
  ])
})

test('an index over a field that comes later comes later as well', () => {
  const home = f.foreignKey('accounts.Address', { null: true })
  const byHome = index({ fields: ['home'] })
  const models: readonly NewModel[] = [
    { app: 'accounts', name: 'User', fields: { id, home }, options: { indexes: [byHome] } },
    { app: 'accounts', name: 'Address', fields: { id, user: f.foreignKey('accounts.User') } },
  ]
  assert.deepEqual(operations([], models).slice(2), [
    addField({ model: 'User', name: 'home', field: home }),
    addIndex({ model: 'User', index: byHome }),
  ])
})

test('a many-to-many through a model of its own is added when that is there', () => {
  const authors = f.manyToMany('blog.Author', { through: 'blog.Authorship' })
  const found = operations(
    [],
    [
      { app: 'blog', name: 'Book', fields: { id, authors } },
      { app: 'blog', name: 'Author', fields: { id } },
      {
        app: 'blog',
        name: 'Authorship',
        fields: { id, book: f.foreignKey('blog.Book'), author: f.foreignKey('blog.Author') },
      },
    ],
  )
  assert.deepEqual(
    found.map((operation) => operation.kind === 'createModel' && operation.name),
    ['Author', 'Book', 'Authorship', false],
  )
  assert.deepEqual(found.at(-1), addField({ model: 'Book', name: 'authors', field: authors }))
})

test('models that go are deleted before those that they point at', () => {
  const line: NewModel = { app: 'billing', name: 'Line', fields: { id, invoice: f.foreignKey('billing.Invoice') } }
  assert.deepEqual(operations([invoice(), line], []), [deleteModel({ name: 'Line' }), deleteModel({ name: 'Invoice' })])
})

test('a circle of models that go is opened by removing a field', () => {
  const models: readonly NewModel[] = [
    { app: 'accounts', name: 'User', fields: { id, home: f.foreignKey('accounts.Address', { null: true }) } },
    { app: 'accounts', name: 'Address', fields: { id, user: f.foreignKey('accounts.User') } },
  ]
  assert.deepEqual(operations(models, []), [
    removeField({ model: 'User', name: 'home' }),
    deleteModel({ name: 'Address' }),
    deleteModel({ name: 'User' }),
  ])
})

test('a model goes after the foreign key that points elsewhere from now on', () => {
  const comment = (target: string): NewModel => ({
    app: 'blog',
    name: 'Comment',
    fields: { id, about: f.foreignKey(target) },
  })
  const post: NewModel = { app: 'blog', name: 'Post', fields: { id, title: f.text(), body: f.text() } }
  const page: NewModel = { app: 'blog', name: 'Page', fields: { id, path: f.uuid() } }
  const kept = answers({ 'blog.Comment.about:rows': { kind: 'keepRows' } })
  assert.deepEqual(operations([post, comment('blog.Post')], [page, comment('blog.Page')], kept), [
    createModel({ name: 'Page', fields: page.fields }),
    alterField({ model: 'Comment', name: 'about', field: f.foreignKey('blog.Page') }),
    deleteModel({ name: 'Post' }),
  ])
})

test('a removed and an added model alike are asked about, with what else changes', () => {
  const bill: NewModel = {
    app: 'billing',
    name: 'Bill',
    fields: { id, number: f.bigInteger(), total: f.integer(), note: f.text() },
  }
  const sent: NewModel = { app: 'billing', name: 'Receipt', fields: { id, number: f.integer(), total: f.integer() } }
  const detection = detectModels([sent], [bill])
  // One of three fields by name and kind is too little.
  assert.equal(detection.kind, 'operations')
  const closer = { ...bill, fields: { id, number: f.integer(), total: f.integer(), note: f.text() } }
  assert.deepEqual(detectModels([invoice()], [closer]), {
    kind: 'questions',
    questions: [
      {
        kind: 'modelRenamed',
        key: 'billing.Bill:renamedFrom',
        model: 'billing.Bill',
        candidates: [{ name: 'Invoice', alsoChanges: ['with note'] }],
      },
    ],
    used: new Set(['billing.Bill:renamedFrom']),
  })
})

test('a renamed model keeps the foreign keys that point at it: nothing else changes', () => {
  const line = (target: string): NewModel => ({
    app: 'shipping',
    name: 'Line',
    fields: { id, invoice: f.foreignKey(target) },
  })
  assert.deepEqual(
    operations(
      [invoice(), line('billing.Invoice')],
      [{ ...invoice(), name: 'Bill' }, line('billing.Bill')],
      answers({ 'billing.Bill:renamedFrom': billed }),
    ),
    [renameModel({ from: 'Invoice', to: 'Bill' })],
  )
})

test('a renamed model with a renamed field asks for the model first, then for the field', () => {
  const bill: NewModel = { app: 'billing', name: 'Bill', fields: { id, number: f.integer(), sum: f.integer() } }
  const first = detectModels([invoice()], [bill])
  assert.deepEqual(first.kind === 'questions' && first.questions.map(({ key }) => key), ['billing.Bill:renamedFrom'])
  const second = detectModels([invoice()], [bill], answers({ 'billing.Bill:renamedFrom': billed }))
  assert.deepEqual(second.kind === 'questions' && second.questions.map(({ key }) => key), [
    'billing.Bill.sum:renamedFrom',
  ])
  const both = answers({
    'billing.Bill:renamedFrom': billed,
    'billing.Bill.sum:renamedFrom': { kind: 'renamedFrom', name: 'total' },
  })
  assert.deepEqual(operations([invoice()], [bill], both), [
    renameModel({ from: 'Invoice', to: 'Bill' }),
    renameField({ model: 'Bill', from: 'total', to: 'sum' }),
  ])
})

test('a model that is found in another app has moved, if that is what the answer says', () => {
  const moved = { ...invoice(), app: 'sales' }
  const detection = detectModels([invoice()], [moved])
  assert.deepEqual(
    detection.kind === 'questions' &&
      detection.questions[0]?.kind === 'modelRenamed' &&
      detection.questions[0].candidates,
    [{ name: 'billing.Invoice', alsoChanges: [] }],
  )
  const answer = answers({ 'sales.Invoice:renamedFrom': { kind: 'renamedFrom', name: 'billing.Invoice' } })
  const found = detectModels([invoice()], [moved], answer)
  assert.deepEqual(found.kind === 'operations' && found.operations, [
    {
      app: 'sales',
      operation: moveModel({ model: 'billing.Invoice' }),
      position: 0,
      stage: 'together',
      waitsFor: [],
      requires: ['billing'],
    },
  ])
})

test('a model can move and be renamed at once', () => {
  assert.deepEqual(
    operations(
      [invoice()],
      [{ ...invoice(), app: 'sales', name: 'Bill' }],
      answers({ 'sales.Bill:renamedFrom': { kind: 'renamedFrom', name: 'billing.Invoice' } }),
    ),
    [renameModel({ from: 'Invoice', to: 'Bill' }), moveModel({ model: 'billing.Bill' })],
  )
})

test('a table that keeps its name through a rename is left alone', () => {
  const bill = { ...invoice({ table: 'billing_invoice' }), name: 'Bill' }
  assert.deepEqual(operations([invoice()], [bill], answers({ 'billing.Bill:renamedFrom': billed })), [
    alterModelTable({ name: 'Invoice', table: 'billing_invoice' }),
    renameModel({ from: 'Invoice', to: 'Bill' }),
  ])
})

test('options are altered one by one', () => {
  const after = invoice({ table: 'invoices', comment: 'what is owed', managed: false })
  assert.deepEqual(operations([invoice()], [after]), [
    alterModelOptions({ name: 'Invoice', options: { managed: false } }),
    alterModelTable({ name: 'Invoice', table: 'invoices' }),
    alterModelTableComment({ name: 'Invoice', comment: 'what is owed' }),
  ])
})

test('tables that swap their names step aside for each other', () => {
  const note = (table: string): NewModel => ({ app: 'billing', name: 'Note', fields: { id }, options: { table } })
  const from = [invoice({ table: 'one' }), note('two')]
  const to = [invoice({ table: 'two' }), note('one')]
  assert.deepEqual(operations(from, to), [
    alterModelTable({ name: 'Invoice', table: 'one_moving' }),
    alterModelTable({ name: 'Note', table: 'one' }),
    alterModelTable({ name: 'Invoice', table: 'two' }),
  ])
})

test('a new model takes the table of one that goes, even in another app, after it', () => {
  const sheet: NewModel = { app: 'archive', name: 'Sheet', fields: { id, at: f.date() }, options: { table: 'one' } }
  const detection = detectModels([invoice({ table: 'one' })], [sheet])
  assert.deepEqual(
    detection.kind === 'operations' && detection.operations.map(({ app, waitsFor }) => [app, waitsFor]),
    [
      ['billing', []],
      ['archive', [0]],
    ],
  )
})

test('an index is matched by what it is: another name renames it', () => {
  const [plain, named] = [index({ fields: ['number'] }), index({ fields: ['number'], name: 'by_number' })]
  assert.deepEqual(operations([invoice({ indexes: [plain] })], [invoice({ indexes: [named] })]), [
    renameIndex({ model: 'Invoice', index: plain, name: 'by_number' }),
  ])
})

test('an index of other fields is another index', () => {
  const [before, after] = [index({ fields: ['number'], name: 'i' }), index({ fields: ['-number'], name: 'i' })]
  assert.deepEqual(operations([invoice({ indexes: [before] })], [invoice({ indexes: [after] })]), [
    removeIndex({ model: 'Invoice', index: before }),
    addIndex({ model: 'Invoice', index: after }),
  ])
})

test('the order of indexes and constraints does not matter', () => {
  const [a, b] = [index({ fields: ['number'] }), index({ fields: ['total'] })]
  assert.deepEqual(operations([invoice({ indexes: [a, b] })], [invoice({ indexes: [b, a] })]), [])
})

test('indexes and constraints follow a renamed field by themselves', () => {
  const before = invoice({
    indexes: [index({ fields: ['total'] })],
    constraints: [check({ name: 'positive', condition: q.gt('total', 0) })],
  })
  const after: NewModel = {
    ...before,
    fields: { id, number: f.integer(), sum: f.integer() },
    options: {
      indexes: [index({ fields: ['sum'] })],
      constraints: [check({ name: 'positive', condition: q.gt('sum', 0) })],
    },
  }
  const renamed = answers({ 'billing.Invoice.sum:renamedFrom': { kind: 'renamedFrom', name: 'total' } })
  assert.deepEqual(operations([before], [after], renamed), [
    renameField({ model: 'Invoice', from: 'total', to: 'sum' }),
  ])
})

test('what stands over a removed field goes before it', () => {
  const byTotal = index({ fields: ['total'] })
  const positive = check({ name: 'positive', condition: q.gt('total', 0) })
  const before = invoice({ indexes: [byTotal], constraints: [positive] })
  const after = { ...invoice(), fields: { id, number: f.integer() } }
  assert.deepEqual(operations([before], [after]), [
    removeConstraint({ model: 'Invoice', constraint: positive }),
    removeIndex({ model: 'Invoice', index: byTotal }),
    removeField({ model: 'Invoice', name: 'total' }),
  ])
})

test('a constraint of the same name with another content is altered, and so is one of the same content with another name', () => {
  const positive = check({ name: 'positive', condition: q.gt('total', 0) })
  const least = check({ name: 'positive', condition: q.gt('total', 1) })
  const once = unique({ fields: ['number'], name: 'once' })
  const only = unique({ fields: ['number'], name: 'only' })
  assert.deepEqual(
    operations([invoice({ constraints: [positive, once] })], [invoice({ constraints: [least, only] })]),
    [
      alterConstraint({ model: 'Invoice', name: 'once', constraint: only }),
      alterConstraint({ model: 'Invoice', name: 'positive', constraint: least }),
    ],
  )
})

test('a constraint that moves from a removed field to a new one is removed and added', () => {
  const [before, after] = [
    check({ name: 'positive', condition: q.gt('total', 0) }),
    check({ name: 'positive', condition: q.gt('paid', 0) }),
  ]
  const paid = f.integer({ null: true })
  const found = operations(
    [invoice({ constraints: [before] })],
    [{ ...invoice({ constraints: [after] }), fields: { id, number: f.integer(), paid } }],
    answers({ 'billing.Invoice.paid:renamedFrom': { kind: 'notRenamed' } }),
  )
  assert.deepEqual(found, [
    removeConstraint({ model: 'Invoice', constraint: before }),
    removeField({ model: 'Invoice', name: 'total' }),
    addField({ model: 'Invoice', name: 'paid', field: paid }),
    addConstraint({ model: 'Invoice', constraint: after }),
  ])
})

test('an unnamed model hint from before the first migration says nothing', () => {
  const hints = new Map([['billing.Invoice', 'Bill']])
  assert.deepEqual(operations([], [invoice()], { hints }), [createModel({ name: 'Invoice', fields: invoice().fields })])
})
