import assert from 'node:assert/strict'
import { indexKey } from '../../../src/dialects/mysql-family/index-key.ts'
import type { Change } from '../../../src/schema/change.ts'
import type { Session } from '../../../src/schema/dialect.ts'
import { column, table } from './declarations.ts'
import { testInDatabase } from './support.ts'

const id = column('id', 'int', { nullable: false })
const made = `
  CREATE TABLE author (id int PRIMARY KEY);
  CREATE TABLE post (id int PRIMARY KEY, author_id int, n int, CONSTRAINT by_author FOREIGN KEY (author_id) REFERENCES author (id), CONSTRAINT positive CHECK (n > 0));
  CREATE TABLE remark (id int, post_id int, INDEX remark_index (id), CONSTRAINT of_post FOREIGN KEY (post_id) REFERENCES post (id));
  CREATE TABLE alone (id int, INDEX alone_index (id)); CREATE VIEW seen AS SELECT id FROM alone`

async function tablesFor(session: Session, ...changes: readonly Change[]): Promise<readonly string[]> {
  return [...(await session.facts(changes)).schema.tables.keys()].sort()
}

testInDatabase('the tables that changes touch are read, by the names that they have before', made, async (session) => {
  const renames: readonly Change[] = [
    { kind: 'renameTable', from: 'remark', to: 'comment' },
    { kind: 'renameTable', from: 'alone', to: 'remark' },
  ]
  assert.deepEqual(await tablesFor(session, ...renames, { kind: 'addColumn', table: 'remark', column: id }), [
    'alone',
    'remark',
  ])
  const created = table('new', { columns: [id] })
  assert.deepEqual(
    await tablesFor(session, { kind: 'createTable', table: created }, { kind: 'addColumn', table: 'new', column: id }),
    [],
  )
})

testInDatabase('with a table whose key changes come those that refer to it', made, async (session) => {
  assert.deepEqual(await tablesFor(session, { kind: 'setPrimaryKey', table: 'post', before: { columns: ['id'] } }), [
    'post',
    'remark',
  ])
  const { referrers } = await session.facts([{ kind: 'dropTable', table: table('author', { columns: [id] }) }])
  assert.deepEqual(
    [...(referrers ?? [])],
    [
      ['author', ['post']],
      ['post', ['remark']],
    ],
  )
})

testInDatabase(
  'names are taken by foreign keys and checks of the whole database, and by indexes in their table',
  made,
  async (session) => {
    const { takenNames } = await session.facts([{ kind: 'addColumn', table: 'remark', column: id }])
    const indexes = [indexKey('remark', 'remark_index'), indexKey('remark', 'of_post')]
    assert.ok(takenNames.isSupersetOf(new Set(['by_author', 'of_post', 'positive', ...indexes])))
    assert.ok(takenNames.isDisjointFrom(new Set(['alone_index', indexKey('alone', 'alone_index'), 'remark_index'])))
  },
)

testInDatabase(
  'about how many rows a table has is asked of the one table, whatever others are called',
  'CREATE TABLE t (a int); CREATE TABLE T (a int); INSERT INTO t VALUES (1), (2), (3); ANALYZE TABLE t',
  async (session) => {
    const rows = await session.query(session.dialect.estimateRows('t'))
    assert.deepEqual(
      rows.map((row) => Number(row['rows'])),
      [3],
    )
  },
)
