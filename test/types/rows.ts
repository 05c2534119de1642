// Checked by the compiler alone: what `Infer` and `DatabaseOf` make of the models in `shop/`.
import type { Insertable, Selectable, Updateable } from 'kysely'
import type { DatabaseOf, Infer, InferInsert, InferUpdate, Json } from '../../src/index.ts'
import type { Equal, Expect } from './expect.ts'
import type * as accounts from './shop/accounts.ts'
import type * as billing from './shop/billing.ts'

type Models = { accounts: typeof accounts; billing: typeof billing }
type DB = DatabaseOf<Models, 'sqlite'>

type Whole = number | bigint

export type Checks = [
  Expect<
    Equal<
      { [Table in keyof DB]: true },
      {
        accounts_user: true
        user_profile: true
        billing_invoice: true
        billing_tag: true
        billing_product: true
        billing_line: true
        billing_profile_note: true
        billing_invoice_tags: true
        invoice_watching: true
        billing_invoice_related: true
      }
    >
  >,
  Expect<
    Equal<
      Selectable<DB['accounts_user']>,
      {
        id: number
        email: string
        is_active: number
        favourite_id: number | null
        manager_id: number | null
        token: string
        created_at: string
        updated_at: string | null
      }
    >
  >,
  Expect<
    Equal<
      Insertable<DB['accounts_user']>,
      {
        email: string
        id?: Whole | undefined
        is_active?: boolean | 0 | 1 | undefined
        favourite_id?: Whole | null | undefined
        manager_id?: Whole | null | undefined
        token?: string | undefined
        created_at?: string | Date | undefined
        updated_at?: string | Date | null | undefined
      }
    >
  >,
  Expect<
    Equal<
      Selectable<DB['billing_invoice']>,
      {
        id: number
        owner_id: number
        number: string
        total: number
        status: 'draft' | 'sent' | 'paid'
        mood: string
        stars: 1 | 2 | 3 | null
        issued_at: string | null
        due_on: string
        extra: string | null
        views: number
        code: number
        label: string
        parent_id: number | null
        profile_id: number
      }
    >
  >,
  Expect<
    Equal<
      Insertable<DB['billing_invoice']>,
      {
        id?: Whole | undefined
        owner_id: Whole
        number: string
        total: number | bigint | string
        status?: 'draft' | 'sent' | 'paid' | undefined
        mood: string
        stars?: 1 | 2 | 3 | null | undefined
        issued_at?: string | Date | null | undefined
        due_on?: string | undefined
        extra?: string | readonly Json[] | { readonly [key: string]: Json } | null | undefined
        views?: Whole | undefined
        code: Whole
        parent_id?: Whole | null | undefined
        profile_id: Whole
      }
    >
  >,
  Expect<'label' extends keyof Updateable<DB['billing_invoice']> ? false : true>,
  Expect<Equal<Selectable<DB['user_profile']>, { user_id: number; avatar: Uint8Array | null }>>,
  Expect<Equal<Insertable<DB['user_profile']>, { user_id: Whole; avatar?: Uint8Array | null | undefined }>>,
  Expect<Equal<Selectable<DB['billing_product']>, { sku: string; read_at: string }>>,
  Expect<Equal<Selectable<DB['billing_line']>, { invoice_id: number; product_id: string; added_at: string }>>,
  Expect<Equal<Selectable<DB['billing_profile_note']>, { id: number; profile_id: number; weight: number }>>,
  Expect<Equal<Selectable<DB['billing_invoice_tags']>, { invoice_id: number; tag_id: number }>>,
  Expect<Equal<Insertable<DB['billing_invoice_tags']>, { invoice_id: Whole; tag_id: Whole }>>,
  Expect<Equal<Selectable<DB['invoice_watching']>, { invoice_id: number; user_id: number }>>,
  Expect<Equal<Selectable<DB['billing_invoice_related']>, { from_invoice_id: number; to_invoice_id: number }>>,
  Expect<Equal<Infer<typeof billing.Tag, 'sqlite'>, { id: number; name: string }>>,
  Expect<Equal<InferInsert<typeof billing.Tag, 'sqlite'>, { id?: Whole | undefined; name: string }>>,
  Expect<Equal<InferUpdate<typeof billing.Tag, 'sqlite'>, { id?: Whole | undefined; name?: string | undefined }>>,
  Expect<Equal<Infer<typeof billing.Invoice, 'sqlite', { apps: Models }>['profile_id'], number>>,
]
