import assert from 'node:assert/strict'
import { test } from 'node:test'
import { f } from '../fields/f.ts'
import { addField } from '../operations/add-field.ts'
import type { Operation } from '../operations/operation.ts'
import { runCode } from '../operations/run-code.ts'
import { mergeName, nextNumber, numberedName, suggestName } from './name-migration.ts'

const now = new Date('2026-11-21T07:54:48Z')

function suggested(...operations: readonly Operation[]): string {
  const detected = operations.map((operation, position) => ({
    app: 'billing',
    operation,
    position,
    stage: 'together' as const,
    waitsFor: [],
    requires: [],
  }))
  return suggestName(detected, now)
}

const add = (name: string) => addField({ model: 'Invoice', name, field: f.text({ null: true }) })

test('a migration is named after what it does', () => {
  assert.equal(suggested(add('status')), 'invoice_status')
  assert.equal(suggested(add('status'), add('note')), 'invoice_status_invoice_note')
})

test('a name ends where it would grow too long', () => {
  const all = ['status', 'note', 'issuedAt', 'paidAt'].map(add)
  assert.equal(suggested(...all), 'invoice_status_invoice_note_invoice_issued_at_and_more')
})

test('a single fragment that is too long is cut', () => {
  assert.equal(suggested(add('x'.repeat(200))).length, 100)
})

test('what cannot be named is named after the minute', () => {
  assert.equal(suggested(add('status'), runCode({ forwards: () => {} })), 'auto_20261121_0754')
  assert.equal(suggested(), 'auto_20261121_0754')
})

test('numbers go on from the last migration; a squash counts as the last one that it replaces', () => {
  assert.equal(nextNumber(undefined), 1)
  assert.equal(nextNumber('0007_user_name'), 8)
  assert.equal(nextNumber('0001_squashed_0012_user_name'), 13)
  assert.equal(nextNumber('first'), 1)
  assert.equal(numberedName(12, 'notes'), '0012_notes')
})

test('a merge is named after the migrations that it joins', () => {
  assert.equal(mergeName(['0007_paid', '0007_note'], now), '0008_merge_0007_note_0007_paid')
  assert.equal(mergeName(['0007_paid', '0009_note', '0001_squashed_0011_b'], now, 'together'), '0012_together')
})

test('a merge of long names is named after the minute', () => {
  const [first, second] = [`0007_${'a'.repeat(20)}`, `0007_${'b'.repeat(16)}`]
  assert.equal(mergeName([first, second], now).length, '0008_merge_'.length + 47)
  assert.equal(mergeName([`${first}a`, second], now), '0008_merge_20261121_0754')
})

test('a merge of migrations without numbers is the second one', () => {
  assert.equal(mergeName(['first', 'other'], now), '0002_merge_first_other')
})
