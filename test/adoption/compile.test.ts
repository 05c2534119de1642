import assert from 'node:assert/strict'
import { globSync, readFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { test } from 'node:test'
import { compile } from '../types/compile.ts'

test('the models that were read compile, and their rows have types', () => {
  const approved = globSync('*/models.*.txt', { cwd: import.meta.dirname })
  assert.ok(approved.length >= 9)
  const files = approved.map((path): [string, string] => {
    const app = `${dirname(path)}_${basename(path).split('.')[1]}`
    return [`${app}/models.ts`, readFileSync(join(import.meta.dirname, path), 'utf8')]
  })
  const { output } = compile({ ...Object.fromEntries(files), 'use.ts': use })
  assert.equal(output, '')
})

/** Rows of tables that point at each other, and at themselves. */
const use = `
import type { DatabaseOf } from 'godwit'
import type { Generated, Insertable, Selectable } from 'kysely'
import * as shop from './sakila_postgres/models.ts'
type DB = DatabaseOf<{ shop: typeof shop }, 'postgres'>
type Film = Selectable<DB['film']>
const film: Pick<Film, 'film_id' | 'language_id' | 'original_language_id' | 'rating'> = {
  film_id: 1,
  language_id: 2,
  original_language_id: null,
  rating: 'PG-13',
}
const line: Insertable<DB['film_actor']> = { actor_id: 1, film_id: film.film_id }
export type Unused = Generated<typeof line>

// What the database numbers can be left out of an insert, by a type of its own too.
import * as lent from './sakila_mariadb/models.ts'
type Lent = DatabaseOf<{ shop: typeof lent }, 'mariadb'>
export const category: Insertable<Lent['category']> = { name: 'Action' }
export const actor: Insertable<Lent['actor']> = { first_name: 'Ada', last_name: 'Lovelace' }
// @ts-expect-error: a name has no default
export const nameless: Insertable<Lent['category']> = {}
`
