import assert from 'node:assert/strict'
import { migrate } from '../../../src/execution/migrate.ts'
import type { Field } from '../../../src/fields/field.ts'
import { kindOf } from '../../../src/fields/kinds.ts'
import { buildGraph } from '../../../src/history/graph.ts'
import { replay } from '../../../src/history/replay.ts'
import { createEnum, createModel, defineMigration, f } from '../../../src/migrations.ts'
import { historicalModels } from '../../../src/query/historical-models.ts'
import type { Dialect } from '../../../src/schema/dialect.ts'
import { databases, dialectOf, testOnEach } from '../../support/databases.ts'
import { byOwnDialect } from '../../support/own-mysql-dialect.ts'
import { pgliteUnderTest } from '../../support/pglite-database.ts'
import type { DatabaseUnderTest } from '../../support/test-database.ts'
import { collect } from './library.ts'

/** A field, and values for it: what is given, and what is read where that is another. */
interface Case {
  readonly field: Field
  readonly values: readonly (readonly [given: unknown, read: unknown] | readonly [both: unknown])[]
  /** No database compares it as another does. */
  readonly incomparable?: true
}

const nul = { null: true } as const
const moment = new Date('2026-11-21T07:54:48.123Z')

const cases: Readonly<Record<string, Case>> = {
  small: { field: f.smallInteger(nul), values: [[-32768], [0], [32767], [5n, 5]] },
  integer: { field: f.integer(nul), values: [[-2147483648], [2147483647]] },
  big: {
    field: f.bigInteger(nul),
    values: [[7], [9007199254740993n], [-9223372036854775808n], [{ $bigint: '9007199254740995' }, 9007199254740995n]],
  },
  truth: { field: f.boolean(nul), values: [[true], [false]] },
  char: { field: f.char({ maxLength: 5, null: true }), values: [[''], ["a'b"], ['😀😀😀😀😀'], ['ä"\\']] },
  text: { field: f.text(nul), values: [['a\nb\tc'], ["'; DROP TABLE x; --"], ['1'], ['NULL']] },
  uuid: {
    field: f.uuid(nul),
    values: [
      ['12345678-1234-1234-1234-1234567890e1'],
      ['ABCDEFAB-1234-1234-1234-1234567890AB', 'abcdefab-1234-1234-1234-1234567890ab'],
    ],
  },
  decimal: {
    field: f.decimal({ maxDigits: 12, decimalPlaces: 2, null: true }),
    values: [
      ['12.5', '12.50'],
      ['-0.01'],
      ['9999999999.99'],
      [3, '3.00'],
      [0.1 + 0.2, '0.30'],
      ['100', '100.00'],
      [0, '0.00'],
    ],
  },
  whole: {
    field: f.decimal({ maxDigits: 15, decimalPlaces: 0, null: true }),
    values: [['999999999999999'], [-1n, '-1']],
  },
  float: { field: f.float(nul), values: [[0.1], [-1e300], [5], [1.7976931348623157e308]] },
  date: { field: f.date(nul), values: [['2026-02-28'], ['0001-01-01'], ['9999-12-31'], [moment, '2026-11-21']] },
  time: {
    field: f.time(nul),
    values: [['07:54:48'], ['23:59', '23:59:00'], ['07:54:48.120', '07:54:48.12'], ['00:00:00.000001']],
  },
  dateTime: {
    field: f.dateTime(nul),
    values: [
      [moment],
      ['2026-11-21T07:54:48+02:00', new Date('2026-11-21T05:54:48Z')],
      [new Date('0099-01-01T00:00:00Z')],
      [new Date('1969-12-31T23:59:59.999Z')],
      [new Date('9999-12-31T23:59:59.999Z')],
    ],
  },
  json: {
    field: f.json(nul),
    values: [
      [{ a: [1, 'x', null, { b: true }] }],
      [[]],
      ['a text'],
      [1.5],
      [false],
      [{ $json: { b: 1 } }, { b: 1 }],
      [[{ toSQL: 'x' }]],
    ],
    incomparable: true,
  },
  binary: {
    field: f.binary(nul),
    values: [[new Uint8Array([0, 255, 39])], [new Uint8Array()], [Buffer.from('ab'), new Uint8Array([97, 98])]],
  },
  choice: { field: f.enum(['good', "b'ad"], nul), values: [['good'], ["b'ad"]] },
  native: { field: f.enum(['up', 'down'], { native: 'direction', null: true }), values: [['up']] },
  address: { field: f.ipAddress(nul), values: [['10.0.0.1'], ['2001:db8::/32'], ['10.0.0.0/24']] },
  duration: {
    field: f.duration(nul),
    values: [['P1DT2H30M'], ['PT0S'], ['PT-1H-0.5S'], ['PT90M', 'PT1H30M'], ['PT0.000001S']],
  },
  integers: { field: f.array(f.integer(), nul), values: [[[1, 2, -3]], [[]]] },
  bigs: { field: f.array(f.bigInteger(), nul), values: [[[9007199254740993n, 1]]] },
  texts: { field: f.array(f.text(), nul), values: [[['a"b', 'c,d', '{e}', '\\', '', 'NULL', "'"]]] },
  truths: { field: f.array(f.boolean(), nul), values: [[[true, false]]] },
  decimals: {
    field: f.array(f.decimal({ maxDigits: 20, decimalPlaces: 3 }), nul),
    values: [
      [
        ['12345678901234567.891', '0.5'],
        ['12345678901234567.891', '0.500'],
      ],
    ],
  },
  moments: { field: f.array(f.dateTime(), nul), values: [[[moment]]] },
  dates: { field: f.array(f.date(), nul), values: [[['2026-01-01']]] },
  numbers: { field: f.integerRange(nul), values: [['[1,10)'], ['empty'], ['(,5)']] },
  season: { field: f.dateRange(nul), values: [['[2026-11-21,2026-12-01)']] },
  during: {
    field: f.dateTimeRange(nul),
    values: [['[2026-11-21T09:00:00Z,2026-11-21T10:00:00Z)', '[2026-11-21T09:00:00.000Z,2026-11-21T10:00:00.000Z)']],
  },
}

const features: Readonly<Record<string, keyof Dialect['support']>> = {
  array: 'array',
  duration: 'duration',
  range: 'range',
}

/** A value that is no object, as the compiler wants it of a field that it does not know. */
function plain(value: unknown): string | number | bigint | boolean | null {
  const isPlain = ['string', 'number', 'bigint', 'boolean'].includes(typeof value)
  return isPlain ? (value as string | number | bigint | boolean) : null
}

function isThere(field: Field, { support }: Dialect): boolean {
  const feature = features[kindOf(field).columnType(field)?.type ?? '']
  return feature === undefined || 'works' in support[feature]
}

const everyType = async (on: DatabaseUnderTest): Promise<void> => {
  const database = await on.createScratch()
  const dialect = await dialectOf(database)
  const session = await database.openSession()
  try {
    const here = Object.entries(cases).filter(([, { field }]) => isThere(field, dialect))
    const fields = Object.fromEntries(here.map(([name, { field }]) => [name, field]))
    const operations = [
      createEnum({ name: 'direction', values: ['up', 'down'] }),
      createModel({ name: 'Thing', fields: { id: f.bigAuto({ primaryKey: true }), ...fields } }),
    ]
    const graph = buildGraph([{ app: 'zoo', name: '0001_initial', definition: defineMigration({ operations }) }])
    await migrate({ session, graph })
    const { Thing } = historicalModels({
      state: replay(graph, graph.order),
      dialect: session.dialect,
      db: session.kysely,
      models: { Thing: 'zoo.Thing' },
      migration: 'zoo.0002_code',
    })
    assert.ok(Thing)
    for (const [name, { values, incomparable }] of here) {
      for (const [given, read = given] of values) {
        const about = `${name}: ${String(given)}`
        const row = await Thing.create({ [name]: given })
        assert.deepEqual(row[name], read, about)
        assert.deepEqual((await Thing.values(name).get({ id: row['id'] }))[name], read, about)
        await Thing.filter({ id: row['id'] }).update({ [name]: null })
        assert.equal((await Thing.get({ id: row['id'] }))[name], null, about)
        // What was read can be written.
        await Thing.filter({ id: row['id'] }).update({ [name]: typeof read === 'object' ? read : plain(read) })
        assert.deepEqual((await Thing.get({ id: row['id'] }))[name], read, about)
        if (incomparable) continue
        assert.ok(await Thing.filter({ [name]: given, id: row['id'] }).exists(), about)
        assert.ok(await Thing.filter({ [name]: { in: [read] }, id: row['id'] }).exists(), about)
        assert.equal(await Thing.filter({ [name]: { not: read }, id: row['id'] }).count(), 0, about)
        // A value computed by the database is the same value.
        await Thing.filter({ id: row['id'] }).update({ [name]: ({ column }) => column(name) })
        assert.ok(await Thing.filter({ [name]: read, id: row['id'] }).exists(), about)
      }
    }
    const rows = await collect(Thing)
    assert.deepEqual(rows, await Thing.orderBy('id').rows())
  } finally {
    await session.close()
    await database.drop()
  }
}

// The one database whose driver is another and whose server is not, and those whose driver an application may set up in many ways.
testOnEach('every type gives back what it was given, and is found by it', everyType, [
  ...databases,
  pgliteUnderTest,
  ...databases.filter(({ kind }) => kind === 'mariadb' || kind === 'mysql').map(byOwnDialect),
])

testOnEach('a moment finds its row though the database keeps more digits', async (on) => {
  const database = await on.createScratch()
  const session = await database.openSession()
  try {
    const fields = { at: f.dateTime({ primaryKey: true }), note: f.text() }
    const operations = [createModel({ name: 'Event', fields })]
    const graph = buildGraph([{ app: 'zoo', name: '0001_initial', definition: defineMigration({ operations }) }])
    await migrate({ session, graph })
    const texts = ['2026-01-01T00:00:00.123456Z', '2026-01-01T00:00:00.123789Z', '2026-01-01T00:00:00.124Z']
    const { bind } = session.dialect.queries
    const rows = texts.map((at) => ({ at: bind(at, { type: 'timestamp' }), note: at }))
    await session.kysely.insertInto('zoo_event').values(rows).execute()
    const { Event } = historicalModels({
      state: replay(graph, graph.order),
      dialect: session.dialect,
      db: session.kysely,
      models: { Event: 'zoo.Event' },
      migration: 'zoo.0002_code',
    })
    assert.ok(Event)
    const found = await collect(Event)
    assert.deepEqual(
      found.map(({ note }) => note),
      texts,
    )
    assert.deepEqual(found[0]?.['at'], new Date('2026-01-01T00:00:00.123Z'))
    const at = new Date('2026-01-01T00:00:00.124Z')
    assert.equal(await Event.filter({ at }).count(), 1)
    assert.equal(await Event.filter({ at: { gt: at } }).count(), 0)
    assert.equal(await Event.filter({ at: { gte: at } }).count(), 1)
  } finally {
    await session.close()
    await database.drop()
  }
})
