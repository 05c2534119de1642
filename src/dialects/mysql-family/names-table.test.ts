import assert from 'node:assert/strict'
import { test } from 'node:test'
import { namesColumn, namesTable } from './names-table.ts'

const routine = (definition: string) => ({ kind: 'procedure', definition }) as const
const view = (definition: string) => ({ kind: 'view', definition }) as const

test('a routine names a table by itself or with its database, and not by strings, comments and aliases', () => {
  assert.ok(namesTable(routine('SELECT 1 FROM Post JOIN post'), 'post', 'blog'))
  assert.ok(namesTable(routine('DELETE FROM `blog`.`post`'), 'post', 'blog'))
  assert.ok(!namesTable(routine('DELETE FROM other.post'), 'post', 'blog'))
  assert.ok(!namesTable(routine("SELECT 'post' /* post */ AS post FROM posts -- post"), 'post', 'blog'))
  assert.ok(!namesTable(routine('SELECT post(1)'), 'post', 'blog'))
})

test('a view is printed with the database before every table', () => {
  assert.ok(namesTable(view('select `blog`.`post`.`id` AS `id` from `blog`.`post`'), 'post', 'blog'))
  assert.ok(!namesTable(view('select `post`.`id` AS `post` from `blog`.`other` `post`'), 'post', 'blog'))
})

test('a column is named but as an alias or a function, and a row of a trigger has those of its own table', () => {
  assert.ok(namesColumn('UPDATE post SET Title = 1', 'title', false))
  assert.ok(!namesColumn('SELECT body AS title, title(1) FROM post', 'title', false))
  assert.ok(!namesColumn('SET NEW.title = 1', 'title', false))
  assert.ok(namesColumn('SET NEW.title = 1', 'title', true))
})
