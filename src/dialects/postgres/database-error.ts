import { ended } from '../../errors/ended.ts'
import { GodwitError } from '../../errors/error.ts'
import type { Patience } from '../shared/wire.ts'

/** What was going on when a driver threw. */
export interface Circumstances {
  readonly database: string
  readonly statement: string
  /** Whether Godwit itself asked the server to stop the statement. */
  readonly cancelled?: boolean
  readonly patience?: Patience
  /** How long the statement took, in milliseconds. */
  readonly elapsed?: number
  /** Who holds what the statement waited for, in words. */
  readonly holder?: string | undefined
}

/** What a server says of an error (https://www.postgresql.org/docs/current/protocol-error-fields.html). */
interface ServerError {
  readonly code: string | undefined
  readonly message: string
  readonly detail: string | undefined
  readonly hint: string | undefined
}

/** Turns what a driver threw into a failure that names the database and the statement, once. */
export function databaseError(error: unknown, circumstances: Circumstances): Error {
  if (error instanceof GodwitError) return error
  const server = serverError(error)
  const options = { cause: error }
  const { database, statement } = circumstances
  if (isConnectionLost(error)) {
    const { message } = server
    return isCommit(statement)
      ? new GodwitError('database.commitUnknown', { database, message }, options)
      : new GodwitError('database.connectionLost', { database, statement, message }, options)
  }
  return sentenceFor(server, circumstances, options)
}

/** Whether the connection is gone, and with it the transaction and the lock. */
export function isConnectionLost(error: unknown): boolean {
  const { code, message } = serverError(error)
  if (code === undefined) return lostMessages.test(message)
  return code.startsWith('08') || lostCodes.has(code)
}

/** The SQLSTATE of an error of the server, or the code of one of the system. */
export function codeOf(error: unknown): string | undefined {
  return serverError(error).code
}

// 57P01 to 57P05: the server is shut down, has crashed, or ends this connection. The others are what the system says of a socket.
const lostCodes: ReadonlySet<string> = new Set([
  '57P01',
  '57P02',
  '57P03',
  '57P05',
  '25P03',
  '25P04',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'ECONNABORTED',
  'ENETRESET',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'CONNECTION_CLOSED',
  'CONNECTION_DESTROYED',
  'CONNECTION_ENDED',
])

const lostMessages =
  /^(Connection terminated|Client has encountered a connection error|Client was closed|PGlite is closed|Cannot use a pool)/

function isCommit(statement: string): boolean {
  return /^\s*(commit|end)\b/i.test(statement)
}

function sentenceFor(server: ServerError, circumstances: Circumstances, options: ErrorOptions): Error {
  const { database, statement, holder } = circumstances
  const { code } = server
  const message = inWords(server)
  const at = { database, statement }
  switch (code) {
    case '55P03':
      return new GodwitError(
        'database.lockNotAvailable',
        { ...at, seconds: lockSeconds(circumstances), holder },
        options,
      )
    case '57014': {
      const seconds = timeoutSeconds(server, circumstances)
      return seconds === undefined
        ? new GodwitError('database.cancelled', at, options)
        : new GodwitError('database.statementTimeout', { ...at, seconds }, options)
    }
    case '40P01':
      return new GodwitError('database.deadlock', { ...at, message }, options)
    case '40001':
      return new GodwitError('database.serializationFailed', { ...at, message }, options)
    case '25001':
      return new GodwitError('database.notInTransaction', at, options)
    case '25P02':
      return new GodwitError('database.transactionFailed', at, options)
    case '25006':
      return new GodwitError('database.writesRefused', { database, reason: 'setting' }, options)
    case '42501':
      return new GodwitError('database.notPermitted', { ...at, message }, options)
    case '55P04':
      return new GodwitError('database.enumValueTooNew', { ...at, message }, options)
    case '55006':
      return new GodwitError('database.objectInUse', { ...at, message }, options)
    case '53100':
      return new GodwitError('database.full', { database, message }, options)
    default:
      return failedStatement(server, at, options)
  }
}

/** How long the lock was waited for; not at all where the statement says NOWAIT. */
function lockSeconds({ patience, elapsed = Number.POSITIVE_INFINITY }: Circumstances): number {
  const limit = patience?.lock ?? 0
  return elapsed < limit / 2 ? 0 : limit / 1000
}

/** The time that a statement had, where it was stopped because that was up. Servers say so in many languages, so the clock is looked at as well. */
function timeoutSeconds(server: ServerError, { cancelled, patience, elapsed = 0 }: Circumstances): number | undefined {
  if (cancelled === true) return undefined
  const limit = patience?.statement
  if (limit !== undefined && elapsed >= limit) return limit / 1000
  return /statement timeout/.test(server.message) ? Math.round(elapsed / 100) / 10 : undefined
}

function failedStatement(
  server: ServerError,
  at: { readonly database: string; readonly statement: string },
  options: ErrorOptions,
): Error {
  const { code, detail } = server
  const message = inWords(server)
  if (code?.startsWith('23') === true) return new GodwitError('database.constraintFailed', { ...at, message }, options)
  if (code !== undefined && takenCodes.has(code)) return nameTaken(server, at, options)
  const isAbout = (beginning: RegExp): boolean => beginning.test(at.statement)
  if (isAbout(/^\s*create\s+extension\b/i) && (code === '0A000' || code === '58P01')) {
    return new GodwitError('database.extensionUnavailable', { ...at, message }, options)
  }
  // 0A000 is anything that cannot be done; a column that a view shows, or a policy uses, cannot get another type.
  if (detail !== undefined && (code === '2BP01' || (code === '0A000' && isAbout(/^\s*alter\s+table\b/i)))) {
    const objects = detail.split('\n')
    return new GodwitError('database.dependedOn', { ...at, message: server.message, objects }, options)
  }
  return new GodwitError('database.statementFailed', { ...at, message, code }, options)
}

// A column, a relation, a schema, a function, or something else that has a name.
const takenCodes: ReadonlySet<string> = new Set(['42701', '42P07', '42P06', '42723', '42710'])

function nameTaken(
  { code, message }: ServerError,
  at: { readonly database: string; readonly statement: string },
  options: ErrorOptions,
): Error {
  // An index is a relation too.
  const makesTable = code === '42P07' && /^\s*(create\b[^(]*\btable|alter\s+table)\b/i.test(at.statement)
  const table = makesTable ? /"(.+)"/.exec(message)?.[1] : undefined
  return table === undefined
    ? new GodwitError('database.nameTaken', { ...at, message }, options)
    : new GodwitError('database.tableExists', { ...at, table }, options)
}

/** Message, detail and hint, as one text. */
function inWords({ message, detail, hint }: ServerError): string {
  const extra = [detail, hint].filter((text) => text !== undefined && text !== '')
  return extra.length === 0 ? message : [message, ...extra].map((text) => ended(text ?? '')).join(' ')
}

function serverError(error: unknown): ServerError {
  const text = (key: string): string | undefined => {
    const found: unknown = typeof error === 'object' && error !== null ? Reflect.get(error, key) : undefined
    return typeof found === 'string' ? found : undefined
  }
  return {
    code: text('code'),
    message: error instanceof Error ? error.message : (text('message') ?? String(error)),
    detail: text('detail'),
    hint: text('hint'),
  }
}
