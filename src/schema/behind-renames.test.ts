import assert from 'node:assert/strict'
import { test } from 'node:test'
import { changesBeforeRenames, type Rename, schemaBeforeRenames, takesFormerName } from './behind-renames.ts'
import type { Change } from './change.ts'
import type { Column, Schema, Table } from './schema.ts'

const column = (name: string): Column => ({ name, type: 'text', nullable: true })
const table = (name: string, ...columns: readonly string[]): Table => ({
  name,
  columns: columns.map(column),
  uniques: [],
  checks: [],
  indexes: [],
  foreignKeys: [],
})
const schema = (...tables: readonly Table[]): Schema => ({
  tables: new Map(tables.map((one) => [one.name, one])),
  others: [],
})
const renames: readonly (readonly Rename[])[] = [
  [{ kind: 'renameTable', from: 'post', to: 'entry' }],
  [
    { kind: 'renameTable', from: 'entry', to: 'article' },
    { kind: 'renameColumn', table: 'article', from: 'title', to: 'heading' },
  ],
]

test('a change is put into the names before several lists of renames', () => {
  const change: Change = { kind: 'setNotNull', table: 'article', column: column('heading') }
  assert.deepEqual(changesBeforeRenames([change], renames), [{ ...change, table: 'post', column: column('title') }])
})

test('what a new column is looked up from is put into them too', () => {
  const change: Change = {
    kind: 'addColumn',
    table: 'tag',
    column: column('first'),
    fill: { lookUp: { table: 'article', key: 'tag_id', value: 'heading', of: 'id' } },
  }
  const lookUp = { table: 'post', key: 'tag_id', value: 'title', of: 'id' }
  assert.deepEqual(changesBeforeRenames([change], renames), [{ ...change, fill: { lookUp } }])
})

test('where SQL hides what a change reads, it is left to its turn', () => {
  const hidden: Change = {
    kind: 'addCheck',
    table: 'article',
    check: { name: 'c', expression: { kind: 'sql', sql: "heading <> ''" } },
  }
  assert.equal(changesBeforeRenames([hidden], renames), undefined)
  assert.deepEqual(changesBeforeRenames([hidden], []), [hidden])
  const [before, after] = [column('heading'), { ...column('heading'), type: 'int' }]
  const cast = { kind: 'sql', sql: 'length(heading)' } as const
  assert.equal(changesBeforeRenames([{ kind: 'setType', table: 'article', before, after, cast }], renames), undefined)
})

test('tables get the names from before the renames, as far as they are there', () => {
  const { tables } = schemaBeforeRenames(schema(table('article', 'id', 'heading'), table('tag', 'id')), renames)
  assert.deepEqual(
    [...tables.values()].map(({ name, columns }) => [name, columns.map((one) => one.name)]),
    [
      ['tag', ['id']],
      ['post', ['id', 'title']],
    ],
  )
})

test('a name that was free to be taken again tells nothing', () => {
  const add = (name: string): Change => ({ kind: 'addColumn', table: 'article', column: column(name) })
  assert.equal(takesFormerName(['article'], [], renames), false)
  assert.equal(takesFormerName(['article', 'post'], [], renames), true)
  assert.equal(takesFormerName(['article'], [add('body')], renames), false)
  assert.equal(takesFormerName(['article'], [add('title')], renames), true)
})
