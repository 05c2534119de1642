import assert from 'node:assert/strict'
import { hasCode } from '../../../src/errors/error.ts'
import type { Row, Session } from '../../../src/schema/dialect.ts'
import { diff } from '../../../src/schema/diff.ts'
import { emptySchema, type ForeignKey, type Schema, type Table } from '../../../src/schema/schema.ts'
import { verbatim } from '../../../src/schema/sql.ts'
import * as declarations from './declarations.ts'
import { column, columns, longColumns, type Only, part, raw, table } from './declarations.ts'
import { testInDatabase } from './support.ts'

/** Every declaration in a table of its own. */
function tablesFor(product: string): readonly Table[] {
  const isHere = (only: Only | undefined): boolean => only === undefined || only === product
  const { defaults, types, checks, generated, indexes, uniques } = declarations
  return [
    ...types.map((type, number) => table(`t${number}`, { columns: [...columns, column('x', type)] })),
    ...defaults.flatMap(([type, text, only], number) =>
      isHere(only) ? [table(`d${number}`, { columns: [...columns, column('x', type, { default: raw(text) })] })] : [],
    ),
    ...checks.flatMap(([text, only], number) =>
      isHere(only) ? [table(`c${number}`, { checks: [{ name: `check${number}`, expression: raw(text) }] })] : [],
    ),
    ...generated.flatMap(([type, text]: readonly [string, string], number: number) =>
      [true, false].map((stored) =>
        table(`g${number}${stored}`, {
          columns: [...columns, column('x', type, { generated: { expression: raw(text), stored } })],
        }),
      ),
    ),
    table('i', {
      columns: longColumns,
      comment: "it's a 🚀",
      indexes: indexes.flatMap(([index, only], number) => (isHere(only) ? [{ name: `i${number}`, ...index }] : [])),
      uniques: uniques.flatMap(([unique, only], number) => (isHere(only) ? [{ name: `u${number}`, ...unique }] : [])),
    }),
    ...withForeignKeys,
  ]
}

const key = (name: string, own: readonly string[], rest: Partial<ForeignKey> = {}): ForeignKey => ({
  name,
  columns: own,
  references: { table: 'parent', columns: own },
  onDelete: 'cascade',
  onUpdate: 'noAction',
  ...rest,
})

/** Foreign keys that an index serves, some that the server makes one for, and some that share it. */
const withForeignKeys: readonly Table[] = [
  table('parent', {
    columns: [...columns, column('c', 'int')],
    uniques: [['q'], ['q', 't'], ['b'], ['c']].map((own, number) => ({
      name: `parent${number}`,
      parts: own.map((name) => part(name)),
    })),
  }),
  table('child', {
    columns: [...columns, column('c', 'int')],
    indexes: [
      { name: 'falling', parts: [part('b', { descending: true })] },
      { name: 'by_c', parts: [part('c'), part('q')] },
    ],
    foreignKeys: [
      key('to_q', ['q']),
      key('to_both', ['q', 't'], { onDelete: 'setNull' }),
      key('to_b', ['b'], { onUpdate: 'cascade' }),
      key('to_c', ['c'], { onDelete: 'restrict', onUpdate: 'restrict' }),
      key('to_id', ['id'], { onDelete: 'noAction' }),
    ],
  }),
]

function schemaOf(tables: readonly Table[]): Schema {
  return { tables: new Map(tables.map((one) => [one.name, one])), others: [] }
}

/** Makes what is declared, as a migration would. */
async function make(declared: Schema, session: Session): Promise<void> {
  const { comparison, plan } = session.dialect
  const changes = diff(emptySchema, declared, { match: 'name', comparison })
  for (const step of plan({ before: emptySchema, after: declared, changes, foreignKeys: 'enforced' })) {
    if (step.kind === 'statement') await session.query(step.sql)
  }
}

function differences(a: Schema, b: Schema, { dialect }: Session): ReturnType<typeof diff> {
  return diff(a, b, { match: 'name', comparison: dialect.comparison })
}

testInDatabase('what is declared and what was made of it differ in nothing, and stay so', '', async (session) => {
  const declared = schemaOf(tablesFor(session.dialect.name))
  await make(declared, session)
  const inspected = await session.inspect()
  assert.equal(inspected.tables.size, declared.tables.size)
  const canonical = await session.dialect.canonicalise(declared, session)
  assert.deepEqual(differences(inspected, canonical, session), [])
  assert.deepEqual(differences(canonical, await session.dialect.canonicalise(canonical, session), session), [])
  assert.deepEqual(differences(inspected, await session.dialect.canonicalise(inspected, session), session), [])
})

testInDatabase('a check that the server prints anew after an ALTER TABLE is what it was', '', async (session) => {
  const texts = ['x >= -1', 'x BETWEEN -3 AND -2', 'CASE WHEN x = -1 THEN -1 ELSE x END > -2.5', 'x IN (-1, 2)']
  const checks = texts.map((text, number) => ({ name: `check${number}`, expression: raw(text) }))
  const declared = schemaOf([table('t', { columns: [...columns, column('x', 'bigint')], checks })])
  await make(declared, session)
  const canonical = await session.dialect.canonicalise(declared, session)
  for (const algorithm of ['COPY', 'COPY', 'INPLACE']) {
    await session.query(verbatim(`ALTER TABLE t FORCE, ALGORITHM=${algorithm}`))
    assert.deepEqual(differences(await session.inspect(), canonical, session), [])
    assert.deepEqual(differences(canonical, await session.inspect(), session), [])
  }
})

testInDatabase('what was inspected makes the same again', '', async (session) => {
  await make(schemaOf(tablesFor(session.dialect.name)), session)
  const inspected = await session.inspect()
  const { database } = (await rows(session, 'SELECT DATABASE() AS `database`'))[0] ?? {}
  await session.script(`DROP DATABASE \`${database}\``)
  await session.script(`CREATE DATABASE \`${database}\` COLLATE utf8mb4_bin; USE \`${database}\``)
  const anew = await session.dialect.canonicalise(inspected, session)
  await make(inspected, session)
  assert.deepEqual(differences(await session.inspect(), anew, session), [])
})

testInDatabase('of two things that are not the same each difference is seen', '', async (session) => {
  const pairs = declarations.pairs.filter((pair) => !('only' in pair) || pair.only === session.dialect.name)
  const written = (side: 'real' | 'declared') =>
    schemaOf(
      pairs.map((pair, number) => {
        const name = `pair${number}`
        if (pair.kind === 'check') return table(name, { checks: [{ name, expression: raw(pair[side]) }] })
        const own =
          pair.kind === 'type'
            ? column('x', pair[side])
            : pair.kind === 'default'
              ? column('x', pair.type, { default: raw(pair[side]) })
              : column('x', pair.type, { generated: { expression: raw(pair[side]), stored: true } })
        return table(name, { columns: [...columns, own] })
      }),
    )
  await make(written('real'), session)
  const canonical = await session.dialect.canonicalise(written('declared'), session)
  const found = new Set(
    differences(await session.inspect(), canonical, session).flatMap((change) =>
      'table' in change && typeof change.table === 'string' ? [change.table] : [],
    ),
  )
  assert.deepEqual(
    pairs.filter((_, number) => !found.has(`pair${number}`)),
    [],
  )
})

testInDatabase(
  'nothing is left of the question, in a transaction or in none',
  'CREATE TABLE t (a int)',
  async (session) => {
    const declared = schemaOf([
      table('t', { columns: [column('a', 'int', { default: raw('1+1') })] }),
      table('u', { columns: [column('a', 'date', { default: raw("'2020-01-01'") })] }),
    ])
    const spelled = async () =>
      (await session.dialect.canonicalise(declared, session)).tables.get('t')?.columns[0]?.default
    const first = await spelled()
    assert.ok(first !== undefined && session.dialect.comparison.sameExpression(first, raw('1 + 1')))
    await session.transaction(async () => {
      await session.query(verbatim('INSERT INTO t VALUES (7)'))
      assert.deepEqual(await spelled(), first)
    })
    assert.deepEqual(await rows(session, 'SELECT a FROM t'), [{ a: 7 }])
    await assert.rejects(session.query(verbatim('SELECT a FROM u')))
  },
)

testInDatabase('what the server refuses is named, and nothing is left of it', '', async (session) => {
  const refusals: readonly (readonly [Partial<Table>, object])[] = [
    [{ columns: [column('a', 'nope')] }, { what: 'the type of column a', expression: 'nope' }],
    [
      { columns: [column('a', 'int', { default: raw("'x'") })] },
      { what: 'the default of column a', expression: "'x'" },
    ],
    [
      { columns: [column('a', 'int')], checks: [{ name: 'k', expression: raw('a >') }] },
      { what: 'the check k', expression: 'a >' },
    ],
    [
      {
        columns: [
          column('a', 'int'),
          column('g', 'int', { generated: { expression: raw('absent + 1'), stored: true } }),
        ],
      },
      { what: 'the expression of column g', expression: 'absent + 1' },
    ],
    [
      { columns: [column('a', 'int')], indexes: [{ name: 'i', parts: [part('a', { prefix: 3 })] }] },
      { what: 'the index i', expression: '`a`' },
    ],
  ]
  const sound = table('sound', { columns: [column('a', 'int', { default: raw('1') })] })
  for (const [parts, details] of refusals) {
    const declared = schemaOf([sound, table('t', parts)])
    await assert.rejects(session.dialect.canonicalise(declared, session), (error: unknown) => {
      assert.ok(hasCode(error, 'database.expressionRefused'))
      const { table: name, what, expression, message } = error.details
      assert.ok(error.message.includes(message))
      assert.deepEqual({ table: name, what, expression }, { table: 't', ...details })
      return true
    })
    for (const name of ['sound', 't']) await assert.rejects(session.query(verbatim(`SELECT 1 FROM ${name}`)))
  }
})

async function rows(session: Session, text: string): Promise<readonly Row[]> {
  return session.query(verbatim(text))
}
