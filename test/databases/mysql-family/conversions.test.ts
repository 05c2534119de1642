import assert from 'node:assert/strict'
import type { Session } from '../../../src/schema/dialect.ts'
import type { Column, Schema } from '../../../src/schema/schema.ts'
import { join, sql, value, verbatim } from '../../../src/schema/sql.ts'
import type { Precheck } from '../../../src/schema/step.ts'
import { testInDatabase } from './support.ts'

const id: Column = { name: 'id', type: 'int', nullable: false }

/** The question that a change of the type of a column asks of the table `t`. */
function asked({ dialect }: Session, from: string, to: string, name = 'v'): Precheck | undefined {
  const before: Column = { name, type: from, nullable: true }
  const none = { uniques: [], foreignKeys: [], checks: [], indexes: [] }
  const table = { name: 't', columns: [id, before], primaryKey: { columns: ['id'] }, ...none }
  const schema: Schema = { tables: new Map([['t', table]]), others: [] }
  return dialect.precheck({ kind: 'setType', table: 't', before, after: { ...before, type: to } }, schema)
}

/** The one row of a query, its values as text. */
async function first(session: Session, query: string): Promise<Readonly<Record<string, string>>> {
  const [row = {}] = await session.query(verbatim(query))
  return Object.fromEntries(Object.entries(row).map(([name, held]) => [name, String(held)]))
}

async function violations(session: Session, precheck: Precheck | undefined): Promise<number> {
  if (precheck === undefined) return 0
  const [answer] = await session.query(precheck.query)
  return Number(answer?.['violations'])
}

/** A value of this type and no other in the table `t`, beside a NULL. */
async function hold(session: Session, from: string, text: string): Promise<void> {
  await session.query(verbatim('DROP TABLE IF EXISTS t'))
  await session.query(verbatim(`CREATE TABLE t (id int PRIMARY KEY, v ${from} NULL)`))
  await session.query(sql`INSERT INTO t VALUES (1, ${value(text)}), (2, NULL)`)
}

/** What becomes of one value when its column changes type: what stands in the way, or what is stored then. */
async function retyped(session: Session, from: string, to: string, text: string): Promise<string> {
  await hold(session, from, text)
  const precheck = asked(session, from, to)
  if ((await violations(session, precheck)) > 0) return precheck?.problem ?? ''
  await session.query(verbatim(`ALTER TABLE t MODIFY v ${to} NULL`))
  const { held = '' } = await first(session, 'SELECT CAST(v AS CHAR) AS held FROM t WHERE id = 1')
  return held
}

const conversions: readonly (readonly [from: string, to: string, text: string, outcome: string])[] = [
  ['int', 'longtext', '5', '5'],
  ['longtext', 'int', '5', '5'],
  ['longtext', 'int', ' 7 ', '7'],
  ['longtext', 'int', '5 apples', 'notConvertible'],
  ['longtext', 'int', '1.5', 'notConvertible'],
  ['longtext', 'int', '', 'notConvertible'],
  ['longtext', 'int', '99999999999', 'notConvertible'],
  ['double', 'int', '1.5', 'notConvertible'],
  ['double', 'int', '2.0', '2'],
  ['bigint', 'int', '2147483648', 'notConvertible'],
  ['bigint', 'double', '9007199254740993', 'notConvertible'],
  ['int', 'int unsigned', '-1', 'notConvertible'],
  ['bigint unsigned', 'bigint', '18446744073709551615', 'notConvertible'],
  ['longtext', 'tinyint(1)', '1', '1'],
  ['longtext', 'tinyint(1)', 'yes', 'notConvertible'],
  ['tinyint(1)', 'int', '1', '1'],
  ['int', 'tinyint(1)', '1', '1'],
  ['int', 'tinyint(1)', '2', 'notConvertible'],
  ['longtext', 'decimal(5,2)', '1.50', '1.50'],
  ['longtext', 'decimal(5,2)', '1.505', 'notConvertible'],
  ['longtext', 'decimal(5,2)', '1e-400', 'notConvertible'],
  ['decimal(10,4)', 'decimal(10,2)', '1.5000', '1.50'],
  ['decimal(10,4)', 'decimal(10,2)', '1.5050', 'notConvertible'],
  ['int', 'decimal(4,2)', '100', 'notConvertible'],
  ['longtext', 'varchar(3)', 'abcd', 'tooLong'],
  ['longtext', 'varchar(3)', 'äöü', 'äöü'],
  ['int', 'varchar(3)', '1000', 'tooLong'],
  ['varchar(9)', 'varchar(3)', 'abc', 'abc'],
  ['varchar(300)', 'tinytext', 'é'.repeat(128), 'tooLong'],
  ['longtext', 'json', '{"a": 1}', '{"a": 1}'],
  ['longtext', 'json', 'no json', 'notConvertible'],
  ['int', 'json', '5', '5'],
  ['json', 'int', '5', '5'],
  ['json', 'int', '{"a": 1}', 'notConvertible'],
  ['date', 'json', '2026-01-02', 'notConvertible'],
  ['longtext', 'longblob', 'ab', 'ab'],
  ['longblob', 'longtext', 'ab', 'ab'],
  ['date', 'datetime(6)', '2026-01-02', '2026-01-02 00:00:00.000000'],
  ['datetime(6)', 'date', '2026-01-02 23:04:05', '2026-01-02'],
  ['datetime(6)', 'time(6)', '2026-01-02 03:04:05', '03:04:05.000000'],
  ['time(6)', 'datetime(6)', '03:04:05', 'notConvertible'],
  ['longtext', 'date', '2026-02-28', '2026-02-28'],
  ['longtext', 'date', '2026-02-30', 'notConvertible'],
  ['longtext', 'date', '0000-01-01', 'notConvertible'],
  ['longtext', 'date', '03:04:05', 'notConvertible'],
  ['longtext', 'date', '2026-01-02 03:04:05', 'notConvertible'],
  ['longtext', 'datetime(6)', '2026-01-02T03:04:05.5', '2026-01-02 03:04:05.500000'],
  ['longtext', 'time', '03:04:05.5', 'notConvertible'],
  ['int', 'date', '20260102', 'notConvertible'],
  ["enum('a','b')", "enum('b','c')", 'b', 'b'],
  ["enum('a','b')", "enum('b','c')", 'a', 'notConvertible'],
  ['varchar(9)', "enum('a','b')", '1', 'notConvertible'],
  ['int', "enum('a','b')", '1', 'notConvertible'],
  ["enum('a','b')", 'int', 'b', 'notConvertible'],
  ["enum('a','b')", 'varchar(9)', 'b', 'b'],
  ['longblob', 'longtext', 'é 🚀', 'é 🚀'],
  ['longblob', 'varchar(3)', 'äöü', 'äöü'],
  ['longblob', 'varchar(3)', 'abcd', 'notConvertible'],
  ['longblob', 'tinytext', 'é'.repeat(128), 'notConvertible'],
]

testInDatabase('a value says the same in its new type, or stands in the way', '', async (session) => {
  for (const [from, to, text, outcome] of conversions) {
    assert.equal(await retyped(session, from, to, text), outcome, `${from} ${text} as ${to}`)
  }
})

testInDatabase('bytes that are no text stand in the way of one, and no others', '', async (session) => {
  const hexes = ['61', 'c3a9', 'f09f9880', '', 'ff', '61c3', 'c080', 'f8888080', '00']
  const found = new Map<string, boolean>()
  for (const hex of hexes) {
    await session.query(verbatim('DROP TABLE IF EXISTS t'))
    await session.query(verbatim(`CREATE TABLE t (id int PRIMARY KEY, v longblob) CHARSET utf8mb4`))
    await session.query(verbatim(`INSERT INTO t VALUES (1, x'${hex}'), (2, NULL)`))
    const isFree = (await violations(session, asked(session, 'longblob', 'longtext'))) === 0
    const altered = session.query(verbatim('ALTER TABLE t MODIFY v longtext NULL'))
    await (isFree ? assert.doesNotReject(altered, hex) : assert.rejects(altered, /Incorrect string value/))
    found.set(hex, isFree)
    const { held } = await first(session, 'SELECT hex(v) AS held FROM t WHERE id = 1')
    assert.equal(held?.toLowerCase(), hex)
  }
  assert.deepEqual(
    hexes.filter((hex) => found.get(hex) === true),
    ['61', 'c3a9', 'f09f9880', '', '00'],
  )
})

const day = '2026-01-02'
const uuid = '0b0c1d2e-3f40-4152-8364-758697a8b9ca'
const samples: Readonly<Record<string, readonly string[]>> = {
  'varchar(100)': [
    ...['', '0', '01', '-3', '+5', ' 7 ', '1.5', '5.', '.5', '5e2', '1e400', '1e-400', '9999.94', '0x10', 'true', 'a'],
    ...['32768', '2147483648', '9223372036854775807', '9223372036854775808', '18446744073709551615'],
    ...[day, '2026-1-2', '20260102', '2026-02-30', '0000-00-00', `${day} 03:04:05`, `${day}T03:04:05.123456`],
    ...[`${day}T03:04:05Z`, '03:04', '03:04:05.5', '25:00:00', '{"a":1}', '"x"', uuid, uuid.replaceAll('-', '')],
  ],
  int: ['0', '1', '-1', '300', '32768', '20260102', '2147483647', '9999', '16777217'],
  bigint: ['1', '9007199254740993', '9223372036854775807', '-9223372036854775808', '20260102030405'],
  'bigint unsigned': ['5', '9223372036854775808', '18446744073709551615'],
  'decimal(12,2)': ['1.50', '2.00', '-3.25', '9999999999.99', '9999.95', '32767.50'],
  double: ['0', '1.5', '1e300', '-2', '9223372036854775808', '-9223372036854775808', '9999.96', '2147483647.5'],
  'tinyint(1)': ['0', '1', '5'],
  date: [day],
  'datetime(6)': [`${day} 03:04:05.678901`],
  'time(6)': ['03:04:05.678901', '-01:00:00', '100:00:00'],
  json: ['{"a": 1}', '"x"', '5', '1.5', 'null', 'true', `"${day}"`],
  longblob: ['abc', '5', day],
  "enum('a','b','7')": ['a', 'b', '7'],
  longtext: ['é'.repeat(40000)],
}
const targets = [
  ...['smallint', 'int', 'int unsigned', 'bigint', 'bigint unsigned', 'decimal(5,1)', 'decimal(20,2)', 'double'],
  ...['tinyint(1)', 'varchar(100)', 'varchar(3)', 'text', 'longtext', 'date', 'datetime(6)', 'time(6)', 'json'],
  ...['longblob', 'varbinary(3)', "enum('a','7','5')"],
]

testInDatabase('what no precheck stands in the way of, the server converts', '', async (session) => {
  const uuidType = session.dialect.spelling.type({ type: 'uuid' })
  for (const [from, texts] of Object.entries({ ...samples, [uuidType]: [uuid] })) {
    // A column for each target, and all of them are altered at once: only the values that may stay are in it.
    const columns = [...targets, uuidType].map((to, index) => ({ to, name: `v${index}` }))
    await session.query(verbatim('DROP TABLE IF EXISTS t'))
    const made = columns.map(({ name }) => `${name} ${from} NULL`)
    await session.query(verbatim(`CREATE TABLE t (id int PRIMARY KEY, ${made.join(', ')})`))
    for (const [index, text] of texts.entries()) {
      const values = join(columns.map(() => value(text)))
      await session.query(sql`INSERT INTO t VALUES (${value(index)}, ${values})`)
      for (const { to, name } of columns) {
        if ((await violations(session, asked(session, from, to, name))) === 0) continue
        await session.query(verbatim(`UPDATE t SET ${name} = NULL WHERE id = ${index}`))
      }
    }
    // Some types have no way to each other at all, be there rows or not: that is for the planner.
    const held = await first(
      session,
      `SELECT ${columns.map(({ name }) => `max(${name} IS NOT NULL) AS ${name}`).join(', ')} FROM t`,
    )
    const modified = columns.filter(({ name }) => held[name] === '1').map(({ to, name }) => `MODIFY ${name} ${to} NULL`)
    await assert.doesNotReject(session.query(verbatim(`ALTER TABLE t ${modified.join(', ')}`)), from)
  }
})
