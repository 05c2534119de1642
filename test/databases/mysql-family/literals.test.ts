import assert from 'node:assert/strict'
import fc from 'fast-check'
import { mariadb } from '../../../src/dialects/mariadb/mariadb.ts'
import { mysql } from '../../../src/dialects/mysql/mysql.ts'
import { defaultDefinition } from '../../../src/dialects/mysql-family/default-definition.ts'
import type { ColumnType } from '../../../src/schema/column-type.ts'
import { join, name, sql, value, verbatim } from '../../../src/schema/sql.ts'
import type { Value } from '../../../src/schema/value.ts'
import { testInDatabase } from './support.ts'

const text = fc.string({ unit: fc.constantFrom(...'ab\'"\\`\0\n\r\t\x1a%_;#-? ß😀'.split(/(?:)/u)) })

testInDatabase('a literal is what was meant, whatever is in it', '', async (session) => {
  await fc.assert(
    fc.asyncProperty(
      text,
      fc.uint8Array({ maxLength: 20 }),
      fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }),
      async (words, bytes, whole) => {
        const hex = Buffer.from(bytes).toString('hex')
        const asked = sql`SELECT ${value(words)} AS words, hex(${value({ $bytes: hex })}) AS bytes, concat(${value({ $bigint: String(whole) })}) AS whole`
        const expected = { words, bytes: hex.toUpperCase(), whole: String(whole) }
        assert.deepEqual({ ...(await session.query(asked))[0] }, expected)
        // The same as parameters, which are written into the statement as well.
        const { rows } = await session.kysely.executeQuery({
          query: { kind: 'RawNode', sqlFragments: [], parameters: [] },
          queryId: { queryId: 'test' },
          sql: "SELECT ? AS words, hex(?) AS bytes, concat(?) AS whole /* ? */ -- ? '",
          parameters: [words, bytes, whole],
        })
        assert.deepEqual({ ...Object(rows[0]) }, expected)
      },
    ),
    { numRuns: 200 },
  )
})

/** Of each type, a default as a model keeps it, and what is read of it. */
const defaults: readonly (readonly [type: ColumnType, fallback: Value, read?: unknown])[] = [
  [{ type: 'smallInteger' }, -5],
  [{ type: 'integer', unsigned: true }, 5],
  [{ type: 'bigInteger' }, { $bigint: '9007199254740993' }, 9007199254740993n],
  [{ type: 'boolean' }, true],
  [{ type: 'varchar', length: 20 }, "it's \\ 😀"],
  [{ type: 'text' }, "it's\nlong"],
  [{ type: 'uuid' }, '12345678-1234-1234-1234-1234567890ab'],
  [{ type: 'decimal', precision: 20, scale: 2 }, '123456789012345678.9', '123456789012345678.90'],
  [{ type: 'double' }, 0.1],
  [{ type: 'date' }, '2026-02-28'],
  [{ type: 'time' }, '07:54:48.12'],
  [{ type: 'timestamp' }, '2026-11-21T07:54:48.123Z', new Date('2026-11-21T07:54:48.123Z')],
  [{ type: 'json' }, { $json: { a: ["it's", null] } }, { a: ["it's", null] }],
  [{ type: 'binary' }, { $bytes: '00ff27' }, new Uint8Array([0, 255, 39])],
  [{ type: 'enum', values: ['good', "b'ad"] }, "b'ad"],
  [{ type: 'enum', values: ['good', "b'ad\\"], native: 'mood' }, "b'ad\\"],
  [{ type: 'ipAddress' }, '2001:db8::/32'],
]

testInDatabase('every type is printed as it is spelled, and its default is what was meant', '', async (session) => {
  const { spelling, queries, name: kind, version } = session.dialect
  const flavour = { variant: kind === 'mariadb' ? mariadb : mysql, version }
  const columns = defaults.map(([type, fallback], index) => {
    const spelled = spelling.type(type)
    const given = defaultDefinition(spelling.defaultExpression({ value: fallback }, type), spelled, flavour)
    return sql`${name(`c${index}`)} ${verbatim(spelled)} NOT NULL DEFAULT ${given}`
  })
  await session.query(sql`CREATE TABLE every_type (id int PRIMARY KEY, ${join(columns)})`)
  const table = (await session.inspect({ tables: ['every_type'] })).tables.get('every_type')
  assert.deepEqual(
    table?.columns.slice(1).map(({ type }) => type),
    defaults.map(([type]) => spelling.type(type)),
  )
  await session.query(sql`INSERT INTO every_type (id) VALUES (1)`)
  const { rows } = await session.kysely.executeQuery({
    query: { kind: 'RawNode', sqlFragments: [], parameters: [] },
    queryId: { queryId: 'test' },
    sql: `SELECT ${defaults.map(([type], index) => (queries.readsAsText(type) ? `concat(c${index}) AS c${index}` : `c${index}`)).join()} FROM every_type`,
    parameters: [],
  })
  for (const [index, [type, fallback, read = fallback]] of defaults.entries()) {
    assert.deepEqual(queries.read(Object(rows[0])[`c${index}`], type), read, type.type)
  }
})

testInDatabase('a uuid that the server makes is random, and none of its bits are lost', '', async (session) => {
  const { spelling, toText } = session.dialect
  const made = verbatim(toText(spelling.expression(spelling.defaultExpression('uuid', { type: 'uuid' }))))
  const rows = await session.query(
    sql`WITH RECURSIVE n AS (SELECT 1 AS i UNION ALL SELECT i + 1 FROM n WHERE i < 500) SELECT ${made} AS u FROM n`,
  )
  const uuids = rows.map(({ u }) => String(u))
  for (const one of uuids) assert.match(one, /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
  assert.equal(new Set(uuids).size, uuids.length)
  assert.deepEqual([...new Set(uuids.map((one) => one.charAt(19)))].toSorted(), ['8', '9', 'a', 'b'])
})
