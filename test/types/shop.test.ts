import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import type { Kysely, Selectable } from 'kysely'
import { openSqlite } from '../../src/dialects/sqlite/index.ts'
import type { DatabaseOf } from '../../src/index.ts'
import type { Session } from '../../src/schema/dialect.ts'
import { createTables } from './create-tables.ts'
import * as accounts from './shop/accounts.ts'
import * as billing from './shop/billing.ts'

type DB = DatabaseOf<{ accounts: typeof accounts; billing: typeof billing }, 'sqlite'>

/** Every table and its columns, held to the types by the compiler and to the database by the test. */
const columns: { readonly [Table in keyof DB]: { readonly [Column in keyof DB[Table]]: true } } = {
  accounts_user: {
    id: true,
    email: true,
    is_active: true,
    favourite_id: true,
    manager_id: true,
    token: true,
    created_at: true,
    updated_at: true,
  },
  user_profile: { user_id: true, avatar: true },
  billing_invoice: {
    id: true,
    owner_id: true,
    number: true,
    total: true,
    status: true,
    mood: true,
    stars: true,
    issued_at: true,
    due_on: true,
    extra: true,
    views: true,
    code: true,
    label: true,
    parent_id: true,
    profile_id: true,
  },
  billing_tag: { id: true, name: true },
  billing_product: { sku: true, read_at: true },
  billing_line: { invoice_id: true, product_id: true, added_at: true },
  billing_profile_note: { id: true, profile_id: true, weight: true },
  billing_invoice_tags: { invoice_id: true, tag_id: true },
  invoice_watching: { invoice_id: true, user_id: true },
  billing_invoice_related: { from_invoice_id: true, to_invoice_id: true },
}

describe('what the types say of tables and rows is so in the database', () => {
  let session: Session
  let db: Kysely<DB>

  before(async () => {
    session = await openSqlite({ path: ':memory:' })
    db = session.kysely
    await createTables(session, { accounts, billing })
  })
  after(() => session.close())

  it('the tables and columns are those of the types', async () => {
    const { tables } = await session.inspect()
    const found = [...tables.values()].map((table) => [table.name, table.columns.map(({ name }) => name).toSorted()])
    const typed = Object.entries(columns).map(([table, names]) => [table, Object.keys(names).toSorted()])
    assert.deepEqual(Object.fromEntries(found), Object.fromEntries(typed))
  })

  it('a row that was written comes back as its type says', async () => {
    await db
      .insertInto('accounts_user')
      .values({ email: 'ada@example.org', created_at: new Date(0) })
      .execute()
    await db
      .insertInto('user_profile')
      .values({ user_id: 1, avatar: Uint8Array.of(1, 2) })
      .execute()
    await db
      .insertInto('billing_invoice')
      .values({
        owner_id: 1n,
        number: 'A-1',
        total: '12.50',
        mood: 'fine',
        stars: 3,
        issued_at: new Date('2026-11-21T07:54:48.123Z'),
        extra: { a: [1, true] },
        code: 7,
        profile_id: 1,
      })
      .execute()
    const user: Selectable<DB['accounts_user']> = await db
      .selectFrom('accounts_user')
      .selectAll()
      .executeTakeFirstOrThrow()
    assert.match(user.token, /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
    assert.deepEqual({ ...user, token: '' }, {
      id: 1,
      email: 'ada@example.org',
      is_active: 1,
      favourite_id: null,
      manager_id: null,
      token: '',
      created_at: '1970-01-01T00:00:00.000Z',
      updated_at: null,
    } satisfies Selectable<DB['accounts_user']>)
    const invoice: Selectable<DB['billing_invoice']> = await db
      .selectFrom('billing_invoice')
      .selectAll()
      .executeTakeFirstOrThrow()
    assert.deepEqual({ ...invoice }, {
      id: 1,
      owner_id: 1,
      number: 'A-1',
      total: 12.5,
      status: 'draft',
      mood: 'fine',
      stars: 3,
      issued_at: '2026-11-21T07:54:48.123Z',
      due_on: '2026-01-01',
      extra: '{"a":[1,true]}',
      views: 0,
      code: 7,
      label: 'A-1!',
      parent_id: null,
      profile_id: 1,
    } satisfies Selectable<DB['billing_invoice']>)
    const profile = await db.selectFrom('user_profile').selectAll().executeTakeFirstOrThrow()
    assert.deepEqual({ ...profile }, { user_id: 1, avatar: Uint8Array.of(1, 2) })
  })

  it('a value that is no choice is refused by the compiler and by the database', async () => {
    await assert.rejects(async () =>
      db
        .updateTable('billing_invoice')
        // @ts-expect-error not among the choices
        .set({ status: 'lost' })
        .execute(),
    )
  })
})
