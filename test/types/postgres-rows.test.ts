import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { CamelCasePlugin, type Insertable, type Kysely, type Selectable, type Updateable } from 'kysely'
import { openPglite } from '../../src/dialects/postgres/index.ts'
import type { DatabaseOf } from '../../src/index.ts'
import type { Session } from '../../src/schema/dialect.ts'
import { postgresUnderTest } from '../support/postgres-database.ts'
import { either, is, listOf, oneOf, orNull, type RowChecks } from './check.ts'
import { createTables } from './create-tables.ts'
import * as ledger from './warehouse/ledger.ts'
import * as stock from './warehouse/stock.ts'

type Models = { ledger: typeof ledger; stock: typeof stock }
type DB = DatabaseOf<Models, 'postgres'>
type CamelDB = DatabaseOf<Models, 'postgres', { case: 'camel' }>

// The compiler holds each table of checks to the row type, the test holds it to the rows.
const item: RowChecks<Selectable<DB['stock_item']>> = {
  id: is.text,
  rank: is.number,
  count: is.number,
  weight_grams: is.text,
  is_open: is.boolean,
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
  effort: is.interval,
  address: is.text,
  ages: is.text,
  blocks: is.text,
  weights: is.text,
  season: is.text,
  during: orNull(is.text),
  search: is.unknown,
  http_code2: is.number,
  entry_id: is.text,
  parent_id: orNull(is.text),
}

const lists: RowChecks<Selectable<DB['stock_lists']>> = {
  id: is.text,
  ranks: listOf(is.number),
  counts: listOf(is.number),
  weights: listOf(is.text),
  answers: listOf(is.boolean),
  labels: listOf(is.text),
  notes: orNull(listOf(is.text)),
  tokens: listOf(is.text),
  prices: listOf(is.number),
  ratios: listOf(is.number),
  days: listOf(is.date),
  hours: listOf(is.text),
  moments: listOf(is.date),
  documents: listOf(is.json),
  photos: listOf(is.bytes),
  moods: is.text,
  efforts: listOf(is.interval),
  addresses: listOf(is.text),
  spans: either(is.text, listOf(is.text)),
  decimal_spans: either(is.text, listOf(is.text)),
  searches: is.unknown,
}

const camelItem: RowChecks<Selectable<CamelDB['stockItem']>> = {
  id: item.id,
  rank: item.rank,
  count: item.count,
  weightGrams: item.weight_grams,
  isOpen: item.is_open,
  label: item.label,
  notes: item.notes,
  token: item.token,
  price: item.price,
  ratio: item.ratio,
  boughtOn: item.bought_on,
  opensAt: item.opens_at,
  createdAt: item.created_at,
  settings: item.settings,
  photo: item.photo,
  status: item.status,
  mood: item.mood,
  effort: item.effort,
  address: item.address,
  ages: item.ages,
  blocks: item.blocks,
  weights: item.weights,
  season: item.season,
  during: item.during,
  search: item.search,
  httpCode2: item.http_code2,
  entryId: item.entry_id,
  parentId: item.parent_id,
}

const { decimal_spans: decimalSpans, ...otherLists } = lists
const camelLists: RowChecks<Selectable<CamelDB['stockLists']>> = { ...otherLists, decimalSpans }

/** Every table of the types. */
const tables: { readonly [Table in keyof DB]: true } = {
  stock_item: true,
  stock_lists: true,
  stock_tag: true,
  'audit_log.stock_entry': true,
  'audit_log.stock_entry_readers': true,
  'audit_log.stock_entry_tags': true,
}

const boughtOn = new Date(2026, 10, 21)
const createdAt = new Date('2026-11-21T07:54:48.123Z')
const token = '6f9619ff-8b86-d011-b42d-00c04fc964ff'

const newItem: Insertable<DB['stock_item']> = {
  rank: 1,
  count: 2n,
  weight_grams: '9007199254740993',
  is_open: true,
  label: 'Lamp',
  price: '12.50',
  ratio: 1.5,
  bought_on: boughtOn,
  opens_at: '07:54:48.123',
  created_at: createdAt,
  settings: { theme: 'dark', sizes: [1, 2], owner: null },
  photo: Uint8Array.of(0, 255),
  status: 'sent',
  mood: 'good',
  effort: 'P1DT2H30M',
  address: '10.0.0.0/24',
  ages: '[18,)',
  blocks: '[1,10)',
  weights: '[0.5,1.25)',
  season: '[2026-11-21,2026-12-01)',
  search: 'a lamp',
  entry_id: 'E1',
}

const newLists: Insertable<DB['stock_lists']> = {
  ranks: [1],
  counts: [2, 3n],
  weights: [9n, 8, '9007199254740993'],
  answers: [true, false],
  labels: ['a"b', 'c,d'],
  notes: [''],
  tokens: [token],
  prices: ['12.50', 1],
  ratios: [1.5],
  days: [boughtOn, '2026-11-22'],
  hours: ['07:54'],
  moments: [createdAt, '2026-11-21T00:00:00Z'],
  documents: [{ a: [1] }, '[1,2]', 5, true],
  photos: [Uint8Array.of(1)],
  moods: ['good', 'bad'],
  efforts: ['1 day'],
  addresses: ['10.0.0.1'],
  spans: ['[1,2)'],
  decimal_spans: ['[1.5,2)'],
  searches: ['a lamp'],
}

const servers: readonly {
  readonly name: string
  readonly skip: string | false
  readonly open: () => Promise<Session>
}[] = [
  {
    name: 'PostgreSQL by pg',
    skip: postgresUnderTest.skip,
    open: async () => (await postgresUnderTest.createScratch()).openSession(),
  },
  { name: 'PGlite', skip: false, open: () => openPglite({}) },
]

for (const { name, skip, open } of servers) {
  describe(`what the types say of tables and rows is so in ${name}`, { skip }, () => {
    let session: Session
    let db: Kysely<DB>
    let camel: Kysely<CamelDB>

    before(async () => {
      session = await open()
      db = session.kysely
      camel = session.kysely.withPlugin(new CamelCasePlugin())
      await createTables(session, { ledger, stock })
      await db.insertInto('audit_log.stock_entry').values({ code: 'E1' }).execute()
      await db.insertInto('stock_item').values(newItem).execute()
      await db.insertInto('stock_lists').values(newLists).execute()
    })
    after(() => session.close())

    it('the tables are those of the types', async () => {
      const found = await session.inspect({ schemas: ['audit_log'] })
      assert.deepEqual([...found.tables.keys()].toSorted(), Object.keys(tables).toSorted())
    })

    it('every value of a row is what its type says', async () => {
      assertRow(await db.selectFrom('stock_item').selectAll().executeTakeFirstOrThrow(), item)
      assertRow(await db.selectFrom('stock_lists').selectAll().executeTakeFirstOrThrow(), lists)
    })

    it('every value of a row in camelCase is what its type says', async () => {
      assertRow(await camel.selectFrom('stockItem').selectAll().executeTakeFirstOrThrow(), camelItem)
      assertRow(await camel.selectFrom('stockLists').selectAll().executeTakeFirstOrThrow(), camelLists)
    })

    it('what was written comes back', async () => {
      const row = await db.selectFrom('stock_item').selectAll().executeTakeFirstOrThrow()
      const { token: given, effort, photo, search, ...rest } = row
      assert.match(given, /^[0-9a-f-]{36}$/)
      assert.equal(search, "'a' 'lamp'")
      assert.deepEqual({ ...effort }, { days: 1, hours: 2, minutes: 30 })
      assert.deepEqual([...photo], [0, 255])
      assert.deepEqual(rest, {
        id: '1',
        rank: 1,
        count: 2,
        weight_grams: '9007199254740993',
        is_open: true,
        label: 'Lamp',
        notes: null,
        price: '12.50',
        ratio: 1.5,
        bought_on: boughtOn,
        opens_at: '07:54:48.123',
        created_at: createdAt,
        settings: { theme: 'dark', sizes: [1, 2], owner: null },
        status: 'sent',
        mood: 'good',
        address: '10.0.0.0/24',
        ages: '[18,)',
        blocks: '[1,10)',
        weights: '[0.5,1.25)',
        season: '[2026-11-21,2026-12-01)',
        during: null,
        http_code2: 2,
        entry_id: 'E1',
        parent_id: null,
      })
    })

    it('lists that were written come back', async () => {
      const row = await db.selectFrom('stock_lists').selectAll().executeTakeFirstOrThrow()
      const { efforts, photos, ...rest } = row
      assert.deepEqual(
        [efforts.map((effort) => ({ ...effort })), photos.map((photo) => [...photo])],
        [[{ days: 1 }], [[1]]],
      )
      assert.deepEqual(rest, {
        id: '1',
        ranks: [1],
        counts: [2, 3],
        weights: ['9', '8', '9007199254740993'],
        answers: [true, false],
        labels: ['a"b', 'c,d'],
        notes: [''],
        tokens: [token],
        prices: [12.5, 1],
        ratios: [1.5],
        days: [boughtOn, new Date(2026, 10, 22)],
        hours: ['07:54:00'],
        moments: [createdAt, new Date('2026-11-21T00:00:00Z')],
        documents: [{ a: [1] }, [1, 2], 5, true],
        moods: '{good,bad}',
        addresses: ['10.0.0.1'],
        spans: '{"[1,2)"}',
        decimal_spans: ['[1.5,2)'],
        searches: `{"'a' 'lamp'"}`,
      })
    })

    it('a row that was read can be written again', async () => {
      const { id, http_code2, settings, search, ...row } = await db
        .selectFrom('stock_item')
        .selectAll()
        .executeTakeFirstOrThrow()
      const again = { ...row, settings: JSON.stringify(settings), search: 'a lamp' }
      const written = await db.insertInto('stock_item').values(again).returningAll().executeTakeFirstOrThrow()
      assert.deepEqual({ ...written, id }, { ...row, id, http_code2, settings, search })
    })

    it('tables of a schema are found in camelCase, and joined', async () => {
      await camel.insertInto('stockTag').values({ name: 'tall' }).execute()
      const { id: tagId } = await camel.selectFrom('stockTag').select('id').executeTakeFirstOrThrow()
      await camel.insertInto('auditLog.stockEntryTags').values({ stockEntryId: 'E1', tagId }).execute()
      await camel
        .insertInto('auditLog.stockEntryReaders')
        .values({ fromStockEntryId: 'E1', toStockEntryId: 'E1' })
        .execute()
      const rows = await camel
        .selectFrom('auditLog.stockEntry')
        .innerJoin('auditLog.stockEntryTags', 'auditLog.stockEntryTags.stockEntryId', 'auditLog.stockEntry.code')
        .innerJoin('stockItem as item', 'item.entryId', 'auditLog.stockEntry.code')
        .select(['auditLog.stockEntry.code', 'item.weightGrams', 'tagId'])
        .execute()
      assert.deepEqual(rows[0], { code: 'E1', weightGrams: '9007199254740993', tagId })
    })

    it('what the types refuse would not be stored as it was meant', async () => {
      const stored = async (values: Updateable<DB['stock_item']>): Promise<unknown> => {
        const updated = db.updateTable('stock_item').set(values).returning('settings')
        return (await updated.executeTakeFirstOrThrow()).settings
      }
      assert.deepEqual(await stored({ settings: JSON.stringify([1, 2]) }), [1, 2])
      // @ts-expect-error pg writes an array as a PostgreSQL array
      assert.deepEqual(await stored({ settings: [] }), {})
      // @ts-expect-error the same with something in it
      await assert.rejects(stored({ settings: [1, 2] }))
      // @ts-expect-error no choice
      await assert.rejects(stored({ mood: 'lost' }))
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
