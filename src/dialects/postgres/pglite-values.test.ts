import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { postgresUnderTest } from '../../../test/support/postgres-database.ts'
import type { Wire } from '../shared/wire.ts'
import { connectPg, pgClients } from './pg-connection.ts'
import { connectPglite } from './pglite-connection.ts'
import type { PostgresInterval } from './row-values.ts'

const day = new Date(2026, 10, 21, 1, 2, 3, 45)

/** Values by type. Each is sent, and comes back as a value of the type and as its text. */
const values: readonly (readonly [type: string, ...values: unknown[]])[] = [
  ['int2', 1, 5n, '-7'],
  ['int4', -1, 5n, 1.5],
  ['int8', 5, 5n, '9007199254740993', '-9'],
  ['oid', 7],
  ['numeric', 5, 5n, '1.50', 'NaN'],
  ['numeric(12,2)', 1.5],
  ['float4', '1.5', Number.NEGATIVE_INFINITY],
  ['float8', 1.5, 5e-324, Number.NaN, '1.5'],
  ['boolean', true, false, 0, 'yes', 2],
  ['text', 'a', '', 5, 5n, false, day, null, undefined],
  ['varchar(5)', 'a'],
  ['char(3)', 'a'],
  ['name', 'a'],
  ['uuid', '6F9619FF-8B86-D011-B42D-00C04FC964FF'],
  ['date', day, '2026-11-21', '0044-03-15 BC', '0007-01-02', '12026-01-02', 'infinity', new Date(-62_300_000_000_000)],
  ['time', '07:54', '07:54:48.123456'],
  ['timetz', '07:54:48+02'],
  ['timestamp', day, '2026-11-21 07:54:48.99999'],
  ['timestamptz', day, '2026-11-21 07:54:48.123456+00', '2026-07-01', '0044-03-15 12:00 BC', '1880-01-01 12:00+00'],
  ['timestamptz', '-infinity', new Date(-62_300_000_000_000)],
  ['json', '[1, null]', { a: 1 }],
  ['jsonb', { a: [1, { b: null }], at: new Date(0) }, [1, 2], [], '"text"', 'text', 'null', 5, true],
  ['bytea', Uint8Array.of(0, 255), Buffer.from('plain'), new Uint8Array(Uint8Array.of(1, 2, 3).buffer, 1, 1), ''],
  ['inet', '10.0.0.1', '10.0.0.0/24', '2001:db8::/32'],
  ['int4range', '[1,3)', 'empty'],
  ['numrange', '[1.5,)'],
  ['tstzrange', '[2026-01-01,2026-02-01)'],
  ['mood', 'good', 'lost'],
  ['tsvector', 'a b'],
  ['int2[]', [1, null]],
  [
    'int4[]',
    [],
    [
      [1, 2],
      [3, 4],
    ],
    '[0:1]={5,6}',
  ],
  ['int8[]', [1n, '2', 3, '9007199254740993']],
  ['numeric[]', [1, '2.50', 3n, 'NaN']],
  ['float8[]', [1.5]],
  ['boolean[]', [true, false]],
  ['text[]', ['a"b', 'c,d', 'e\\f', 'NULL', '', null, undefined, '{x}', ' ', 'two\nlines']],
  ['varchar(5)[]', ['a']],
  ['uuid[]', ['6f9619ff-8b86-d011-b42d-00c04fc964ff']],
  ['date[]', [day, '2026-11-22']],
  ['time[]', ['07:54']],
  ['timestamptz[]', [day]],
  ['jsonb[]', [{ a: 1 }, 5, '"x"', '[1]'], [[1]]],
  ['bytea[]', [Uint8Array.of(1), Buffer.from('"')]],
  ['inet[]', ['10.0.0.1']],
  ['int4range[]', ['[1,2)', 'empty']],
  ['numrange[]', ['[1.5,2)']],
  ['mood[]', ['good', 'bad']],
  ['tsvector[]', ['a b']],
]

const spans = ['1 day', '1 year 2 mons -3 days', '02:03:04.5', '-02:03:04.000006', '1 mon -00:00:01', '100:00:00']
const moreSpans = ['0', '-1.5 days', '59.999999 seconds', 'P1DT2H30M']

describe('PGlite takes and returns what pg does', { skip: postgresUnderTest.skip }, () => {
  let pg: Wire
  let pglite: Wire

  before(async () => {
    const { url } = await postgresUnderTest.createScratch()
    pg = await connectPg((await pgClients(url, undefined)).make)
    pglite = await connectPglite(undefined, undefined)
    for (const wire of [pg, pglite]) {
      await wire.send("SET timezone = 'UTC'", [])
      await wire.send("CREATE TYPE mood AS ENUM ('good', 'bad')", [])
    }
  })
  after(async () => {
    await pg.close()
    await pglite.close()
  })

  for (const zone of ['UTC', 'America/St_Johns', 'Asia/Kolkata']) {
    it(`where the process is in ${zone}`, () =>
      inTimeZone(zone, async () => {
        for (const [type, ...ofType] of values) {
          for (const value of ofType) {
            const query = `SELECT $1::${type} AS value, $1::${type}::text AS stored`
            const expected = await outcome(pg, query, value)
            assert.deepEqual(await outcome(pglite, query, value), expected, `${type} ${String(value)}`)
          }
        }
      }))
  }

  it('for spans of time, which are sent back as they came', async () => {
    for (const span of [...spans, ...moreSpans]) {
      const query = 'SELECT $1::interval AS span, ARRAY[$1::interval] AS spans'
      const byPg = await spanRow(pg, query, span)
      const byPglite = await spanRow(pglite, query, span)
      assert.deepEqual({ ...byPglite.span }, { ...byPg.span }, span)
      assert.equal(byPglite.span.toISO(), byPg.span.toISO())
      assert.deepEqual({ ...byPglite.spans[0] }, { ...byPg.spans[0] })
      const again = 'SELECT $1::interval::text AS stored, $2::interval[]::text AS list'
      const sent = await pglite.send(again, [byPglite.span, byPglite.spans])
      assert.deepEqual(sent.rows, (await pg.send(again, [byPg.span, byPg.spans])).rows)
    }
  })
})

interface SpanRow {
  readonly span: PostgresInterval
  readonly spans: readonly PostgresInterval[]
}

async function spanRow(wire: Wire, query: string, span: string): Promise<SpanRow> {
  const { rows } = await wire.send(query, [span])
  // What the drivers make of intervals is what is tested.
  return rows[0] as SpanRow
}

/** The row, or the words in which it was refused. */
async function outcome(wire: Wire, query: string, value: unknown): Promise<unknown> {
  try {
    const { rows } = await wire.send(query, [value])
    return rows[0]
  } catch (error) {
    return error instanceof Error ? error.message : error
  }
}

/** Local time is part of what a Date is sent as. */
async function inTimeZone(zone: string, body: () => Promise<void>): Promise<void> {
  const before = process.env['TZ']
  process.env['TZ'] = zone
  try {
    await body()
  } finally {
    if (before === undefined) delete process.env['TZ']
    else process.env['TZ'] = before
  }
}
