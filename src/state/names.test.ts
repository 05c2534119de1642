import assert from 'node:assert/strict'
import { test } from 'node:test'
import { columnName, generatedName, joinColumnNames, joinTableName, tableName } from './names.ts'

test('a table is named after app and model, unless it is given a name', () => {
  assert.equal(tableName('blog', 'BlogPost', {}), 'blog_blog_post')
  assert.equal(tableName('blog', 'HTTPServer2'), 'blog_http_server2')
  assert.equal(tableName('blog', 'BlogPost', { table: 'posts' }), 'posts')
})

test('a schema stands before the table, and is no part of generated names', () => {
  assert.equal(tableName('blog', 'Post', { schema: 'audit' }), 'audit.blog_post')
  assert.equal(tableName('blog', 'Post', { schema: 'audit', table: 'posts' }), 'audit.posts')
  assert.equal(joinTableName('audit.blog_post', 'tags'), 'audit.blog_post_tags')
  assert.equal(joinTableName('audit.blog_post', 'tags', { table: 'tagged' }), 'audit.tagged')
  assert.equal(generatedName('idx', 'audit.blog_post', ['title']), 'blog_post_title_idx')
  assert.equal(
    generatedName('uniq', `audit.${'x'.repeat(60)}`, ['author']),
    generatedName('uniq', 'x'.repeat(60), ['author']),
  )
})

test('a column is named after its field, with _id where it holds a key, unless it is given a name', () => {
  assert.equal(columnName('issuedAt', {}), 'issued_at')
  assert.equal(columnName('owner', { to: 'accounts.User' }), 'owner_id')
  assert.equal(columnName('owner', { to: 'accounts.User', column: 'belongs_to' }), 'belongs_to')
})

test('a join table is named after its owner and field, its columns after the two models', () => {
  assert.equal(joinTableName('blog_post', 'mainTags'), 'blog_post_main_tags')
  assert.equal(joinTableName('blog_post', 'tags', { table: 'tagged' }), 'tagged')
  assert.deepEqual(joinColumnNames('BlogPost', 'Tag'), { source: 'blog_post_id', target: 'tag_id' })
  assert.deepEqual(joinColumnNames('User', 'User'), { source: 'from_user_id', target: 'to_user_id' })
})

test('a generated name is readable, and cut with a hash where it is too long', () => {
  assert.equal(generatedName('idx', 'blog_post', ['author_id', 'title']), 'blog_post_author_id_title_idx')
  const long = generatedName('uniq', 'x'.repeat(60), ['author'])
  assert.match(long, /^x{49}_[0-9a-f]{8}_uniq$/)
  assert.equal(long, generatedName('uniq', 'x'.repeat(60), ['author']))
  assert.notEqual(long, generatedName('uniq', 'x'.repeat(60), ['editor']))
  assert.ok(Buffer.byteLength(generatedName('fk', 'ü'.repeat(40), ['a'])) <= 63)
})
