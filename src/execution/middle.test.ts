import assert from 'node:assert/strict'
import { test } from 'node:test'
import { plainDialect } from '../../test/support/plain-dialect.ts'
import type { Change } from '../schema/change.ts'
import type { Column, Schema, Table } from '../schema/schema.ts'
import { middleOf, restFrom } from './middle.ts'
import type { SchemaUnit } from './unit.ts'

const { comparison } = plainDialect
const id: Column = { name: 'id', identity: '#1', type: 'bigint', nullable: false }
const title: Column = { name: 'title', identity: '#2', type: 'varchar(20)', nullable: false }
const long: Column = { ...title, type: 'text' }
const note: Column = { name: 'note', identity: '#3', type: 'text', nullable: true }

function post(...columns: readonly Column[]): Table {
  return { name: 'blog_post', identity: '#0', columns, uniques: [], foreignKeys: [], checks: [], indexes: [] }
}
function schema(...tables: readonly Table[]): Schema {
  return { tables: new Map(tables.map((table) => [table.name, table])), others: [] }
}
function unit(before: Schema, after: Schema): SchemaUnit {
  return { kind: 'schema', operations: [], before, after, changes: [], intents: [], outsideTransaction: false }
}
const addNote: Change = { kind: 'addColumn', table: 'blog_post', column: note }
const forwards = unit(schema(post(id, title)), schema(post(id, long, note)))
const backwards = unit(forwards.after, forwards.before)

function kinds(changes: readonly Change[]) {
  return changes.map(({ kind }) => kind)
}

test('from the middle, either direction has only its own part to do', () => {
  const plan = { from: 'forwards', made: [], statements: [{ sql: 'a', makes: [addNote] }, { sql: 'b' }] } as const
  const middle = middleOf(forwards, 'forwards', plan, 1)
  assert.deepEqual(kinds(restFrom(middle, forwards, comparison).changes), ['setType'])
  assert.deepEqual(kinds(restFrom(middle, backwards, comparison).changes), ['dropColumn'])
})

test('statements that only write rows leave nothing to undo in the tables', () => {
  const plan = { from: 'forwards', made: [], statements: [{ sql: 'UPDATE …' }] } as const
  const middle = middleOf(forwards, 'forwards', plan, 1)
  assert.deepEqual(restFrom(middle, backwards, comparison).changes, [])
})

test('a run that was turned round twice still knows what it made', () => {
  // Forwards one column came; on the way back nothing was done yet.
  const plan = {
    from: 'forwards',
    made: [addNote],
    statements: [{ sql: 'x', makes: [{ kind: 'dropColumn', table: 'blog_post', column: note }] }],
  } as const
  const untouched = middleOf(backwards, 'backwards', plan, 0)
  assert.deepEqual(kinds(restFrom(untouched, forwards, comparison).changes), ['setType'])
  const undone = middleOf(backwards, 'backwards', plan, 1)
  assert.deepEqual(restFrom(undone, backwards, comparison).changes, [])
})

test('a helper column that has taken the name of the old one stands for it, so that its rows are kept', () => {
  const { identity: _, ...helper } = { ...long, name: 'godwit_title' }
  const swap: readonly Change[] = [
    { kind: 'addColumn', table: 'blog_post', column: helper },
    { kind: 'dropColumn', table: 'blog_post', column: title },
    { kind: 'renameColumn', table: 'blog_post', from: 'godwit_title', to: 'title' },
  ]
  const plan = {
    from: 'forwards',
    made: [],
    statements: swap.map((change) => ({ sql: 's', makes: [change] })),
  } as const
  assert.deepEqual(kinds(restFrom(middleOf(forwards, 'forwards', plan, 1), backwards, comparison).changes), [
    'dropColumn',
  ])
  assert.deepEqual(kinds(restFrom(middleOf(forwards, 'forwards', plan, 3), backwards, comparison).changes), ['setType'])
  assert.deepEqual(kinds(restFrom(middleOf(forwards, 'forwards', plan, 3), forwards, comparison).changes), [
    'addColumn',
  ])
})
