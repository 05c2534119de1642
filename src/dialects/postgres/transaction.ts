import { fail, hasCode } from '../../errors/error.ts'
import type { Patience } from '../shared/wire.ts'

/** What a transaction needs of the connection. */
export interface TransactionHost {
  readonly label: string
  readonly patience: Patience
  readonly send: (statement: string) => Promise<void>
  readonly inTransaction: () => boolean
  /** Whether the open transaction can only be rolled back; undefined where the driver cannot tell. */
  readonly hasFailed: () => boolean | undefined
}

/**
 * Runs a body in one transaction. READ COMMITTED, which connections are set to: anything stricter would make CREATE INDEX CONCURRENTLY of others wait
 * for it.
 */
export async function inOneTransaction<T>(host: TransactionHost, body: () => Promise<T>): Promise<T> {
  if (host.inTransaction()) fail('database.transactionOpen', { database: host.label })
  await host.send('BEGIN')
  try {
    const result = await body()
    await proveAlive(host)
    await host.send('COMMIT')
    return result
  } catch (error) {
    // What counts is the first error; with the connection gone, the server rolls back by itself.
    if (host.inTransaction()) await host.send('ROLLBACK').catch(() => {})
    throw error
  }
}

/** A COMMIT of a transaction in which a statement has failed rolls back, and reports success: where code caught the error, nobody would know. */
async function proveAlive({ label, send, hasFailed }: TransactionHost): Promise<void> {
  const failed = hasFailed() ?? (await send('SELECT 1').then(() => false, isTransactionFailed))
  if (failed) fail('database.transactionFailed', { database: label, statement: 'COMMIT' })
}

/** Passes every other failure on. */
function isTransactionFailed(error: unknown): true {
  if (hasCode(error, 'database.transactionFailed')) return true
  throw error
}

/**
 * Runs a body that holds a statement which can be part of no transaction. It waits for as long as it takes: CREATE INDEX CONCURRENTLY that gives up
 * leaves an invalid index behind, which IF NOT EXISTS then takes for a good one.
 */
export async function outsideTransactions<T>(host: TransactionHost, body: () => Promise<T>): Promise<T> {
  const { label, patience, send } = host
  if (host.inTransaction()) fail('database.notInTransaction', { database: label, statement: undefined })
  const set = async ({ lock, statement }: Patience): Promise<void> => {
    await send(`SET lock_timeout = ${lock}`)
    await send(`SET statement_timeout = ${statement ?? 0}`)
  }
  await set({ lock: 0, statement: undefined })
  let result: T
  try {
    result = await body()
  } catch (error) {
    await set(patience).catch(() => {})
    throw error
  }
  await set(patience)
  return result
}
