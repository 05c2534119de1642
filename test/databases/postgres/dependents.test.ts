import assert from 'node:assert/strict'
import { readDependents } from '../../../src/dialects/postgres/dependents.ts'
import { isAtLeast } from '../../../src/dialects/shared/versions.ts'
import type { Change } from '../../../src/schema/change.ts'
import type { Session } from '../../../src/schema/dialect.ts'
import type { Column, ForeignKey, Schema, Table } from '../../../src/schema/schema.ts'
import { mood } from './expressions.ts'
import { schemaOf, table, testOnBoth } from './two-servers.ts'

const raw = (sql: string) => ({ kind: 'sql', sql }) as const
const part = (name: string) => ({ expression: { kind: 'column', name } }) as const
const column = (name: string, type: string): Column => ({ name, type, nullable: true })
const title = column('title', 'character varying(20)')
const key = (table: string): ForeignKey => ({
  name: 'fk_whatever_was_made_up',
  generatedName: true,
  columns: ['author_id'],
  references: { table, columns: ['id'] },
  onDelete: 'cascade',
  onUpdate: 'noAction',
})

/** As Godwit declares it; the database says the same in its own words. */
const post = table('post', {
  columns: [
    ...[{ ...column('id', 'integer'), nullable: false }, title, column('body', 'text'), column('n', 'integer')],
    ...[column('feeling', 'mood'), column('author_id', 'integer')],
    { ...column('slug', 'text'), generated: { expression: raw('lower(title)'), stored: true } },
  ],
  primaryKey: { columns: ['id'] },
  uniques: [
    { name: 'ours', parts: [part('title'), part('n')] },
    { name: 'made_up', generatedName: true, parts: [part('title')], where: raw("body <> ''") },
  ],
  checks: [
    { name: 'made_up_too', generatedName: true, expression: raw('length(title) > n') },
    { name: 'given', expression: raw("title <> ''") },
  ],
  indexes: [
    { name: 'made_up_three', generatedName: true, parts: [{ expression: raw('lower(title)') }, part('n')] },
    { name: 'given_index', parts: [part('n')], include: ['title'] },
  ],
  exclusions: [{ name: 'apart', method: 'btree', elements: [{ ...part('title'), operator: '=' }] }],
  foreignKeys: [key('author')],
})
const author = table('author', {
  columns: [{ ...column('id', 'integer'), nullable: false }],
  primaryKey: { columns: ['id'] },
})
const before: Schema = schemaOf([author, post], [mood])

const made = `
  CREATE TYPE mood AS ENUM ('sad', 'ok', 'happy'); CREATE TABLE author (id int PRIMARY KEY);
  CREATE TABLE post (id int PRIMARY KEY, title varchar(20), body text, n int, feeling mood, author_id int REFERENCES author ON DELETE CASCADE,
    slug text GENERATED ALWAYS AS (lower(title)) STORED, CONSTRAINT ours UNIQUE (title, n), CHECK (length(title) > n),
    CONSTRAINT given CHECK (title <> ''), CONSTRAINT apart EXCLUDE USING btree (title WITH =));
  CREATE UNIQUE INDEX some_name ON post (title) WHERE body <> '';
  CREATE INDEX other_name ON post (lower(title), n); CREATE INDEX given_index ON post (n) INCLUDE (title)`

const strangers = `
  CREATE INDEX by_both ON post (n, title); CREATE INDEX partial ON post (n) WHERE title <> ''; CREATE INDEX shouted ON post (upper(title));
  CREATE UNIQUE INDEX their_unique ON post (body) INCLUDE (title);
  ALTER TABLE post ADD CONSTRAINT pair UNIQUE (title, body), ADD CONSTRAINT unlike CHECK (title <> body),
    ADD CONSTRAINT theirs EXCLUDE USING btree (title WITH =, n WITH =), ADD total text GENERATED ALWAYS AS (title || 'x') STORED;
  CREATE STATISTICS counted ON title, n FROM post;
  CREATE VIEW titles AS SELECT title FROM post; CREATE MATERIALIZED VIEW kept AS SELECT title, id FROM post;
  CREATE VIEW bodies AS SELECT body FROM post; CREATE POLICY own ON post USING (title <> 'x');
  CREATE POLICY far ON author USING (EXISTS (SELECT FROM post WHERE post.title = 'y'));
  CREATE FUNCTION stamp() RETURNS trigger LANGUAGE plpgsql AS 'begin new.title := 1; return new; end';
  CREATE TRIGGER stamped BEFORE UPDATE OF title ON post FOR EACH ROW EXECUTE FUNCTION stamp();
  CREATE FUNCTION first_title() RETURNS text LANGUAGE sql AS 'SELECT Title FROM public.POST';
  CREATE FUNCTION first_body() RETURNS text LANGUAGE sql AS 'SELECT body FROM post -- not its title';
  CREATE FUNCTION subtitles() RETURNS text LANGUAGE plpgsql AS 'begin return subtitle from post; end';
  CREATE PROCEDURE purge(days int) LANGUAGE plpgsql AS 'begin execute ''delete from post where title is null''; end';
  CREATE FUNCTION atomic() RETURNS bigint LANGUAGE sql BEGIN ATOMIC SELECT count(title) FROM post; END;
  CREATE FUNCTION takes(post, mood) RETURNS int LANGUAGE sql AS 'SELECT 1';
  CREATE TABLE stranger (id int, post_id int REFERENCES post, t text, b text, FOREIGN KEY (t, b) REFERENCES post (title, body), m mood);
  CREATE RULE ruled AS ON INSERT TO stranger DO ALSO SELECT title FROM post`

async function dependents(session: Session, ...changes: readonly Change[]): Promise<readonly string[]> {
  const found = await session.dependents(changes, before)
  return found.map(({ fate, kind, name, on }) => `${fate}: ${kind} ${name} on ${on}`).sort()
}

const dropTitle: Change = { kind: 'dropColumn', table: 'post', column: title }
const dropPost: Change = { kind: 'dropTable', table: post }
const alterEnum = (...values: readonly string[]): Change => ({
  kind: 'alterEnum',
  before: mood,
  after: { ...mood, values },
})

testOnBoth(
  'what Godwit made is no stranger, whatever it is called and however the server spells it',
  made,
  async (session) => {
    assert.deepEqual(await dependents(session, dropTitle), [])
    assert.deepEqual(await dependents(session, dropPost), [])
    assert.deepEqual(await dependents(session, { kind: 'dropTable', table: author }), [])
    assert.deepEqual(await dependents(session, alterEnum('ok')), [])
    assert.deepEqual(await dependents(session, { kind: 'dropObject', object: mood }), [])
  },
)

testOnBoth(
  'a column takes along what was made over it, breaks what names it, and is kept by what depends on it',
  `${made};${strangers}`,
  async (session) => {
    // Before version 15 a computed column goes along with what it is computed from.
    const ofComputed = isAtLeast(session.dialect.version, '15.0') ? 'blocks' : 'dropped'
    const expected = [
      'blocks: foreign key stranger_t_b_fkey on post.title',
      'blocks: function atomic() on post.title',
      `${ofComputed}: generated column post.total on post.title`,
      'blocks: materialised view kept on post.title',
      'blocks: policy far on post.title',
      'blocks: policy own on post.title',
      'blocks: rule ruled on post.title',
      'blocks: trigger stamped on post.title',
      'blocks: view titles on post.title',
      'broken: function first_title() on post.title',
      'broken: function stamp() on post.title',
      'broken: procedure purge(integer) on post.title',
      'dropped: check unlike on post.title',
      'dropped: exclusion theirs on post.title',
      'dropped: index by_both on post.title',
      'dropped: index partial on post.title',
      'dropped: index shouted on post.title',
      'dropped: index their_unique on post.title',
      'dropped: statistics counted on post.title',
      'dropped: unique constraint pair on post.title',
    ]
    assert.deepEqual(await dependents(session, dropTitle), expected.sort())
  },
)

testOnBoth('the server does as it was foretold', `${made};${strangers}`, async (session) => {
  const refused = async (statement: string): Promise<boolean> =>
    session
      .transaction(() => session.script(statement))
      .then(
        () => false,
        () => true,
      )
  // What Godwit declared itself goes first, as its plans have it.
  await session.script('ALTER TABLE post DROP slug')
  assert.ok(await refused('ALTER TABLE post DROP title'))
  await session.script(`DROP TABLE stranger; DROP FUNCTION atomic(); DROP POLICY far ON author; DROP POLICY own ON post; DROP TRIGGER stamped ON post;
    DROP VIEW titles; DROP MATERIALIZED VIEW kept; ALTER TABLE post DROP total`)
  assert.ok(!(await refused('ALTER TABLE post DROP title')))
  const [real] = [...(await session.inspect({ tables: ['post'] })).tables.values()]
  assert.deepEqual([real?.uniques, real?.checks, real?.indexes, real?.exclusions], [[], [], [], undefined])
})

testOnBoth(
  'a table is kept by what depends on it, by its columns or its row type',
  `${made};${strangers}`,
  async (session) => {
    assert.deepEqual(
      await dependents(
        session,
        { kind: 'renameTable', from: 'post', to: 'article' },
        { kind: 'dropTable', table: { ...post, name: 'article' } },
      ),
      [
        'blocks: foreign key stranger_post_id_fkey on post',
        'blocks: foreign key stranger_t_b_fkey on post',
        'blocks: function atomic() on post',
        'blocks: function takes(post,mood) on post',
        'blocks: materialised view kept on post',
        'blocks: policy far on post',
        'blocks: rule ruled on post',
        'blocks: view bodies on post',
        'blocks: view titles on post',
        'broken: function first_body() on post',
        'broken: function first_title() on post',
        'broken: function subtitles() on post',
        'broken: procedure purge(integer) on post',
      ],
    )
  },
)

testOnBoth(
  'another type is refused for what reads the column, and asked about by the name that it has now',
  `${made};${strangers}`,
  async (session) => {
    const heading = { ...title, name: 'heading' }
    const renames: readonly Change[] = [
      { kind: 'renameTable', from: 'post', to: 'article' },
      { kind: 'renameColumn', table: 'article', from: 'title', to: 'heading' },
    ]
    const setType: Change = { kind: 'setType', table: 'article', before: heading, after: { ...heading, type: 'text' } }
    assert.deepEqual(await dependents(session, ...renames, setType), [
      'blocks: function atomic() on post.title',
      'blocks: generated column post.total on post.title',
      'blocks: materialised view kept on post.title',
      'blocks: policy far on post.title',
      'blocks: policy own on post.title',
      'blocks: rule ruled on post.title',
      'blocks: trigger stamped on post.title',
      'blocks: view titles on post.title',
    ])
  },
)

testOnBoth(
  'an enum that is replaced has another type in all its columns; values can be added to it as it is',
  `${made};${strangers}; CREATE VIEW feelings AS SELECT feeling FROM post`,
  async (session) => {
    assert.deepEqual(await dependents(session, alterEnum('sad', 'new', 'ok', 'happy')), [])
    const replaced = ['blocks: function takes(post,mood) on mood', 'blocks: view feelings on post.feeling']
    assert.deepEqual(await dependents(session, alterEnum('sad', 'happy')), replaced)
    assert.deepEqual(await dependents(session, alterEnum('happy', 'ok', 'sad')), replaced)
    assert.deepEqual(await dependents(session, { kind: 'dropObject', object: mood }), [
      'blocks: column stranger.m on mood',
      'blocks: function takes(post,mood) on mood',
    ])
  },
)

testOnBoth(
  'changes that harm nothing ask nothing, and the others a constant number of questions',
  made,
  async (session) => {
    const count = async (changes: readonly Change[]): Promise<number> => {
      let queries = 0
      await readDependents(changes, before, (statement) => {
        queries += 1
        return session.query(statement)
      })
      return queries
    }
    const added: Table = table('new', { columns: [title] })
    assert.equal(
      await count([
        { kind: 'createTable', table: added },
        { kind: 'addColumn', table: 'post', column: title },
      ]),
      0,
    )
    const drops = post.columns.map((column): Change => ({ kind: 'dropColumn', table: 'post', column }))
    assert.equal(await count([dropTitle]), await count([...drops, { kind: 'dropTable', table: author }]))
  },
)
