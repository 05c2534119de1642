import assert from 'node:assert/strict'
import { test } from 'node:test'
import { dialectFor } from '../dialects/index.ts'
import { f } from '../fields/f.ts'
import type { NewModel } from '../state/with-model.ts'
import { stateOf } from '../state/with-model.ts'
import { differencesOfOutcome } from './same-outcome.ts'

const dialects = await Promise.all(['sqlite', 'postgres'].map(dialectFor))
const id = f.bigAuto({ primaryKey: true })
const total = f.integer()
const invoice: NewModel = { app: 'billing', name: 'Invoice', fields: { id, total } }
const tag: NewModel = { app: 'billing', name: 'Tag', fields: { id } }

test('the order of models and of fields, and what only code reads, is no difference', () => {
  const other = { ...invoice, fields: { total: f.integer({ choices: [1, 2], enforce: false }), id } }
  assert.deepEqual(differencesOfOutcome(stateOf([invoice, tag]), stateOf([tag, invoice]), dialects), [])
  assert.deepEqual(differencesOfOutcome(stateOf([invoice]), stateOf([other]), dialects), [])
})

test('what is missing and what is too much is named, in the State and on each kind of database', () => {
  assert.deepEqual(differencesOfOutcome(stateOf([invoice]), stateOf([tag]), dialects), [
    'the model billing.Invoice is missing',
    'the model billing.Tag is too much',
    'on sqlite: create table on table billing_tag',
    'on sqlite: drop table on table billing_invoice',
    'on postgres: create table on table billing_tag',
    'on postgres: drop table on table billing_invoice',
  ])
})

test('a field is compared by what shapes the database', () => {
  const wanted = stateOf([{ ...invoice, fields: { id, total, note: f.char({ maxLength: 10 }) } }])
  const found = stateOf([{ ...invoice, fields: { id, note: f.char({ maxLength: 20 }) } }])
  assert.deepEqual(differencesOfOutcome(wanted, found, []), [
    'the field billing.Invoice.total is missing',
    'the field billing.Invoice.note: maxLength 10 → 20',
  ])
})

test('options are compared as well', () => {
  const found = stateOf([{ ...invoice, options: { table: 'bills' } }])
  assert.deepEqual(differencesOfOutcome(stateOf([invoice]), found, []), [
    'the options of billing.Invoice: table nothing → "bills"',
  ])
})

test('a kind of database that can have neither says nothing', () => {
  const tags = stateOf([{ ...tag, fields: { id, words: f.array(f.text()) } }])
  assert.deepEqual(differencesOfOutcome(tags, tags, dialects), [])
})
