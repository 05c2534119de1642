import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Change } from '../schema/change.ts'
import type { Column } from '../schema/schema.ts'
import { uniqueOverFilled } from './filled-unique.ts'

const part = (name: string) => ({ expression: { kind: 'column', name } }) as const
const unique = (...names: readonly string[]): Change<'addUnique'> => ({
  kind: 'addUnique',
  table: 'post',
  unique: { name: 'u', parts: names.map(part) },
})
const column: Column = { name: 'code', type: 'text', nullable: false }
const filled: Change = { kind: 'addColumn', table: 'post', column, fill: { value: 'x' } }

test('a unique over nothing but what all rows get alike asks for one row at most', () => {
  const alike = { kind: 'value', value: 'x' }
  assert.deepEqual(uniqueOverFilled(unique('code'), [filled])?.change.unique.parts, [
    { expression: { kind: 'call', function: 'coalesce', arguments: [alike, alike] } },
  ])
  const defaulted: Change = {
    kind: 'addColumn',
    table: 'post',
    column: { ...column, default: { kind: 'value', value: 1 } },
  }
  assert.deepEqual(uniqueOverFilled(unique('code'), [defaulted])?.words.columns, ['code'])
})

test('the other columns must tell the rows apart', () => {
  assert.deepEqual(uniqueOverFilled(unique('code', 'title'), [filled])?.change.unique.parts, [part('title')])
})

test('what is not the same in all rows is no concern', () => {
  const computed: Change = { ...filled, fill: { expression: { kind: 'column', name: 'title' } } }
  const nulls: Change = { kind: 'addColumn', table: 'post', column: { ...column, nullable: true } }
  for (const added of [computed, nulls, { ...filled, table: 'page' }]) {
    assert.equal(uniqueOverFilled(unique('code'), [added]), undefined)
  }
})
