import type { QueryResult } from 'kysely'
import type { Client, ClientConfig, QueryConfig } from 'pg'
import { fail } from '../../errors/error.ts'
import { quietly } from '../../lib/quietly.ts'
import { loadDriver } from '../shared/driver-loading.ts'
import type { Wire } from '../shared/wire.ts'
import { codeOf } from './database-error.ts'

type Pg = typeof import('pg')

/** Clients of `pg` for one database, none of them connected. */
export interface PgClients {
  readonly make: () => Client
  /** `postgres://user@host:port/database`: no password. */
  readonly label: string
}

/** A connection by the package `pg`, and what it says of itself. */
export interface PgWire extends Wire {
  readonly aside: NonNullable<Wire['aside']>
  /** The process that serves the connection, as the server named it when it was made. */
  readonly processId: number | undefined
}

/** How long a server may take to let a client in, in milliseconds; one that sleeps when it is not used needs some seconds to wake up. */
const connectionTimeout = 15_000

/** Reads a URL and the environment, as `pg` does. */
export async function pgClients(url: string, baseDir: string | undefined): Promise<PgClients> {
  const module = await loadDriver<Pg & { readonly default?: Pg }>({ package: 'pg', product: 'PostgreSQL' }, baseDir)
  const { Client } = module.default ?? module
  const config: ClientConfig = {
    connectionString: url,
    application_name: 'godwit',
    keepAlive: true,
    keepAliveInitialDelayMillis: 10_000,
    connectionTimeoutMillis: connectionTimeout,
  }
  // `pg` warns at every start that a later version will read sslmode otherwise.
  const make = (): Client => quietly(/SSL modes/, () => new Client(config))
  const { user, host, port, database } = readable(make)
  return { make, label: `postgres://${user === undefined ? '' : `${user}@`}${host}:${port}/${database ?? ''}` }
}

/** What cannot be read is not repeated, and no cause is kept: it holds the password. */
function readable(make: () => Client): Client {
  try {
    return make()
  } catch (error) {
    const problem = error instanceof Error && 'code' in error && error.code === 'ENOENT' ? error.message : undefined
    return fail('database.badPostgresUrl', { problem })
  }
}

/** Connects. Throws what `pg` throws when it cannot. */
export async function connectPg(make: () => Client): Promise<PgWire> {
  const client = make()
  let broken: unknown
  client.on('error', (error) => {
    broken ??= error
  })
  await connect(client)
  const processId: unknown = Reflect.get(client, 'processID')
  let lastFailed = false
  return {
    processId: typeof processId === 'number' ? processId : undefined,
    async send(text, parameters) {
      try {
        const result = await sendBy(client, text, parameters)
        lastFailed = false
        return result
      } catch (error) {
        lastFailed = true
        // What broke the connection says more than that it is broken.
        throw broken === undefined || codeOf(error) !== undefined ? error : broken
      }
    },
    ...transactionStatusOf(client, () => lastFailed),
    async aside(timeout, body) {
      const second = make()
      // To end it while a statement is under way cuts it off, and the statement fails.
      const timer = setTimeout(() => void second.end().catch(() => {}), timeout)
      try {
        await connect(second)
        return await body((text, parameters) => sendBy(second, text, parameters))
      } finally {
        clearTimeout(timer)
        second.end().catch(() => {})
      }
    },
    close: () => client.end(),
  }
}

async function connect(client: Client): Promise<void> {
  // A connection that breaks while nothing is sent says so here alone; the next statement fails and tells of it.
  client.on('error', () => {})
  try {
    await client.connect()
  } catch (error) {
    client.end().catch(() => {})
    throw error
  }
}

async function sendBy(client: Client, text: string, parameters: readonly unknown[]): Promise<QueryResult<unknown>> {
  // By the extended protocol the server takes one statement at a time: a COMMIT behind a semicolon would otherwise end the transaction unseen.
  const query: QueryConfig & { readonly queryMode: 'extended' } = {
    text,
    values: [...parameters],
    queryMode: 'extended',
  }
  const { command, rowCount, rows } = await client.query(query)
  const counts = ['INSERT', 'UPDATE', 'DELETE', 'MERGE'].includes(command)
  return { rows: rows ?? [], ...(counts ? { numAffectedRows: BigInt(rowCount ?? 0) } : {}) }
}

/**
 * What the server said with its last answer; `pg` tells of it since 8.17. An error is thrown before the answer is complete: what was open until then
 * has failed, whatever `pg` knows yet.
 */
function transactionStatusOf(client: Client, hasJustFailed: () => boolean): Pick<Wire, 'transactionStatus'> {
  const ask: unknown = Reflect.get(client, 'getTransactionStatus')
  if (typeof ask !== 'function') return {}
  return {
    transactionStatus: () => {
      const status: unknown = Reflect.apply(ask, client, [])
      if (status === 'T') return hasJustFailed() ? 'failed' : 'open'
      return status === 'E' ? 'failed' : 'none'
    },
  }
}
