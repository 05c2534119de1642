// Checked by the compiler alone: what inserts into PostgreSQL take, and how models are inferred one by one.
import type { Insertable, Selectable, Updateable } from 'kysely'
import type { DatabaseOf, Infer, InferInsert, InferUpdate, Json, PostgresInterval } from '../../src/index.ts'
import type { Equal, Expect } from './expect.ts'
import type * as accounts from './shop/accounts.ts'
import type * as billing from './shop/billing.ts'
import type * as ledger from './warehouse/ledger.ts'
import type * as stock from './warehouse/stock.ts'

type Shop = { accounts: typeof accounts; billing: typeof billing }
type Models = { ledger: typeof ledger; stock: typeof stock }
type DB = DatabaseOf<Models, 'postgres'>
type Camel = { case: 'camel' }
type CamelDB = DatabaseOf<Models, 'postgres', Camel>
type CamelShop = DatabaseOf<Shop, 'sqlite', Camel>

type Whole = number | bigint
type Big = number | bigint | string
type Document = string | number | boolean | { readonly [key: string]: Json }
type Span = string | { toPostgres(): string }

export type Checks = [
  Expect<
    Equal<
      Insertable<DB['stock_item']>,
      {
        id?: Big | undefined
        rank: Whole
        count: Whole
        weight_grams: Big
        is_open: boolean
        label: string
        notes?: string | null | undefined
        token?: string | undefined
        price: Big
        ratio: number
        bought_on: Date | string
        opens_at: string
        created_at?: Date | string | undefined
        settings: Document
        photo: Uint8Array
        status?: 'draft' | 'sent' | undefined
        mood: 'good' | 'bad'
        effort: Span
        address: string
        ages: string
        blocks: string
        weights: string
        season: string
        during?: string | null | undefined
        search: NonNullable<unknown>
        entry_id: string
        parent_id?: Big | null | undefined
      }
    >
  >,
  Expect<
    Equal<
      Insertable<DB['stock_lists']>,
      {
        id?: Big | undefined
        ranks: readonly Whole[]
        counts?: readonly Whole[] | undefined
        weights: readonly Big[]
        answers: readonly boolean[]
        labels: readonly string[]
        notes?: readonly string[] | null | undefined
        tokens: readonly string[]
        prices: readonly Big[]
        ratios: readonly number[]
        days: readonly (Date | string)[]
        hours: readonly string[]
        moments: readonly (Date | string)[]
        documents: readonly Document[]
        photos: readonly Uint8Array[]
        moods: readonly ('good' | 'bad')[]
        efforts: readonly Span[]
        addresses: readonly string[]
        spans: readonly string[]
        decimal_spans: readonly string[]
        searches: readonly NonNullable<unknown>[]
      }
    >
  >,
  Expect<Equal<Updateable<CamelDB['stockTag']>, { id?: Big | undefined; name?: string | undefined }>>,
  Expect<
    Equal<
      { [Table in keyof CamelDB]: true },
      {
        stockItem: true
        stockLists: true
        stockTag: true
        'auditLog.stockEntry': true
        'auditLog.stockEntryReaders': true
        'auditLog.stockEntryTags': true
      }
    >
  >,
  Expect<
    Equal<Selectable<CamelDB['auditLog.stockEntryReaders']>, { fromStockEntryId: string; toStockEntryId: string }>
  >,
  Expect<Equal<Selectable<CamelDB['auditLog.stockEntryTags']>, { stockEntryId: string; tagId: string }>>,
  Expect<
    Equal<
      { [Table in keyof CamelShop]: true },
      {
        accountsUser: true
        userProfile: true
        billingInvoice: true
        billingTag: true
        billingProduct: true
        billingLine: true
        billingProfileNote: true
        billingInvoiceTags: true
        invoiceWatching: true
        billingInvoiceRelated: true
      }
    >
  >,
  Expect<
    Equal<
      Selectable<CamelShop['accountsUser']>,
      {
        id: number
        email: string
        isActive: number
        favouriteId: number | null
        managerId: number | null
        token: string
        createdAt: string
        updatedAt: string | null
      }
    >
  >,
  Expect<Equal<Infer<typeof billing.Line, 'postgres'>['product_id'], string>>,
  Expect<
    Equal<
      Infer<typeof billing.Line, 'postgres', { case: 'camel'; apps: Shop; app: 'billing' }>,
      { invoiceId: string; productId: string; addedAt: Date }
    >
  >,
  Expect<
    Equal<
      InferInsert<typeof billing.Line, 'postgres', { case: 'camel'; apps: Shop; app: 'billing' }>,
      { invoiceId: Big; productId: string; addedAt?: Date | string | undefined }
    >
  >,
  Expect<
    Equal<
      InferUpdate<typeof billing.ProfileNote, 'postgres', Camel>,
      { id?: Big | undefined; profileId?: Big | undefined; weight?: number | undefined }
    >
  >,
  Expect<Equal<Infer<typeof stock.Item, 'postgres'>['effort'], PostgresInterval>>,
  // What SQLite has no columns for can be neither read nor written there.
  Expect<'ranks' extends keyof Infer<typeof stock.Lists, 'sqlite'> ? false : true>,
  Expect<'ranks' extends keyof InferInsert<typeof stock.Lists, 'sqlite'> ? false : true>,
  Expect<Equal<Infer<typeof stock.Item, 'sqlite'>['mood'], 'good' | 'bad'>>,
  Expect<Equal<Infer<typeof stock.Item, 'sqlite'>['address'], string>>,
]

export const item: Updateable<DB['stock_item']> = {
  // @ts-expect-error pg writes an array as a PostgreSQL array, an empty one as the document {}
  settings: [],
  // @ts-expect-error pg writes an object as JSON, which some servers read as another span of time
  effort: { days: 1 },
  // @ts-expect-error no choice
  mood: 'lost',
}

// @ts-expect-error nobody can write it
export const computed: Updateable<DB['stock_item']> = { http_code2: 1 }

export const lists: Updateable<DB['stock_lists']> = {
  // @ts-expect-error no choice
  moods: ['lost'],
  // @ts-expect-error an array in an array is another dimension
  documents: [[1]],
}
