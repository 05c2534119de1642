import assert from 'node:assert/strict'
import type { Session } from '../../../src/schema/dialect.ts'
import type { Expression } from '../../../src/schema/expression.ts'
import type { Collation, Column, EnumType, Exclusion, ForeignKey, Schema, Table } from '../../../src/schema/schema.ts'
import { become, carryOut, differences, make } from './plan-support.ts'
import { rows, schemaOf, table, testOnBoth } from './two-servers.ts'

const raw = (sql: string): Expression => ({ kind: 'sql', sql })
const part = (column: string) => ({ expression: { kind: 'column', name: column } as const })
const id: Column = { name: 'id', identity: 'id', type: 'bigint', nullable: false, autoIncrement: true }
const n: Column = { name: 'n', identity: 'n', type: 'integer', nullable: true }
const key = { primaryKey: { columns: ['id'] } }
const post = table('post', { identity: 'post', columns: [id, n], ...key })

/** A table with other columns beside its key. */
function posts(columns: readonly Column[], parts: Partial<Table> = {}): Schema {
  return schemaOf([{ ...post, columns: [id, ...columns], ...parts }])
}

/** There and back again; gives the statements there. */
async function toAndFro(session: Session, before: Schema, after: Schema): Promise<readonly string[]> {
  const statements = await become(session, before, after)
  await become(session, after, before)
  return statements
}

async function values(session: Session, query: string): Promise<readonly unknown[]> {
  return (await rows(session, query)).map((row) => Object.values(row)[0])
}

testOnBoth('everything that a table can have comes and goes', '', async (session) => {
  const elements: Exclusion['elements'] = [
    { expression: raw('int8range(id, id + 1)'), operator: '&&', operatorClass: 'range_ops' },
  ]
  const own: ForeignKey = {
    name: 'self',
    columns: ['parent'],
    references: { table: 'blog.post', columns: ['id'] },
    onDelete: 'setNull',
    onUpdate: 'cascade',
    deferrable: 'deferred',
  }
  const full = table('blog.post', {
    identity: 'blog.post',
    columns: [
      id,
      { ...n, default: { kind: 'value', value: -1 } },
      { name: 'parent', type: 'bigint', nullable: true, comment: "it's above" },
      { name: 'tags', type: 'text[]', nullable: false, default: raw(`'{a,"b c"}'::text[]`) },
      { name: 'tall', type: 'integer', nullable: true, generated: { expression: raw('n * 2'), stored: true } },
      { name: 'name', type: 'text', nullable: true, collation: 'C' },
    ],
    ...key,
    comment: 'all of it',
    uniques: [
      { name: 'n_once', generatedName: true, parts: [part('n')], include: ['parent'], deferrable: 'immediate' },
      { name: 'lower_name', parts: [{ expression: raw('lower(name)'), descending: true, nulls: 'last' }] },
    ],
    checks: [{ name: 'positive', expression: raw('n > -10') }],
    indexes: [
      { name: 'by_tags', method: 'gin', parts: [part('tags')] },
      { name: 'by_name', parts: [{ ...part('name'), operatorClass: 'text_pattern_ops' }], where: raw("name <> ''") },
    ],
    exclusions: [{ name: 'apart', elements, where: raw('n > 0'), deferrable: 'deferred' }],
    foreignKeys: [own],
  })
  await make(session, schemaOf([full]))
  await toAndFro(
    session,
    schemaOf([full]),
    schemaOf([{ ...table('blog.post', { columns: [id] }), identity: 'blog.post' }]),
  )
})

testOnBoth('two NULLs can be the same value', '', async (session) => {
  if (!session.dialect.version.startsWith('14')) {
    const once = { uniques: [{ name: 'once', parts: [part('n')], nullsNotDistinct: true as const }] }
    await make(session, posts([n]))
    await toAndFro(session, posts([n]), posts([n], once))
    await session.script('INSERT INTO post (n) VALUES (NULL), (NULL)')
    const check = session.dialect.precheck(
      { kind: 'addUnique', table: 'post', unique: once.uniques[0] ?? { name: '', parts: [] } },
      posts([n]),
    )
    const [answer] = check === undefined ? [] : await session.query(check.query)
    assert.deepEqual([Number(answer?.['violations']), answer?.['example']], [1, 'NULL'])
  }
})

testOnBoth('rows get the value of a column that is added, and NULLs theirs', '', async (session) => {
  const kind: Column = { name: 'kind', identity: 'kind', type: 'text[]', nullable: false }
  const double: Column = {
    name: 'double',
    identity: 'double',
    type: 'bigint',
    nullable: false,
    default: { kind: 'value', value: 0 },
  }
  await make(session, posts([n]))
  await session.script('INSERT INTO post (n) VALUES (1), (NULL)')
  await become(session, posts([n]), posts([{ ...n, nullable: false }, kind, double]), [
    { kind: 'fill', column: 'n', fill: { value: 7 } },
    { kind: 'fill', column: 'kind', fill: { value: { $json: ['a', 'b c'] } } },
    { kind: 'fill', column: 'double', fill: { expression: raw('2 * coalesce(n, 7)') } },
  ])
  assert.deepEqual(await values(session, 'SELECT row(n, kind, double)::text FROM post ORDER BY id'), [
    '(1,"{a,""b c""}",2)',
    '(7,"{a,""b c""}",14)',
  ])
})

testOnBoth('NULLs are replaced where a foreign key waits for the end of the transaction', '', async (session) => {
  const waiting: Partial<Table> = {
    foreignKeys: [
      {
        name: 'self',
        columns: ['n'],
        references: { table: 'post', columns: ['id'] },
        onDelete: 'noAction',
        onUpdate: 'noAction',
        deferrable: 'deferred',
      },
    ],
  }
  const whole: Column = { ...n, type: 'bigint' }
  await make(session, posts([whole], waiting))
  await session.script('INSERT INTO post (n) VALUES (1), (NULL)')
  const intents = [{ kind: 'fill', column: 'n', fill: { value: 2 } }] as const
  await become(session, posts([whole], waiting), posts([{ ...whole, nullable: false }], waiting), intents)
  assert.deepEqual(await values(session, 'SELECT n::integer FROM post ORDER BY id'), [1, 2])
})

testOnBoth(
  'a numbered column goes on behind its rows, and a serial one takes its sequence along',
  '',
  async (session) => {
    const plain = posts([n]).tables.get('post') ?? post
    const unnumbered = schemaOf([
      { ...plain, columns: [{ name: 'id', identity: 'id', type: 'bigint', nullable: false }, n] },
    ])
    await make(session, unnumbered)
    await session.script('INSERT INTO post (id) VALUES (5), (-3)')
    await become(session, unnumbered, posts([n]))
    await session.script('INSERT INTO post (n) VALUES (1)')
    assert.deepEqual(await values(session, 'SELECT max(id)::integer FROM post'), [6])
    await become(session, posts([n]), unnumbered)

    await session.script('DROP TABLE post; CREATE TABLE post (id serial PRIMARY KEY, n integer)')
    const small = schemaOf([{ ...plain, columns: [{ ...id, type: 'integer' }, n] }])
    assert.deepEqual(await differences(session, small), [])
    await become(session, small, posts([n]))
    assert.deepEqual(await values(session, `SELECT data_type::text FROM pg_sequences`), ['bigint'])
    await become(session, posts([n]), unnumbered)
    assert.deepEqual(await values(session, `SELECT data_type::text FROM pg_sequences`), [])
  },
)

testOnBoth('a computed column becomes an ordinary one and keeps its values, stored or not', '', async (session) => {
  const ordinary: Column = { name: 'double', identity: 'double', type: 'integer', nullable: true }
  const computed = (stored: boolean): Column => ({ ...ordinary, generated: { expression: raw('n * 2'), stored } })
  const indexed = { indexes: [{ name: 'by_n', parts: [part('n')] }] }
  const kinds = session.dialect.support.virtualGenerated
  for (const stored of 'works' in kinds ? [true, false] : [true]) {
    await make(session, posts([n, computed(stored)], indexed))
    await session.script('INSERT INTO post (n) VALUES (3)')
    await become(session, posts([n, computed(stored)], indexed), posts([n, ordinary], indexed))
    assert.deepEqual(await values(session, 'SELECT double FROM post'), [6])
    await session.script('UPDATE post SET double = 0')
    await become(session, posts([n, ordinary], indexed), posts([n, computed(stored)], indexed))
    assert.deepEqual(await values(session, 'SELECT double FROM post'), [6])
    const tripled: Column = { ...ordinary, generated: { expression: raw('n * 3'), stored } }
    await become(session, posts([n, computed(stored)], indexed), posts([n, tripled], indexed))
    assert.deepEqual(await values(session, 'SELECT double FROM post'), [9])
  }
})

testOnBoth('what other hands put on a computed column is still there when it is made anew', '', async (session) => {
  const computed = (expression: string): Column => ({
    name: 'double',
    identity: 'double',
    type: 'integer',
    nullable: true,
    generated: { expression: raw(expression), stored: true },
  })
  await make(session, posts([n, computed('n * 2')]))
  await session.script(
    `ALTER TABLE post ADD theirs bigint GENERATED ALWAYS AS (n + 1) STORED;
      CREATE INDEX by_theirs ON post (double DESC, theirs) WHERE n > 0; ALTER TABLE post ADD CHECK (double < theirs)`,
  )
  const [before, after] = [posts([n, computed('n * 2')]), posts([{ ...n, type: 'bigint' }, computed('n * 2')])]
  const real = await session.inspect()
  await carryOut(session, {
    before,
    after,
    changes: [{ kind: 'setType', table: 'post', before: n, after: { ...n, type: 'bigint' } }],
  })
  const { columns, indexes, checks } = (await session.inspect()).tables.get('post') ?? post
  assert.deepEqual(columns.map(({ name }) => name).toSorted(), ['double', 'id', 'n', 'theirs'])
  assert.deepEqual(indexes, real.tables.get('post')?.indexes)
  assert.deepEqual(checks, real.tables.get('post')?.checks)
})

testOnBoth('values come into an enum, leave it, and change places', '', async (session) => {
  const mood = (...among: readonly string[]): EnumType => ({ kind: 'enum', name: 'Mood', values: among })
  const one: Column = { name: 'one', identity: 'one', type: '"Mood"', nullable: false, default: raw(`'ok'::"Mood"`) }
  const many: Column = { name: 'many', identity: 'many', type: '"Mood"[]', nullable: true }
  const checked = {
    checks: [{ name: 'not_sad', expression: raw("one <> 'sad'") }],
    indexes: [{ name: 'i', parts: [part('one')] }],
  }
  const tables = [...posts([one, many], checked).tables.values()]
  const with_ = (type: EnumType): Schema => schemaOf(tables, [type])
  await make(session, with_(mood('sad', 'ok')))
  await session.script(`INSERT INTO post (many) VALUES ('{ok,ok}')`)
  await become(session, with_(mood('sad', 'ok')), with_(mood('low', 'sad', 'odd', 'ok', 'glad')))
  await become(session, with_(mood('low', 'sad', 'odd', 'ok', 'glad')), with_(mood('ok', 'sad')))
  assert.deepEqual(await values(session, 'SELECT row(one, many)::text FROM post'), ['(ok,"{ok,ok}")'])

  const asked = async (values_: readonly string[]): Promise<readonly unknown[] | undefined> => {
    const change = { kind: 'alterEnum', before: mood('ok', 'sad'), after: mood(...values_) } as const
    const check = session.dialect.precheck(change, with_(mood('ok', 'sad')))
    const [answer] = check === undefined ? [] : await session.query(check.query)
    return check && [Number(answer?.['violations']), answer?.['example']]
  }
  assert.equal(await asked(['ok', 'sad', 'new']), undefined)
  assert.deepEqual(await asked(['ok']), [0, null])
  assert.deepEqual(await asked(['sad']), [2, 'post.many = ["ok", "ok"]'])
})

testOnBoth('a new value of an enum can be the default in the same transaction', '', async (session) => {
  const mood = (...among: readonly string[]): EnumType => ({ kind: 'enum', name: 'mood', values: among })
  const one: Column = { name: 'one', identity: 'one', type: 'mood', nullable: true }
  const before = schemaOf([...posts([one]).tables.values()], [mood('sad', 'ok')])
  const glad: Column = { ...one, default: raw("'glad'::mood") }
  await make(session, before)
  await toAndFro(session, before, schemaOf([...posts([glad]).tables.values()], [mood('sad', 'ok', 'glad')]))
})

testOnBoth('a collation that changes is made anew beside the columns that have it', '', async (session) => {
  const folding = (locale: string): Collation => ({ kind: 'collation', name: 'folding', provider: 'icu', locale })
  const name: Column = { name: 'name', identity: 'name', type: 'text', nullable: true, collation: 'folding' }
  const indexed = { indexes: [{ name: 'i', parts: [part('name')] }] }
  const sorted = (locale: string): Schema => schemaOf([...posts([name], indexed).tables.values()], [folding(locale)])
  // PGlite has no ICU.
  const [icu] = await rows(session, "SELECT count(*) AS count FROM pg_collation WHERE collprovider = 'i'")
  if (Number(icu?.['count']) === 0) return
  await make(session, sorted('de-u-co-phonebk'))
  await toAndFro(session, sorted('de-u-co-phonebk'), sorted('en'))
})

testOnBoth('a type becomes another where foreign keys hold on to it', '', async (session) => {
  const team = table('team', {
    identity: 'team',
    columns: [{ ...id, autoIncrement: true, identity: 'team.id' }],
    ...key,
  })
  const references: ForeignKey = {
    name: 'of_team',
    generatedName: true,
    columns: ['team_id'],
    references: { table: 'team', columns: ['id'] },
    onDelete: 'cascade',
    onUpdate: 'noAction',
  }
  const member: Column = { name: 'team_id', identity: 'team_id', type: 'bigint', nullable: true }
  const before = schemaOf([team, { ...post, columns: [id, member], foreignKeys: [references] }])
  const text: Column = { name: 'id', identity: 'team.id', type: 'text', nullable: false }
  const after = schemaOf([
    { ...team, columns: [text] },
    { ...post, columns: [id, { ...member, type: 'text' }], foreignKeys: [references] },
  ])
  await make(session, before)
  await session.script('INSERT INTO team DEFAULT VALUES; INSERT INTO post (team_id) VALUES (1), (NULL)')
  await toAndFro(session, before, after)
  assert.deepEqual(await values(session, 'SELECT team_id::integer FROM post ORDER BY id'), [1, null])
})

testOnBoth(
  'tables of a circle of foreign keys are dropped, and what hands added to one is refused',
  '',
  async (session) => {
    const refers = (from: string, to: string): Table => ({
      ...table(from, {
        identity: from,
        columns: [
          { ...id, identity: `${from}.id` },
          { ...n, identity: `${from}.n`, type: 'bigint' },
        ],
        ...key,
      }),
      foreignKeys: [
        {
          name: `${from}_fk`,
          columns: ['n'],
          references: { table: to, columns: ['id'] },
          onDelete: 'cascade',
          onUpdate: 'noAction',
        },
      ],
    })
    const circle = schemaOf([refers('a', 'b'), refers('b', 'c'), refers('c', 'a')])
    await make(session, circle)
    await session.script('CREATE TABLE theirs (a bigint REFERENCES a)')
    await assert.rejects(become(session, circle, schemaOf([])), { code: 'database.stillReferenced' })
    await session.script('DROP TABLE theirs')
    await become(session, circle, schemaOf([]))
  },
)

testOnBoth('a table is moved from one schema to another and back into the default one', '', async (session) => {
  const named = (name: string): Schema => schemaOf([{ ...post, name, indexes: [{ name: 'i', parts: [part('n')] }] }])
  await make(session, named('post'))
  await session.script('INSERT INTO post (n) VALUES (1)')
  await become(session, named('post'), named('My Blog.post'))
  await become(session, named('My Blog.post'), named('other.article'))
  await become(session, named('other.article'), named('article'))
  assert.deepEqual(await values(session, 'SELECT n FROM article'), [1])
})

testOnBoth('rows are copied into a numbered table, which goes on behind them', '', async (session) => {
  const copy: Table = { ...post, name: 'copy', identity: 'copy' }
  await make(session, posts([n]))
  await session.script('INSERT INTO post (id, n) VALUES (41, 1)')
  await become(session, posts([n]), schemaOf([copy]), [{ kind: 'copyRows', from: 'post', to: 'copy' }])
  await session.script('INSERT INTO copy (n) VALUES (2)')
  assert.deepEqual(await values(session, 'SELECT id::integer FROM copy ORDER BY id'), [41, 42])
})

testOnBoth('an index that is built beside the writers replaces what a failed build has left', '', async (session) => {
  const indexed = posts([n], { indexes: [{ name: 'post_n_idx', generatedName: true, parts: [part('n')] }] })
  await make(session, posts([n]))
  await session.script(`CREATE INDEX post_n_idx ON post (n);
    UPDATE pg_index SET indisvalid = false WHERE indexrelid = 'post_n_idx'::regclass`)
  const concurrently = [{ kind: 'concurrently', table: 'post' }] as const
  assert.deepEqual(await become(session, posts([n]), indexed, concurrently), [
    'DROP INDEX CONCURRENTLY "post_n_idx"',
    'CREATE INDEX CONCURRENTLY "post_n_idx" ON "post" ("n")',
  ])
  assert.deepEqual(await become(session, indexed, posts([n]), concurrently), ['DROP INDEX CONCURRENTLY "post_n_idx"'])
})

testOnBoth(
  'a check that looks at no row yet can be validated later, and stays as it is when a type changes',
  '',
  async (session) => {
    const checked = (column: Column, notValid: boolean): Schema =>
      posts([column], {
        checks: [
          { name: 'positive', generatedName: true, expression: raw('n > 0'), ...(notValid ? { notValid } : {}) },
        ],
      })
    const big: Column = { ...n, type: 'bigint' }
    await make(session, posts([n]))
    await session.script('INSERT INTO post (n) VALUES (-1)')
    await become(session, posts([n]), checked(n, true))
    await become(session, checked(n, true), checked(big, true))
    await session.script('UPDATE post SET n = 1')
    assert.deepEqual(await become(session, checked(big, true), checked(big, false)), [
      'ALTER TABLE "post" VALIDATE CONSTRAINT "positive"',
    ])
  },
)
