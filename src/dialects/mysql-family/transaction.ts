import { fail } from '../../errors/error.ts'
import type { LiveConnection } from './live-connection.ts'

/** What a transaction needs of the connection. */
export interface TransactionHost extends Pick<LiveConnection, 'inTransaction' | 'guarded'> {
  readonly label: string
  readonly send: (statement: string) => Promise<void>
}

/** Runs a body in one transaction. */
export async function inOneTransaction<T>(host: TransactionHost, body: () => Promise<T>): Promise<T> {
  const { label, send, inTransaction, guarded } = host
  if (inTransaction()) fail('database.transactionOpen', { database: label })
  await send('START TRANSACTION')
  try {
    await send(`SAVEPOINT ${beginning}`)
    const result = await guarded(body)
    await proveWhole(host)
    await send('COMMIT')
    return result
  } catch (error) {
    // What counts is the first error; with the connection gone, the server rolls back by itself.
    if (inTransaction()) await send('ROLLBACK').catch(() => {})
    throw error
  }
}

const beginning = 'godwit_beginning'

/** A procedure may have committed and begun another transaction, or the server have rolled back with an error that was caught: then it is not whole. */
async function proveWhole({ label, send, inTransaction }: TransactionHost): Promise<void> {
  const lost = (cause?: unknown): never =>
    fail('database.transactionFailed', { database: label, statement: 'COMMIT' }, { cause })
  if (!inTransaction()) lost()
  await send(`RELEASE SAVEPOINT ${beginning}`).catch(lost)
}

/** Runs a body that holds a statement which can be part of no transaction. No such statement is worse off for a timeout here: it then leaves nothing. */
export async function outsideTransactions<T>(
  { label, inTransaction }: TransactionHost,
  body: () => Promise<T>,
): Promise<T> {
  if (inTransaction()) fail('database.notInTransaction', { database: label, statement: undefined })
  return body()
}
