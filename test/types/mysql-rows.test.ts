import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { type Insertable, Kysely, MysqlDialect, type Selectable } from 'kysely'
import { createPool } from 'mysql2'
import type { DatabaseOf } from '../../src/index.ts'
import type { Session } from '../../src/schema/dialect.ts'
import { mariadbUnderTest, mysqlUnderTest } from '../support/mysql-database.ts'
import type { TestDatabase } from '../support/test-database.ts'
import { is, oneOf, orNull, type RowChecks } from './check.ts'
import { createTables } from './create-tables.ts'
import { Crate } from './depot/depot.ts'

type DB = DatabaseOf<{ depot: { Crate: typeof Crate } }, 'mysql'>

// The compiler holds each table of checks to the row type, the test holds it to the rows.
const crate: RowChecks<Selectable<DB['depot_crate']>> = {
  id: is.number,
  rank: is.number,
  count: is.number,
  weight_grams: is.number,
  is_open: is.number,
  label: is.text,
  notes: orNull(is.text),
  token: is.text,
  price: is.text,
  ratio: is.number,
  bought_on: is.date,
  opens_at: is.text,
  created_at: is.date,
  settings: is.json,
  photo: is.bytes,
  status: oneOf('draft', 'sent'),
  mood: oneOf('good', 'bad'),
  address: is.text,
  shape: is.unknown,
  http_code2: is.number,
  parent_id: orNull(is.number),
}

const newCrate: Insertable<DB['depot_crate']> = {
  rank: 1,
  count: 2n,
  weight_grams: '9007199254740991',
  is_open: true,
  label: "it's \\ a lamp",
  price: '12.50',
  ratio: 1.5,
  bought_on: '2026-11-21',
  opens_at: '07:54:48.123',
  created_at: new Date('2026-11-21T07:54:48.123Z'),
  settings: JSON.stringify({ theme: 'dark', sizes: [1, 2], owner: null }),
  photo: Uint8Array.of(0, 255),
  status: 'sent',
  mood: 'good',
  address: '10.0.0.0/24',
  shape: 'round',
}

/** A table in a database of its own, and Kysely over it: the session's, as code of a migration has it, or an application's own. */
interface Place {
  readonly session: Session
  readonly database: TestDatabase
  readonly application: Kysely<DB>
}

const family = [mariadbUnderTest, mysqlUnderTest].filter(({ kind, skip }) => kind === 'mariadb' || skip === false)

for (const on of family) {
  describe(`what the types say of rows is so in ${on.name}`, { skip: on.skip }, () => {
    let place: Place
    const kyselys = (): readonly Kysely<DB>[] => [place.application, place.session.kysely]

    before(async () => {
      const database = await on.create()
      const session = await database.openSession()
      const pool = createPool({ uri: database.url.replace(/^mariadb:/, 'mysql:'), timezone: 'Z' })
      place = { session, database, application: new Kysely<DB>({ dialect: new MysqlDialect({ pool }) }) }
      await createTables(session, { depot: { Crate } })
    })
    after(async () => {
      await place.application.destroy()
      await place.session.close()
      await place.database.drop()
    })

    it('every value of a row is what its type says, and what was written comes back', async () => {
      for (const db of kyselys()) {
        await db.deleteFrom('depot_crate').execute()
        await db.insertInto('depot_crate').values(newCrate).execute()
        for (const reader of kyselys()) {
          const row = await reader.selectFrom('depot_crate').selectAll().executeTakeFirstOrThrow()
          assertRow(row, crate)
          const { id: _, token, photo, ...rest } = row
          assert.match(token, /^[0-9a-f-]{36}$/)
          assert.deepEqual([...photo], [0, 255])
          assert.deepEqual(rest, {
            rank: 1,
            count: 2,
            weight_grams: 9007199254740991,
            is_open: 1,
            label: "it's \\ a lamp",
            notes: null,
            price: '12.50',
            ratio: 1.5,
            bought_on: new Date('2026-11-21T00:00:00Z'),
            opens_at: '07:54:48.123000',
            created_at: new Date('2026-11-21T07:54:48.123Z'),
            settings: { theme: 'dark', sizes: [1, 2], owner: null },
            status: 'sent',
            mood: 'good',
            address: '10.0.0.0/24',
            shape: 'round',
            http_code2: 2,
            parent_id: null,
          })
        }
      }
    })

    it('a row that was read can be written again', async () => {
      for (const db of kyselys()) {
        const row = await db.selectFrom('depot_crate').selectAll().executeTakeFirstOrThrow()
        const { id: _, http_code2, settings, shape, ...rest } = row
        const again = { ...rest, shape: String(shape), is_open: row.is_open === 1, settings: JSON.stringify(settings) }
        const { insertId } = await db.insertInto('depot_crate').values(again).executeTakeFirstOrThrow()
        const written = await db
          .selectFrom('depot_crate')
          .selectAll()
          .where('id', '=', Number(insertId))
          .executeTakeFirstOrThrow()
        assert.deepEqual({ ...written, id: row.id }, row)
      }
    })
  })
}

function assertRow<Row extends object>(row: Row, checks: RowChecks<Row>): void {
  assert.deepEqual(Object.keys(row).toSorted(), Object.keys(checks).toSorted())
  for (const [column, value] of Object.entries(row)) {
    const { holds } = checks[column as keyof Row]
    assert.ok(holds(value), `${column} is ${typeof value} ${String(value)}`)
  }
}
