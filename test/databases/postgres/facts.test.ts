import assert from 'node:assert/strict'
import type { Change } from '../../../src/schema/change.ts'
import type { Column } from '../../../src/schema/schema.ts'
import { mood } from './expressions.ts'
import { table, testOnBoth } from './two-servers.ts'

const id: Column = { name: 'id', type: 'integer', nullable: false }
const made = `
  CREATE TYPE mood AS ENUM ('sad', 'ok', 'happy'); CREATE SCHEMA audit;
  CREATE TABLE author (id int PRIMARY KEY); CREATE TABLE post (id int PRIMARY KEY, author_id int CONSTRAINT by_author REFERENCES author);
  CREATE TABLE comment (id int, post_id int REFERENCES post, moods mood[], parent int); CREATE INDEX comment_index ON comment (id);
  CREATE TABLE audit.log (id int CONSTRAINT log_check CHECK (id > 0), m mood, post_id int REFERENCES post); CREATE INDEX log_index ON audit.log (id);
  CREATE TABLE "alone" (id int CONSTRAINT alone_check CHECK (id > 0))`

async function tablesFor(session: Parameters<Parameters<typeof testOnBoth>[2]>[0], ...changes: readonly Change[]) {
  return [...(await session.facts(changes)).schema.tables.keys()].sort()
}

testOnBoth('the tables that changes touch are read, by the names that they have before', made, async (session) => {
  const renames: readonly Change[] = [
    { kind: 'renameTable', from: 'comment', to: 'remark' },
    { kind: 'renameTable', from: 'alone', to: 'comment' },
  ]
  assert.deepEqual(await tablesFor(session, ...renames, { kind: 'addColumn', table: 'comment', column: id }), [
    'alone',
    'comment',
  ])
  assert.deepEqual(await tablesFor(session, { kind: 'addColumn', table: 'audit.log', column: id }), ['audit.log'])
  assert.deepEqual(
    await tablesFor(
      session,
      { kind: 'createTable', table: table('new', { columns: [id] }) },
      { kind: 'addColumn', table: 'new', column: id },
    ),
    [],
  )
})

testOnBoth(
  'with a table whose key changes come those that refer to it, with an enum those that have it',
  made,
  async (session) => {
    assert.deepEqual(await tablesFor(session, { kind: 'setPrimaryKey', table: 'post', before: { columns: ['id'] } }), [
      'audit.log',
      'comment',
      'post',
    ])
    assert.deepEqual(
      await tablesFor(session, { kind: 'alterEnum', before: mood, after: { ...mood, values: ['ok'] } }),
      ['audit.log', 'comment'],
    )
    const { referrers } = await session.facts([{ kind: 'dropTable', table: table('author', { columns: [id] }) }])
    assert.deepEqual(
      [...(referrers ?? [])],
      [
        ['post', ['audit.log', 'comment']],
        ['author', ['post']],
      ],
    )
  },
)

testOnBoth('names are taken by relations where the tables stand and by their constraints', made, async (session) => {
  const near = (await session.facts([{ kind: 'addColumn', table: 'post', column: id }])).takenNames
  assert.ok(near.isSupersetOf(new Set(['author', 'post', 'post_pkey', 'by_author', 'comment_index'])))
  assert.ok(near.isDisjointFrom(new Set(['log_index', 'log_check', 'alone_check'])))
  const far = (await session.facts([{ kind: 'addColumn', table: 'audit.log', column: id }])).takenNames
  assert.ok(far.isSupersetOf(new Set(['post', 'log_index', 'log_check'])))
})
