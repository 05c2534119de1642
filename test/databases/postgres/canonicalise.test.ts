import assert from 'node:assert/strict'
import { hasCode } from '../../../src/errors/error.ts'
import type { Session } from '../../../src/schema/dialect.ts'
import type { Column, SchemaObject, Table } from '../../../src/schema/schema.ts'
import { mood, type Pair, pairs, prelude } from './expressions.ts'
import { differences, rows, schemaOf, table, testOnBoth } from './two-servers.ts'
import { everything, type Written, withChecks, withDefaults, withGenerated, withIndexes } from './written.ts'

testOnBoth('what is declared and what was made of the same words differ in nothing', prelude, async (session) => {
  for (const { statements } of everything) for (const statement of statements) await session.script(statement)
  assert.deepEqual(
    await differences(
      session,
      schemaOf(
        everything.map(({ declared }) => declared),
        [mood],
      ),
    ),
    [],
  )
})

testOnBoth('of two things that are not the same each difference is seen', prelude, async (session) => {
  const twos = pairs.map(
    (pair, index) => [pair, written(pair, index, 'real'), written(pair, index, 'declared')] as const,
  )
  for (const [, real] of twos) for (const statement of real.statements) await session.script(statement)
  const found = await differences(
    session,
    schemaOf(
      twos.map(([, , { declared }]) => declared),
      [mood],
    ),
  )
  const tables = new Set(
    found.map((change) => ('table' in change && typeof change.table === 'string' ? change.table : '')),
  )
  assert.deepEqual(
    twos.filter(([, { declared }]) => !tables.has(declared.name)).map(([pair]) => pair),
    [],
  )
})

const raw = (sql: string) => ({ kind: 'sql', sql }) as const
const named = (name: string) => ({ kind: 'column', name }) as const
const column = (name: string, type: string, rest: Partial<Column> = {}): Column => ({
  name,
  type,
  nullable: true,
  ...rest,
})

async function spelled(
  session: Session,
  declared: Table,
  objects: readonly SchemaObject[] = [],
): Promise<Table | undefined> {
  const { tables } = await session.dialect.canonicalise(schemaOf([declared], objects), session)
  return tables.get(declared.name)
}

testOnBoth('types, collations and the usual ways of an index are spelled by the server', '', async (session) => {
  const declared = table('t', {
    columns: [
      column('a', 'int'),
      column('b', 'VARCHAR(20)[]'),
      column('c', 'text', { collation: 'C' }),
      column('d', 'text', { collation: 'default' }),
    ],
    uniques: [
      { name: 'u', parts: [{ expression: raw('"a"'), nulls: 'last', operatorClass: 'int4_ops' }], where: raw('true') },
    ],
    indexes: [
      {
        name: 'i',
        method: 'btree',
        parts: [{ expression: named('c'), collation: 'C', descending: true, nulls: 'first' }],
      },
    ],
  })
  assert.deepEqual(await spelled(session, declared), {
    ...declared,
    columns: [
      column('a', 'integer'),
      column('b', 'character varying(20)[]'),
      column('c', 'text', { collation: 'C' }),
      column('d', 'text'),
    ],
    uniques: [{ name: 'u', parts: [{ expression: named('a') }] }],
    indexes: [{ name: 'i', parts: [{ expression: named('c'), descending: true }] }],
  })
})

testOnBoth(
  'nothing is left of the question, in a transaction or in none',
  'CREATE TABLE t (a int)',
  async (session) => {
    const declared = table('t', { columns: [column('a', 'integer', { default: raw('1+1') })] })
    const left = async () => rows(session, 'SELECT relname FROM pg_class WHERE relnamespace = pg_my_temp_schema()')
    const path = await rows(session, 'SHOW search_path')
    assert.deepEqual((await spelled(session, declared))?.columns[0]?.default, raw('(1 + 1)'))
    assert.deepEqual(await left(), [])
    await session.transaction(async () => {
      await session.script('INSERT INTO t VALUES (7)')
      assert.deepEqual((await spelled(session, declared))?.columns[0]?.default, raw('(1 + 1)'))
      assert.deepEqual(await left(), [])
    })
    assert.deepEqual(await rows(session, 'SELECT a FROM t'), [{ a: 7 }])
    assert.deepEqual(await rows(session, 'SHOW search_path'), path)
  },
)

testOnBoth(
  'an enum that is not there yet, or has other values, is there for the question',
  "CREATE TYPE here AS ENUM ('a', 'b')",
  async (session) => {
    const objects = [
      { kind: 'enum', name: 'here', values: ['a', 'c'] },
      { kind: 'enum', name: 'Not Yet', values: ['x'] },
    ] as const
    const declared = table('t', {
      columns: [column('a', 'here', { default: raw("'c'") }), column('b', '"Not Yet"[]', { default: raw("'{x}'") })],
      checks: [{ name: 'k', expression: { kind: 'in', operand: named('a'), values: ['a', 'c'] } }],
    })
    const answer = await spelled(session, declared, objects)
    assert.deepEqual(
      answer?.columns.map((one) => [one.type, one.default]),
      [
        ['here', raw("'c'::here")],
        ['"Not Yet"[]', raw(`'{x}'::"Not Yet"[]`)],
      ],
    )
    assert.deepEqual(answer?.checks[0]?.expression, raw("(a = ANY (ARRAY['a'::here, 'c'::here]))"))
    assert.deepEqual(
      [...((await session.inspect()).objects?.values() ?? [])],
      [{ kind: 'enum', name: 'here', values: ['a', 'b'] }],
    )
  },
)

testOnBoth(
  'a table may have the name of a type, of a table of the catalogue, and be named in its own expressions',
  '',
  async (session) => {
    const tables = ['date', 'text', 'pg_class', 'Odd "one"'].map((name) =>
      table(name, {
        columns: [column('day', 'date', { default: raw("'2020-01-01'") }), column('word', 'text')],
        checks: [{ name: 'k', expression: raw(`"${name.replaceAll('"', '""')}".day > '2020-01-01' and word <> ''`) }],
      }),
    )
    const { tables: answers } = await session.dialect.canonicalise(schemaOf(tables), session)
    for (const { name } of tables) {
      assert.deepEqual(answers.get(name)?.columns[0]?.default, raw("'2020-01-01'::date"))
      assert.deepEqual(
        answers.get(name)?.checks[0]?.expression,
        raw("((day > '2020-01-01'::date) AND (word <> ''::text))"),
      )
    }
  },
)

testOnBoth(
  'tables of one name in two schemas are told apart, and those of the default schema go by their bare names',
  'CREATE SCHEMA other',
  async (session) => {
    const withDefault = (name: string, type: string) =>
      table(name, { columns: [column('a', type, { default: raw("'1'") })] })
    const foreignKeys = [
      {
        name: 'k',
        columns: ['a'],
        references: { table: 'public.t', columns: ['a'] },
        onDelete: 'cascade',
        onUpdate: 'noAction',
      },
    ] as const
    const declared = schemaOf([
      withDefault('public.t', 'integer'),
      { ...withDefault('other.t', 'bigint'), foreignKeys },
    ])
    const { tables } = await session.dialect.canonicalise(declared, session)
    assert.deepEqual(
      [...tables].map(([name, { columns }]) => [name, columns[0]?.default]),
      [
        ['t', raw('1')],
        ['other.t', raw("'1'::bigint")],
      ],
    )
    assert.equal(tables.get('other.t')?.foreignKeys[0]?.references.table, 't')
  },
)

testOnBoth('what the server refuses is named', '', async (session) => {
  const refusals: readonly (readonly [Partial<Table> & Pick<Table, 'columns'>, object])[] = [
    [{ columns: [column('a', 'nope')] }, { what: 'the type of column a', expression: 'nope' }],
    [
      { columns: [column('a', 'integer', { default: raw("'x'") })] },
      { what: 'the default of column a', expression: "'x'" },
    ],
    [
      { columns: [column('a', 'integer')], checks: [{ name: 'k', expression: raw('a >') }] },
      { what: 'the check k', expression: 'a >' },
    ],
    [
      {
        columns: [
          column('a', 'integer'),
          column('g', 'date', { generated: { expression: raw('now()'), stored: true } }),
        ],
      },
      { what: 'the expression of column g', expression: 'now()' },
    ],
    [
      { columns: [column('a', 'integer')], indexes: [{ name: 'i', parts: [{ expression: raw('absent(a)') }] }] },
      { what: 'the index i', expression: 'absent(a)' },
    ],
  ]
  const sound = table('sound', { columns: [column('a', 'integer', { default: raw('1') })] })
  for (const [parts, details] of refusals) {
    await assert.rejects(
      session.dialect.canonicalise(schemaOf([sound, table('t', parts)]), session),
      (error: unknown) => {
        assert.ok(hasCode(error, 'database.expressionRefused'))
        const { table: name, what, expression, message } = error.details
        assert.match(error.message, /refuses the .* of table t, `.*`: .*\.$/)
        assert.ok(error.message.includes(message))
        assert.deepEqual({ table: name, what, expression }, { table: 't', ...details })
        return true
      },
    )
  }
})

testOnBoth('the number of statements grows with the batches, not with the tables', '', async (session) => {
  const count = async (size: number): Promise<number> => {
    const tables = Array.from({ length: size }, (_, n) =>
      table(`t${n}`, { columns: [column('a', 'integer', { default: raw(String(n)) })] }),
    )
    let sent = 0
    const counting: Session = {
      ...session,
      query: (statement) => {
        sent += 1
        return session.query(statement)
      },
    }
    const answer = await session.dialect.canonicalise(schemaOf(tables), counting)
    assert.deepEqual(answer.tables.get(`t${size - 1}`)?.columns[0]?.default, raw(String(size - 1)))
    return sent
  }
  assert.equal(await count(1), await count(50))
  assert.ok((await count(120)) <= 3 * (await count(1)))
})

function written(pair: Pair, index: number, side: 'real' | 'declared'): Written {
  const name = `pair_${index}`
  switch (pair.kind) {
    case 'check':
      return withChecks(name, [pair[side]])
    case 'predicate':
      return withIndexes(name, [
        { part: { sql: 'id', part: { expression: { kind: 'column', name: 'id' } } }, where: pair[side] },
      ])
    case 'default':
      return withDefaults(name, [[pair.type, pair[side]]])
    case 'generated':
      return withGenerated(name, [[pair.type, pair[side]]])
    case 'index':
      return withIndexes(name, [{ part: pair[side] }])
  }
}
