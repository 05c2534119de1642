import assert from 'node:assert/strict'
import { test } from 'node:test'
import { f } from '../fields/f.ts'
import { keyOf } from '../state/project-state.ts'
import { modelUnder, stateOf } from '../state/with-model.ts'
import { shapeOf } from './shape.ts'

const id = f.bigAuto({ primaryKey: true })
const state = stateOf([
  { app: 'accounts', name: 'User', fields: { code: f.char({ maxLength: 7, primaryKey: true }), ownId: f.text() } },
  { app: 'accounts', name: 'Profile', fields: { user: f.oneToOne('accounts.User', { primaryKey: true }) } },
  {
    app: 'blog',
    name: 'Post',
    fields: {
      id,
      title: f.text({ default: 'none', column: 'head' }),
      author: f.foreignKey('accounts.User', { relatedName: 'posts' }),
      editor: f.foreignKey('accounts.User', { null: true }),
      reviewer: f.foreignKey('accounts.User', { null: true }),
      profile: f.foreignKey('accounts.Profile', { null: true }),
      own: f.foreignKey('accounts.User', { null: true, relatedName: 'owned' }),
      ownId: f.integer({ column: 'own_number' }),
      length: f.generated({
        expression: { kind: 'call', function: 'length', arguments: [{ kind: 'column', name: 'title' }] },
        output: f.integer(),
      }),
      tags: f.manyToMany('blog.Tag'),
      related: f.manyToMany('blog.Post', { relatedName: 'relatedFrom' }),
      readers: f.manyToMany('accounts.User', {
        through: 'blog.Reading',
        throughFields: ['post', 'reader'],
        relatedName: 'read',
      }),
    },
    options: { schema: 'press' },
  },
  { app: 'blog', name: 'Tag', fields: { id } },
  {
    app: 'blog',
    name: 'Reading',
    fields: {
      id,
      post: f.foreignKey('blog.Post', { relatedName: 'readings' }),
      reader: f.foreignKey('accounts.User', { relatedName: 'readings' }),
      lender: f.foreignKey('accounts.User', { relatedName: 'lendings' }),
    },
  },
])
const shape = (key: string) => shapeOf(state, modelUnder(state, key))

test('a row shows fields with columns, relations by their keys, and what can be left out of a new one', () => {
  const { table, attributes, primaryKey } = shape('blog.Post')
  assert.equal(table, 'press.blog_post')
  assert.deepEqual(
    primaryKey.map(({ name }) => name),
    ['id'],
  )
  assert.deepEqual(
    [...attributes.values()].map(({ name, column, type, nullable, role }) => [name, column, type.type, nullable, role]),
    [
      ['id', 'id', 'bigInteger', false, 'defaulted'],
      ['title', 'head', 'text', false, 'defaulted'],
      ['authorId', 'author_id', 'varchar', false, 'plain'],
      ['editorId', 'editor_id', 'varchar', true, 'plain'],
      ['reviewerId', 'reviewer_id', 'varchar', true, 'plain'],
      ['profileId', 'profile_id', 'varchar', true, 'plain'],
      ['own', 'own_id', 'varchar', true, 'plain'],
      ['ownId', 'own_number', 'integer', false, 'plain'],
      ['length', 'length', 'integer', false, 'computed'],
    ],
  )
})

test('a key of a key is checked as what stands at the end of the line', () => {
  assert.equal(shape('blog.Post').attributes.get('profileId')?.field.kind, 'char')
  assert.equal(shape('accounts.Profile').primaryKey[0]?.field.maxLength, 7)
})

test('relations have names at both ends, and lead to one row or to many', () => {
  const ends = (key: string) =>
    [...shape(key).relations.values()].map(({ name, target, many, declaredBy }) => [
      name,
      keyOf(target),
      many,
      declaredBy,
    ])
  assert.deepEqual(ends('accounts.User'), [
    ['profile', 'accounts.Profile', false, 'accounts.Profile.user'],
    ['posts', 'blog.Post', true, 'blog.Post.author'],
    ['owned', 'blog.Post', true, 'blog.Post.own'],
    ['read', 'blog.Post', true, 'blog.Post.readers'],
    ['readings', 'blog.Reading', true, 'blog.Reading.reader'],
    ['lendings', 'blog.Reading', true, 'blog.Reading.lender'],
  ])
  assert.deepEqual([...shape('accounts.User').ambiguous], [['post', ['blog.Post.editor', 'blog.Post.reviewer']]])
  assert.deepEqual(ends('blog.Tag'), [['post', 'blog.Post', true, 'blog.Post.tags']])
})

test('a many-to-many goes over its join table, each end from its own side', () => {
  const way = (key: string, name: string) => shape(key).relations.get(name)?.way
  assert.deepEqual(way('blog.Post', 'related'), {
    kind: 'joined',
    table: 'press.blog_post_related',
    own: { column: 'from_post_id', key: 'id' },
    others: { column: 'to_post_id', key: 'id' },
  })
  assert.deepEqual(way('blog.Post', 'relatedFrom'), {
    kind: 'joined',
    table: 'press.blog_post_related',
    own: { column: 'to_post_id', key: 'id' },
    others: { column: 'from_post_id', key: 'id' },
  })
  assert.deepEqual(way('accounts.User', 'read'), {
    kind: 'joined',
    table: 'blog_reading',
    own: { column: 'reader_id', key: 'code' },
    others: { column: 'post_id', key: 'id' },
    through: modelUnder(state, 'blog.Reading'),
  })
})
