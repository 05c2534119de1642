import assert from 'node:assert/strict'
import { test } from 'node:test'
import { now } from '../fields/default-functions.ts'
import { f } from '../fields/f.ts'
import type { Field } from '../fields/field.ts'
import type { ModelOptions } from '../models/declarations.ts'
import { addField } from '../operations/add-field.ts'
import { alterField } from '../operations/alter-field.ts'
import { removeField } from '../operations/remove-field.ts'
import { stateOf } from '../state/with-model.ts'
import { type DetectOptions, detect } from './detect.ts'
import type { DetectedOperations } from './detection.ts'
import type { Answer } from './question.ts'

type Fields = Readonly<Record<string, Field>>

const id = f.bigAuto({ primaryKey: true })
const status = f.char({ maxLength: 20 })
const loose = f.char({ maxLength: 20, null: true })

function detectRows(from: Fields, to: Fields, options: Partial<DetectOptions> = {}, meta: ModelOptions = {}) {
  const invoice = (fields: Fields) =>
    stateOf([{ app: 'billing', name: 'Invoice', fields: { id, ...fields }, options: meta }])
  return detect({ from: invoice(from), to: invoice(to), ...options })
}

function detected(...args: Parameters<typeof detectRows>): DetectedOperations {
  const detection = detectRows(...args)
  if (detection.kind !== 'operations') assert.fail(JSON.stringify(detection.questions))
  return detection
}

function operations(...args: Parameters<typeof detectRows>) {
  return detected(...args).operations.map(({ operation }) => operation)
}

function keys(...args: Parameters<typeof detectRows>): readonly string[] {
  const detection = detectRows(...args)
  return detection.kind === 'questions' ? detection.questions.map(({ key }) => key) : []
}

function answers(all: Readonly<Record<string, Answer>>): { readonly answers: ReadonlyMap<string, Answer> } {
  return {
    answers: new Map(Object.entries(all).map(([what, answer]) => [`billing.Invoice.status:${what}`, answer])),
  }
}

test('a NOT NULL field without a default asks what existing rows get', () => {
  const detection = detectRows({}, { status })
  assert.deepEqual(detection.kind === 'questions' && detection.questions, [
    {
      kind: 'notNullAddition',
      key: 'billing.Invoice.status:fill',
      model: 'billing.Invoice',
      field: 'status',
      type: 'char, at most 20 characters',
      holder: status,
    },
  ])
})

test('a field that comes to be NOT NULL asks what replaces NULL', () => {
  const detection = detectRows({ status: loose }, { status })
  assert.equal(detection.kind === 'questions' && detection.questions[0]?.kind, 'notNullAlteration')
})

test('defaults, generated fields, join tables and tables in other hands ask nothing', () => {
  const added: Fields = {
    status: f.char({ maxLength: 20, default: 'draft' }),
    at: f.dateTime({ default: now() }),
    twice: f.generated({ expression: { kind: 'column', name: 'id' }, output: f.integer() }),
    others: f.manyToMany('billing.Invoice'),
  }
  assert.deepEqual(keys({}, added), [])
  assert.deepEqual(keys({}, { status }, {}, { managed: false }), [])
})

test('a fill is a one-off value of the operation', () => {
  const fill = answers({ fill: { kind: 'fill', value: 'draft' } })
  assert.deepEqual(operations({}, { status }, fill), [
    addField({ model: 'Invoice', name: 'status', field: status, fillExisting: 'draft' }),
  ])
  assert.deepEqual(operations({ status: loose }, { status }, fill), [
    alterField({ model: 'Invoice', name: 'status', field: status, fillExisting: 'draft' }),
  ])
})

test('a literal default replaces the NULLs of a field that comes to be NOT NULL', () => {
  const after = f.char({ maxLength: 20, default: 'draft' })
  assert.deepEqual(operations({ status: loose }, { status: after }), [
    alterField({ model: 'Invoice', name: 'status', field: after, fillExisting: 'draft' }),
  ])
})

test('a value that the field cannot hold is refused', () => {
  const options = answers({ fill: { kind: 'fill', value: 7 } })
  assert.throws(() => detectRows({}, { status }, options), { code: 'detection.badFill' })
  const choices = f.char({ maxLength: 20, choices: ['draft', 'sent'] })
  const unknown = answers({ fill: { kind: 'fill', value: 'lost' } })
  assert.throws(() => detectRows({}, { status: choices }, unknown), { code: 'detection.badFill' })
})

test('a foreign key is filled with a key of what it points at', () => {
  const owner = f.foreignKey('billing.Invoice')
  const answered = new Map<string, Answer>([['billing.Invoice.owner:fill', { kind: 'fill', value: 1 }]])
  assert.deepEqual(operations({}, { owner }, { answers: answered }), [
    addField({ model: 'Invoice', name: 'owner', field: owner, fillExisting: 1 }),
  ])
})

test('made nullable after all, the operation says so and the model is to follow', () => {
  const detection = detected({}, { status }, answers({ null: { kind: 'makeNullable' } }))
  assert.deepEqual(
    detection.operations.map(({ operation }) => operation),
    [addField({ model: 'Invoice', name: 'status', field: loose })],
  )
  assert.deepEqual(detection.notices, [{ kind: 'makeNullable', model: 'billing.Invoice', field: 'status' }])
})

test('a field that becomes NOT NULL may be left to a migration before it; a new one may not', () => {
  const left = answers({ fill: { kind: 'none' } })
  assert.deepEqual(operations({ status: loose }, { status }, left), [
    alterField({ model: 'Invoice', name: 'status', field: status }),
  ])
  assert.throws(() => detectRows({}, { status }, left), { code: 'detection.wrongAnswer' })
  const both = answers({ fill: { kind: 'none' }, steps: { kind: 'safeSteps' } })
  assert.throws(() => detectRows({ status: loose }, { status }, both), { code: 'detection.answeredTwice' })
})

test('the safe steps add the column nullable, fill it in batches, and make it NOT NULL', () => {
  const chosen = answers({ steps: { kind: 'safeSteps' }, fill: { kind: 'fill', value: 'draft' } })
  const [first, second, third] = detected({}, { status }, chosen).operations
  assert.deepEqual(first?.operation, addField({ model: 'Invoice', name: 'status', field: loose }))
  assert.deepEqual(second?.operation, {
    kind: 'batched',
    model: 'Invoice',
    where: { status: null },
    run: { set: { status: 'draft' } },
    backwards: 'nothing',
    elidable: true,
  })
  const tightened = alterField({ model: 'Invoice', name: 'status', field: status, fillExisting: 'draft' })
  assert.deepEqual(third?.operation, tightened)
  assert.deepEqual([first?.stage, second?.stage, third?.stage], ['together', 'backfill', 'tighten'])
})

test('the safe steps without a value ask for it', () => {
  const detection = detectRows({}, { status }, answers({ steps: { kind: 'safeSteps' } }))
  const [question] = detection.kind === 'questions' ? detection.questions : []
  assert.equal(question?.kind === 'notNullAddition' && question.steps, 'safe')
})

test('NULL and a value exclude each other', () => {
  const both = answers({ null: { kind: 'makeNullable' }, fill: { kind: 'fill', value: 'draft' } })
  assert.throws(() => detectRows({}, { status }, both), { code: 'detection.answeredTwice' })
})

test('a part of the primary key is never made nullable', () => {
  const code = f.char({ maxLength: 3, primaryKey: true })
  const state = (key: Fields) => stateOf([{ app: 'billing', name: 'Currency', fields: { ...key, name: f.text() } }])
  const answered = new Map<string, Answer>([['billing.Currency.code:null', { kind: 'makeNullable' }]])
  assert.throws(() => detect({ from: state({ id }), to: state({ code }), answers: answered }), {
    code: 'detection.wrongAnswer',
  })
})

test('to stop is an answer', () => {
  assert.throws(() => detectRows({}, { status }, answers({ fill: { kind: 'stop' } })), { code: 'detection.stopped' })
})

test('what a removed field gets when that is unapplied is asked only where somebody may like to say', () => {
  assert.deepEqual(operations({ status }, {}), [removeField({ model: 'Invoice', name: 'status' })])
  assert.deepEqual(keys({ status }, {}, { optional: true }), ['billing.Invoice.status:fillRestored'])
  assert.deepEqual(operations({ status }, {}, { optional: true, ...answers({ fillRestored: { kind: 'none' } }) }), [
    removeField({ model: 'Invoice', name: 'status' }),
  ])
  assert.deepEqual(operations({ status }, {}, answers({ fillRestored: { kind: 'fill', value: 'draft' } })), [
    removeField({ model: 'Invoice', name: 'status', fillRestored: 'draft' }),
  ])
  assert.deepEqual(keys({ status: loose }, {}, { optional: true }), [])
})

test('a field that may have been renamed is asked about before what its rows get', () => {
  assert.deepEqual(keys({ state: status, total: f.integer() }, { status, count: f.uuid() }, { optional: true }), [
    'billing.Invoice.status:renamedFrom',
    'billing.Invoice.count:fill',
    'billing.Invoice.total:fillRestored',
  ])
})
