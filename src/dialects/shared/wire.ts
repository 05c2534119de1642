import type { QueryResult } from 'kysely'

/** What a driver must be able to do: send one statement after the other over one connection that is kept. */
export interface Wire {
  /** Sends one statement; values take the places of its placeholders. */
  send(text: string, parameters: readonly unknown[]): Promise<QueryResult<unknown>>
  /** Whether the server has a transaction open, and whether it has failed, where the driver can tell. */
  readonly transactionStatus?: () => 'none' | 'open' | 'failed'
  /** Sends one query and gives its rows as they come, where the driver can. Whoever stops early leaves the connection fit for the next statement. */
  readonly stream?: (text: string, parameters: readonly unknown[]) => AsyncIterable<unknown>
  /** Lends a second, short-lived connection, where there can be one, for so many milliseconds at most. */
  readonly aside?: <T>(timeout: number, body: (send: Wire['send']) => Promise<T>) => Promise<T>
  close(): Promise<void>
}

/** How long a statement may wait for a lock by default, in milliseconds: who waits for one holds up everybody behind. */
export const defaultLockTimeout = 2000

/** How long one statement may wait for locks and how long it may take at all, in milliseconds; no `statement`: as long as it needs. */
export interface Patience {
  readonly lock: number
  readonly statement: number | undefined
}
