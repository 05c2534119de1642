// Checked by the compiler alone: what rows of MariaDB and MySQL hold, and what inserts take.
import type { Insertable, Selectable, Updateable } from 'kysely'
import type { DatabaseOf, Infer, InferInsert, Json } from '../../src/index.ts'
import type * as depot from './depot/depot.ts'
import type { Equal, Expect } from './expect.ts'

type Models = { depot: { Crate: typeof depot.Crate } }
type DB = DatabaseOf<Models, 'mysql'>

type Whole = number | bigint
type Big = number | bigint | string

export type Checks = [
  Expect<Equal<DB, DatabaseOf<Models, 'mariadb'>>>,
  Expect<
    Equal<
      Selectable<DB['depot_crate']>,
      {
        id: number
        rank: number
        count: number
        weight_grams: number
        is_open: number
        label: string
        notes: string | null
        token: string
        price: string
        ratio: number
        bought_on: Date
        opens_at: string
        created_at: Date
        settings: Json
        photo: Uint8Array
        status: 'draft' | 'sent'
        mood: 'good' | 'bad'
        address: string
        shape: unknown
        http_code2: number
        parent_id: number | null
      }
    >
  >,
  Expect<
    Equal<
      Insertable<DB['depot_crate']>,
      {
        id?: Big | undefined
        rank: Whole
        count: Whole
        weight_grams: Big
        is_open: boolean | 0 | 1
        label: string
        notes?: string | null | undefined
        token?: string | undefined
        price: Big
        ratio: number
        bought_on: Date | string
        opens_at: string
        created_at?: Date | string | undefined
        settings: string
        photo: Uint8Array
        status?: 'draft' | 'sent' | undefined
        mood: 'good' | 'bad'
        address: string
        shape: NonNullable<unknown>
        parent_id?: Big | null | undefined
      }
    >
  >,
  // What they have no columns for can be neither read nor written there.
  Expect<'ranks' extends keyof Infer<typeof depot.Elsewhere, 'mariadb'> ? false : true>,
  Expect<'spans' extends keyof InferInsert<typeof depot.Elsewhere, 'mysql'> ? false : true>,
]

export const crate: Updateable<DB['depot_crate']> = {
  // @ts-expect-error mysql2 writes an object as assignments
  settings: { theme: 'dark' },
  // @ts-expect-error no choice
  mood: 'lost',
}
