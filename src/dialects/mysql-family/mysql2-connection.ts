import type { QueryResult } from 'kysely'
import type { Connection, ConnectionOptions, QueryError, ResultSetHeader } from 'mysql2'
import { loadDriver } from '../shared/driver-loading.ts'
import type { Wire } from '../shared/wire.ts'
import { type Address, readAddress } from './address.ts'
import { withValues } from './placeholders.ts'
import { errorNumberOf } from './server-error.ts'
import type { Variant } from './variant.ts'

type Mysql2 = typeof import('mysql2')

/** Connections of `mysql2` to one database, none of them made. */
export interface Mysql2Clients {
  readonly make: () => Connection
  /** `mariadb://user@host:port/database`: no password. */
  readonly label: string
  readonly address: Address
}

/** A connection by the package `mysql2`, and what it says of itself. */
export interface Mysql2Wire extends Wire {
  readonly transactionStatus: NonNullable<Wire['transactionStatus']>
  readonly aside: NonNullable<Wire['aside']>
  readonly stream: NonNullable<Wire['stream']>
  /** The thread that serves the connection, as the server named it when it was made. */
  readonly threadId: number | undefined
}

/** How long a server may take to let a client in, in milliseconds; one that sleeps when it is not used needs some seconds to wake up. */
const connectTimeout = 15_000

/**
 * Values as an application gets them from this driver, so that code of a migration sees no others; but no number that has lost its last digits, and
 * moments in UTC, which is what their columns hold.
 */
const values: ConnectionOptions = { supportBigNumbers: true, timezone: 'Z' }

/** What a server of other hands could ask for is not given: a file of this machine, or a second statement behind a semicolon. */
const careful: ConnectionOptions = { flags: ['-LOCAL_FILES', '-IGNORE_SPACE'], multipleStatements: false }

/** Reads a URL and loads the driver. */
export async function mysql2Clients(
  url: string,
  variant: Variant,
  baseDir: string | undefined,
): Promise<Mysql2Clients> {
  const address = readAddress(url, variant.server)
  const module = await loadDriver<Mysql2 & { readonly default?: Mysql2 }>(
    { package: 'mysql2', product: variant.product },
    baseDir,
  )
  const { createConnection } = module.default ?? module
  const options: ConnectionOptions = {
    ...address.options,
    ...values,
    ...careful,
    charset: 'UTF8MB4_BIN',
    connectTimeout,
    enableKeepAlive: true,
    keepAliveInitialDelay: 10_000,
    connectAttributes: { program_name: 'godwit' },
  }
  return { make: () => createConnection(options), label: address.label, address }
}

/** Connects. Throws what `mysql2` throws when it cannot. */
export async function connectMysql2(make: () => Connection): Promise<Mysql2Wire> {
  const connection = await connected(make)
  let broken: unknown
  connection.on('error', (error) => {
    broken ??= error
  })
  let status = 0
  const send: Wire['send'] = async (text, parameters) => {
    try {
      const answer = await sendBy(connection, withValues(text, parameters))
      status = answer.status ?? status
      return answer.result
    } catch (error) {
      // What broke the connection says more than that it is broken.
      throw broken === undefined || errorNumberOf(error) !== undefined ? error : broken
    }
  }
  return {
    threadId: connection.threadId ?? undefined,
    send,
    transactionStatus: () => ((status & inTransaction) === 0 ? 'none' : 'open'),
    stream: (text, parameters) =>
      connection.query({ sql: withValues(text, parameters) }).stream({ highWaterMark: 1000 }),
    async aside(timeout, body) {
      const second = make()
      // To destroy it while a statement is under way cuts it off, and the statement fails.
      const timer = setTimeout(() => second.destroy(), timeout)
      try {
        await connected(() => second)
        return await body(async (text, parameters) => (await sendBy(second, withValues(text, parameters))).result)
      } finally {
        clearTimeout(timer)
        second.destroy()
      }
    },
    close: () => ended(connection),
  }
}

/** SERVER_STATUS_IN_TRANS of the protocol: what the server says with every statement that is through, but for queries. */
const inTransaction = 1

async function connected(make: () => Connection): Promise<Connection> {
  const { promise, resolve, reject } = Promise.withResolvers<void>()
  const connection = make()
  // A connection that breaks while nothing is sent says so here alone; the next statement fails and tells of it.
  connection.on('error', () => {})
  connection.connect((error) => (error === null || error === undefined ? resolve() : reject(error)))
  try {
    await promise
    return connection
  } catch (error) {
    connection.destroy()
    throw error
  }
}

/** How long a server may take to say goodbye, in milliseconds. */
const farewell = 1000

async function ended(connection: Connection): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>()
  const timer = setTimeout(resolve, farewell)
  connection.once('end', resolve)
  // One that is gone already is ended well enough.
  connection.end(() => resolve())
  await promise
  clearTimeout(timer)
  connection.destroy()
}

interface Answer {
  readonly result: QueryResult<unknown>
  /** What the server said of the connection, where it said something. */
  readonly status: number | undefined
}

function sendBy(connection: Connection, text: string): Promise<Answer> {
  const { promise, resolve, reject } = Promise.withResolvers<Answer>()
  connection.query({ sql: text }, (error: QueryError | null, result: unknown) =>
    error === null ? resolve(answerOf(result)) : reject(error),
  )
  return promise
}

/** Rows, or what a statement did; a procedure gives several of them, of which the first rows count. */
function answerOf(result: unknown): Answer {
  if (!Array.isArray(result)) return { result: outcomeOf(result), status: statusOf(result) }
  const last: unknown = result.at(-1)
  if (!isHeader(last)) return { result: { rows: result }, status: undefined }
  const rows: unknown = result.find(Array.isArray)
  return { result: { rows: Array.isArray(rows) ? rows : [] }, status: last.serverStatus }
}

function outcomeOf(result: unknown): QueryResult<unknown> {
  if (!isHeader(result)) return { rows: [] }
  const { affectedRows, changedRows, insertId } = result
  return {
    rows: [],
    numAffectedRows: BigInt(affectedRows),
    ...(changedRows === undefined ? {} : { numChangedRows: BigInt(changedRows) }),
    ...(String(insertId) === '0' ? {} : { insertId: BigInt(insertId) }),
  }
}

function statusOf(result: unknown): number | undefined {
  return isHeader(result) ? result.serverStatus : undefined
}

function isHeader(result: unknown): result is ResultSetHeader {
  // A row is a plain object, whatever its columns are called.
  return typeof result === 'object' && result !== null && result.constructor.name === 'ResultSetHeader'
}
