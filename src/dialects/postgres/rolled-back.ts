import { hasCode } from '../../errors/error.ts'
import { invariant } from '../../lib/invariant.ts'
import { sql } from '../../schema/sql.ts'
import type { Query } from './catalog.ts'

/** What of a session is needed to try something. */
export interface Tryable {
  readonly query: Query
  readonly transaction: <T>(body: () => Promise<T>) => Promise<T>
}

/** Runs a body and takes back all that it did, in a transaction of its own or inside the one that is open. */
export async function rolledBack<T>({ query, transaction }: Tryable, body: () => Promise<T>): Promise<T> {
  const done = new Error('This transaction was only a trial.')
  const results: T[] = []
  try {
    await transaction(async () => {
      results.push(await body())
      throw done
    })
  } catch (error) {
    if (hasCode(error, 'database.transactionOpen') && results.length === 0) return inSavepoint(query, body)
    if (error !== done) throw error
  }
  const [result] = results
  invariant(result !== undefined, 'a trial has a result')
  return result
}

/** Runs a body inside the open transaction and takes back all that it did. The locks that it took are free again. */
export async function inSavepoint<T>(query: Query, body: () => Promise<T>): Promise<T> {
  await query(sql`SAVEPOINT godwit_trial`)
  try {
    return await body()
  } finally {
    await query(sql`ROLLBACK TO SAVEPOINT godwit_trial`)
    await query(sql`RELEASE SAVEPOINT godwit_trial`)
  }
}
