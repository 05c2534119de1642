import assert from 'node:assert/strict'
import { test } from 'node:test'
import { structuralEqual } from '../lib/structural-equal.ts'
import type { Change } from './change.ts'
import { holds } from './postcondition.ts'
import type { Column, Index, Schema, Table } from './schema.ts'

const comparison = { sameExpression: structuralEqual }
const title: Column = { name: 'title', type: 'varchar(20)', nullable: false }
const index: Index = { name: 'found', parts: [{ expression: { kind: 'column', name: 'title' } }] }
const post: Table = { name: 'post', columns: [title], uniques: [], foreignKeys: [], checks: [], indexes: [index] }
const schema: Schema = { tables: new Map([['post', post]]), others: [] }

const facts: readonly [string, Change, boolean][] = [
  ['a table that is there was created', { kind: 'createTable', table: post }, true],
  ['a table that is there was not dropped', { kind: 'dropTable', table: post }, false],
  ['a column that is there was added', { kind: 'addColumn', table: 'post', column: title }, true],
  [
    'a rename holds when only the new name is there',
    { kind: 'renameColumn', table: 'post', from: 'name', to: 'title' },
    true,
  ],
  [
    'a rename does not hold while the old name is there',
    { kind: 'renameColumn', table: 'post', from: 'title', to: 'name' },
    false,
  ],
  ['an index is found by what it is', { kind: 'addIndex', table: 'post', index: { ...index, name: 'other' } }, true],
  [
    'an index that is there was not dropped',
    { kind: 'dropIndex', table: 'post', index: { ...index, name: 'other' } },
    false,
  ],
  ['a column that is NOT NULL was made so', { kind: 'setNotNull', table: 'post', column: title }, true],
  [
    'a column that is NOT NULL was not made nullable',
    { kind: 'dropNotNull', table: 'post', column: { ...title, nullable: true } },
    false,
  ],
  [
    'another type is still to be set',
    { kind: 'setType', table: 'post', before: title, after: { ...title, type: 'text' } },
    false,
  ],
  ['nothing holds of a table that is not there', { kind: 'addColumn', table: 'gone', column: title }, false],
]

for (const [fact, change, expected] of facts) {
  test(fact, () => assert.equal(holds(change, schema, comparison), expected))
}
