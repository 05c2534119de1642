import { fail } from '../../errors/error.ts'

/** What a transaction needs of the connection. */
export interface TransactionHost {
  readonly label: string
  readonly canSuspendForeignKeys: boolean
  readonly send: (statement: string) => Promise<void>
  readonly inTransaction: () => boolean
  readonly foreignKeys: {
    readonly areOn: () => Promise<boolean>
    readonly set: (on: boolean) => Promise<void>
  }
}

/**
 * Runs a body in one transaction that can write from the start: a plain BEGIN that wants to write later fails at once when another connection
 * has written meanwhile, whatever the busy timeout.
 */
export async function inOneTransaction<T>(
  host: TransactionHost,
  body: () => Promise<T>,
  suspendForeignKeys: boolean,
): Promise<T> {
  if (host.inTransaction()) fail('database.transactionOpen', { database: host.label })
  return suspendForeignKeys ? withoutForeignKeys(host, () => committed(host, body)) : committed(host, body)
}

async function committed<T>({ send, inTransaction }: TransactionHost, body: () => Promise<T>): Promise<T> {
  await send('BEGIN IMMEDIATE')
  try {
    const result = await body()
    await send('COMMIT')
    return result
  } catch (error) {
    // SQLite itself rolls back after some errors (a full disk), and a rollback then fails; what counts is the first error.
    if (inTransaction()) await send('ROLLBACK').catch(() => {})
    // A pragma is not rolled back.
    await send('PRAGMA legacy_alter_table = OFF').catch(() => {})
    throw error
  }
}

/** The pragma does nothing inside a transaction, and says nothing: so it is set outside and read back (https://sqlite.org/pragma.html#pragma_foreign_keys). */
async function withoutForeignKeys<T>(
  { label, canSuspendForeignKeys, foreignKeys }: TransactionHost,
  body: () => Promise<T>,
): Promise<T> {
  if (!(await foreignKeys.areOn())) return body()
  if (!canSuspendForeignKeys) fail('database.foreignKeysStayOn', { database: label })
  await foreignKeys.set(false)
  if (await foreignKeys.areOn()) fail('database.foreignKeysStayOn', { database: label })
  let result: T
  try {
    result = await body()
  } catch (error) {
    await foreignKeys.set(true).catch(() => {})
    throw error
  }
  await foreignKeys.set(true)
  if (!(await foreignKeys.areOn())) fail('database.foreignKeysStayOff', { database: label })
  return result
}
