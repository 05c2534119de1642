import assert from 'node:assert/strict'
import { mariadb } from '../../../src/dialects/mariadb/mariadb.ts'
import { mysql } from '../../../src/dialects/mysql/mysql.ts'
import { readDependents } from '../../../src/dialects/mysql-family/dependents.ts'
import type { Change } from '../../../src/schema/change.ts'
import type { Session } from '../../../src/schema/dialect.ts'
import type { Column, Schema, Table } from '../../../src/schema/schema.ts'
import { column, part, raw, table } from './declarations.ts'
import { testInDatabase } from './support.ts'

const id = column('id', 'int', { nullable: false })
const title = column('title', 'varchar(20)')

/** As Godwit declares it; the database says the same in its own words. */
const post: Table = table('post', {
  columns: [
    ...[id, title, column('body', 'longtext'), column('n', 'int'), column('author_id', 'int')],
    column('slug', 'varchar(20)', { generated: { expression: raw('lower(title)'), stored: true } }),
  ],
  uniques: [{ name: 'made_up', generatedName: true, parts: [part('title'), part('n')] }],
  checks: [{ name: 'made_up_too', generatedName: true, expression: raw('char_length(title) > n') }],
  indexes: [
    { name: 'given', parts: [part('n'), part('title')] },
    { name: 'made_up_three', generatedName: true, parts: [part('author_id')] },
  ],
  foreignKeys: [
    {
      name: 'made_up_four',
      generatedName: true,
      columns: ['author_id'],
      references: { table: 'author', columns: ['id'] },
      onDelete: 'cascade',
      onUpdate: 'noAction',
    },
  ],
})
const author: Table = table('author', { columns: [id] })
const before: Schema = { tables: new Map([post, author].map((one) => [one.name, one])), others: [] }

const made = `
  CREATE TABLE author (id int PRIMARY KEY);
  CREATE TABLE post (id int PRIMARY KEY, title varchar(20), body longtext, n int, author_id int, slug varchar(20) AS (lower(title)) STORED,
    UNIQUE some_name (title, n), INDEX given (n, title), INDEX other_name (author_id), CONSTRAINT some_check CHECK (char_length(title) > n),
    CONSTRAINT some_key FOREIGN KEY (author_id) REFERENCES author (id) ON DELETE CASCADE);`

const strangers = `
  ALTER TABLE post ADD INDEX by_title (title), ADD INDEX by_both (n, title), ADD UNIQUE one_title (title), ADD UNIQUE both_once (title, author_id),
    ADD CONSTRAINT named CHECK (title <> ''), ADD CONSTRAINT unlike CHECK (title <> body), ADD total varchar(30) AS (concat(title, 'x')) VIRTUAL;
  CREATE TABLE stranger (id int PRIMARY KEY, post_id int, CONSTRAINT to_post FOREIGN KEY (post_id) REFERENCES post (id));
  CREATE VIEW titles AS SELECT title AS heading FROM post; CREATE VIEW bodies AS SELECT body AS title FROM post;
  CREATE TRIGGER stamped BEFORE UPDATE ON post FOR EACH ROW SET NEW.title = upper(NEW.title);
  CREATE TRIGGER counted BEFORE INSERT ON author FOR EACH ROW SET NEW.id = (SELECT count(title) FROM post);
  CREATE TRIGGER harmless BEFORE INSERT ON post FOR EACH ROW SET NEW.n = 1;
  CREATE PROCEDURE tidy() DELETE FROM post WHERE TITLE IS NULL; CREATE PROCEDURE other() SELECT 1 FROM author;
  CREATE EVENT nightly ON SCHEDULE EVERY 1 DAY DISABLE DO UPDATE post SET title = 'x'`

async function dependents(session: Session, ...changes: readonly Change[]): Promise<readonly string[]> {
  const found = await session.dependents(changes, before)
  return found.map(({ kind, name, on, fate }) => `${fate} ${kind} ${name} (${on})`).sort()
}

const drop = (dropped: Column): Change => ({ kind: 'dropColumn', table: 'post', column: dropped })

testInDatabase('what Godwit declared is no stranger, under whatever name', made, async (session) => {
  assert.deepEqual(await dependents(session, drop(title), drop(column('author_id', 'int'))), [])
  assert.deepEqual(await dependents(session, { kind: 'dropTable', table: post }), [])
  assert.deepEqual(await dependents(session, { kind: 'dropTable', table: author }), [])
})

testInDatabase(
  'what a column takes along, narrows, breaks and is kept by is found',
  made + strangers,
  async (session) => {
    const unique = session.dialect.name === 'mariadb' ? 'blocks' : 'narrowed'
    assert.deepEqual(await dependents(session, drop(title)), [
      'blocks check unlike (post.title)',
      'blocks generated column post.total (post.title)',
      ...(unique === 'blocks' ? ['blocks unique index both_once (post.title)'] : []),
      'broken event nightly (post.title)',
      'broken procedure tidy (post.title)',
      'broken trigger counted (post.title)',
      'broken trigger stamped (post.title)',
      'broken view titles (post.title)',
      'dropped check named (post.title)',
      'dropped index by_title (post.title)',
      'dropped unique index one_title (post.title)',
      'narrowed index by_both (post.title)',
      ...(unique === 'narrowed' ? ['narrowed unique index both_once (post.title)'] : []),
    ])
  },
)

testInDatabase('the server does as it was foretold', made + strangers, async (session) => {
  const indexes = async () =>
    (await session.inspect()).tables.get('post')?.indexes.map(({ name, parts }) => [name, parts.length])
  await session.script('ALTER TABLE post DROP COLUMN slug')
  await assert.rejects(session.script('ALTER TABLE post DROP COLUMN title'))
  await session.script(
    'ALTER TABLE post DROP COLUMN total, DROP CONSTRAINT unlike, DROP CONSTRAINT some_check, DROP INDEX some_name, DROP INDEX both_once',
  )
  await session.script('ALTER TABLE post DROP COLUMN title')
  assert.deepEqual(await indexes(), [
    ['by_both', 1],
    ['given', 1],
    ['other_name', 1],
  ])
  assert.deepEqual((await session.inspect()).tables.get('post')?.checks, [])
  for (const text of [
    'SELECT * FROM titles',
    'UPDATE post SET n = 1',
    'CALL tidy()',
    'INSERT INTO author VALUES (1)',
  ]) {
    if (text.startsWith('UPDATE')) await session.script('INSERT INTO post (id) VALUES (1)')
    await assert.rejects(session.script(text), text)
  }
})

testInDatabase(
  'a rename breaks what names the column or table, and nothing that stands on tables',
  made + strangers,
  async (session) => {
    const column: Change = { kind: 'renameColumn', table: 'post', from: 'title', to: 'heading' }
    assert.deepEqual(await dependents(session, column), [
      'broken event nightly (post.title)',
      'broken procedure tidy (post.title)',
      'broken trigger counted (post.title)',
      'broken trigger stamped (post.title)',
      'broken view titles (post.title)',
    ])
    assert.deepEqual(await dependents(session, { kind: 'renameTable', from: 'post', to: 'article' }), [
      'broken event nightly (post)',
      'broken procedure tidy (post)',
      'broken trigger counted (post)',
      'broken view bodies (post)',
      'broken view titles (post)',
    ])
    assert.deepEqual(
      await dependents(session, { kind: 'renameTable', from: 'post', to: 'article' }, { ...column, table: 'article' }),
      [
        ...(await dependents(session, column)),
        ...(await dependents(session, { kind: 'renameTable', from: 'post', to: 'article' })),
      ].sort(),
    )
  },
)

testInDatabase(
  'a table that goes breaks what names it, and stays for a foreign key to it',
  made + strangers,
  async (session) => {
    assert.deepEqual(await dependents(session, { kind: 'dropTable', table: post }), [
      'blocks foreign key to_post (post)',
      'broken event nightly (post)',
      'broken procedure tidy (post)',
      'broken trigger counted (post)',
      'broken view bodies (post)',
      'broken view titles (post)',
    ])
    assert.deepEqual(await dependents(session, drop(column('id', 'int'))), ['blocks foreign key to_post (post.id)'])
  },
)

testInDatabase(
  'changes that harm nothing ask nothing, and the others a constant number of questions',
  made + strangers,
  async (session) => {
    const sent = async (...changes: readonly Change[]): Promise<number> => {
      let count = 0
      const variant = session.dialect.name === 'mariadb' ? mariadb : mysql
      const query: Session['query'] = (statement) => {
        count += 1
        return session.query(statement)
      }
      await readDependents(changes, before, query, { variant, version: session.dialect.version })
      return count
    }
    assert.equal(await sent({ kind: 'addColumn', table: 'post', column: title }), 0)
    const one = await sent(drop(title))
    assert.equal(await sent(drop(title), drop(column('n', 'int')), { kind: 'dropTable', table: author }), one)
  },
)
