import assert from 'node:assert/strict'
import { test } from 'node:test'
import { structuralEqual } from '../../lib/structural-equal.ts'
import type { Comparison } from '../dialect.ts'
import { mapColumns } from '../expression.ts'
import type { Column, Schema, Table } from '../schema.ts'
import { diff } from './diff.ts'

const comparison: Comparison = {
  sameExpression: (a, b, renamed) =>
    structuralEqual(
      mapColumns(a, (name) => renamed?.get(name) ?? name),
      b,
    ),
}
const id: Column = { name: 'id', identity: '#2', type: 'bigint', nullable: false, autoIncrement: true }
const title: Column = { name: 'title', identity: '#3', type: 'varchar(20)', nullable: false }
const post: Table = {
  name: 'blog_post',
  identity: '#1',
  columns: [id, title],
  primaryKey: { columns: ['id'] },
  uniques: [],
  foreignKeys: [],
  checks: [],
  indexes: [],
}
const comment: Table = {
  ...post,
  name: 'blog_comment',
  identity: '#4',
  columns: [
    { ...id, identity: '#5' },
    { name: 'post_id', identity: '#6', type: 'bigint', nullable: false },
  ],
  foreignKeys: [
    {
      name: 'blog_comment_post_id_fk',
      generatedName: true,
      columns: ['post_id'],
      references: { table: 'blog_post', columns: ['id'] },
      onDelete: 'cascade',
      onUpdate: 'noAction',
    },
  ],
}
const schema = (...tables: readonly Table[]): Schema => ({
  tables: new Map(tables.map((table) => [table.name, table])),
  others: [],
})
const lineage = (before: Schema, after: Schema) => diff(before, after, { match: 'lineage', comparison })
const byName = (before: Schema, after: Schema) => diff(before, after, { match: 'name', comparison })

test('equal schemas differ in nothing, whatever the order of their columns', () => {
  assert.deepEqual(byName(schema(post), schema({ ...post, columns: [title, id] })), [])
})

test('another name is a rename by lineage', () => {
  const renamed = { ...post, name: 'blog_article', columns: [id, { ...title, name: 'heading' }] }
  assert.deepEqual(lineage(schema(post), schema(renamed)), [
    { kind: 'renameTable', from: 'blog_post', to: 'blog_article' },
    { kind: 'renameColumn', table: 'blog_article', from: 'title', to: 'heading' },
  ])
})

test('another name is another thing by name', () => {
  const renamed = { ...post, columns: [id, { ...title, name: 'heading' }] }
  assert.deepEqual(
    byName(schema(post), schema(renamed)).map(({ kind }) => kind),
    ['dropColumn', 'addColumn'],
  )
})

test('a foreign key follows the rename of its table and of the column that it points at', () => {
  const renamed = {
    ...post,
    name: 'blog_article',
    columns: [{ ...id, name: 'key' }, title],
    primaryKey: { columns: ['key'] },
  }
  const following = {
    ...comment,
    foreignKeys: comment.foreignKeys.map((key) => ({
      ...key,
      references: { table: 'blog_article', columns: ['key'] },
    })),
  }
  assert.deepEqual(
    lineage(schema(post, comment), schema(renamed, following)).map(({ kind }) => kind),
    ['renameTable', 'renameColumn'],
  )
})

test('a generated name identifies nothing, a given one that differs is a rename', () => {
  const parts = [{ expression: { kind: 'column', name: 'title' } }] as const
  const generated = { ...post, indexes: [{ name: 'blog_post_title_idx', generatedName: true as const, parts }] }
  const other = { ...post, indexes: [{ name: 'whatever', parts }] }
  assert.deepEqual(byName(schema(other), schema(generated)), [])
  assert.deepEqual(
    byName(schema(generated), schema(other)).map(({ kind }) => kind),
    ['renameIndex'],
  )
})

test('by lineage, a name that is given up is given up: it may be given to another', () => {
  const parts = [{ expression: { kind: 'column', name: 'title' } }] as const
  const generated = { ...post, indexes: [{ name: 'blog_post_title_idx', generatedName: true as const, parts }] }
  const given = { ...post, indexes: [{ name: 'whatever', parts }] }
  assert.deepEqual(
    lineage(schema(given), schema(generated)).map(({ kind }) => kind),
    ['renameIndex'],
  )
})

test('an index over a renamed column is the same index', () => {
  const over = (column: string) => [{ name: 'i', parts: [{ expression: { kind: 'column', name: column } as const }] }]
  const before = { ...post, indexes: over('title') }
  const after = { ...post, columns: [id, { ...title, name: 'heading' }], indexes: over('heading') }
  assert.deepEqual(
    lineage(schema(before), schema(after)).map(({ kind }) => kind),
    ['renameColumn'],
  )
})

test('a fill reaches the column that its intent names', () => {
  const body: Column = { name: 'body', identity: '#9', type: 'text', nullable: false }
  const fill = { value: 'empty' }
  assert.deepEqual(
    diff(schema(post), schema({ ...post, columns: [id, title, body] }), {
      match: 'lineage',
      comparison,
      intents: [{ kind: 'fill', column: '#9', fill }],
    }),
    [{ kind: 'addColumn', table: 'blog_post', column: body, fill }],
  )
})

test('tables are created before those that point at them, and dropped after', () => {
  const created = lineage(schema(), schema(comment, post)).filter(({ kind }) => kind === 'createTable')
  const dropped = lineage(schema(post, comment), schema()).filter(({ kind }) => kind === 'dropTable')
  assert.deepEqual(
    [...created, ...dropped].map((change) =>
      'table' in change && typeof change.table === 'object' ? change.table.name : '',
    ),
    ['blog_post', 'blog_comment', 'blog_comment', 'blog_post'],
  )
})

test('every aspect of a column that changes is a change of its own', () => {
  const after: Column = { ...title, type: 'text', nullable: true, default: { kind: 'value', value: 'x' } }
  assert.deepEqual(
    lineage(schema(post), schema({ ...post, columns: [id, after] })).map(({ kind }) => kind),
    ['setType', 'setDefault', 'dropNotNull'],
  )
})
