import { GodwitError } from '../../errors/error.ts'
import type { Patience } from '../shared/wire.ts'
import { type ServerError, serverError } from './server-error.ts'
import { transactionControl } from './transaction-control.ts'

/** What was going on when a driver threw. */
export interface Circumstances {
  readonly database: string
  readonly statement: string
  /** Why Godwit itself had the server stop the statement, if it had. */
  readonly stopped?: 'cancelled' | 'timeout' | undefined
  readonly patience?: Patience
  /** How long the statement took, in milliseconds. */
  readonly elapsed?: number
  /** Who holds what the statement waited for, in words. */
  readonly holder?: string | undefined
}

/** Turns what a driver threw into a failure that names the database and the statement, once. */
export function databaseError(error: unknown, circumstances: Circumstances): Error {
  if (error instanceof GodwitError) return error
  const server = withRealName(serverError(error), circumstances.statement)
  const options = { cause: error }
  const { database } = circumstances
  const { message } = server
  if (isConnectionLost(error)) {
    return transactionControl(circumstances.statement) === 'ends'
      ? new GodwitError('database.commitUnknown', { database, message }, options)
      : new GodwitError('database.connectionLost', { ...placeOf(circumstances), message }, options)
  }
  const [sentence] = sentences.filter(({ numbers }) => server.number !== undefined && numbers.includes(server.number))
  return (
    sentence?.say(server, circumstances, options) ??
    new GodwitError(
      'database.statementFailed',
      { ...placeOf(circumstances), message, code: server.number ?? server.code },
      options,
    )
  )
}

/** While a table is copied the server knows the copy by a name of its own, and says that one: `#sql-alter-e84-4561`. */
function withRealName(server: ServerError, statement: string): ServerError {
  const table = /^\s*ALTER\s+TABLE\s+(`(?:[^`]|``)+`|[^\s`.]+)/i.exec(statement)?.[1]
  if (table === undefined) return server
  const real = table.startsWith('`') ? table : `\`${table}\``
  return { ...server, message: server.message.replaceAll(/`#sql-[^`]*`/g, () => real) }
}

/** Whether the connection is gone, and with it the transaction and the lock. */
export function isConnectionLost(error: unknown): boolean {
  const { number, code, message } = serverError(error)
  if (number !== undefined) return lostNumbers.has(number)
  return code === undefined ? lostMessages.test(message) : lostCodes.has(code)
}

// The server is shut down, or ends this connection: it was killed, or said nothing for too long.
const lostNumbers: ReadonlySet<number> = new Set([1053, 1152, 1184, 1927, 2006, 2013, 2055, 3169, 4031])

const lostCodes: ReadonlySet<string> = new Set([
  ...['PROTOCOL_CONNECTION_LOST', 'PROTOCOL_ENQUEUE_AFTER_QUIT', 'PROTOCOL_ENQUEUE_AFTER_FATAL_ERROR'],
  ...['ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'ECONNABORTED', 'ENETRESET', 'EHOSTUNREACH', 'ENETUNREACH'],
])

const lostMessages = /closed state|^Connection lost|^Pool is closed|^The server closed the connection/

function placeOf({ database, statement }: Circumstances): { readonly database: string; readonly statement: string } {
  return { database, statement: shortened(statement) }
}

/** A statement that carries many rows in it is cut: what is wrong with it stands at its beginning, and in what the server said. */
function shortened(statement: string, limit = longest): string {
  return statement.length > limit ? `${statement.slice(0, limit)}…` : statement
}

const longest = 2000

/** Enough where only what a statement does is wrong, and none of its values. */
const gist = 300

type Say = (server: ServerError, circumstances: Circumstances, options: ErrorOptions) => Error

/** What to say of the errors that people meet (https://mariadb.com/kb/en/mariadb-error-codes/, https://dev.mysql.com/doc/mysql-errors/9.7/en/). */
const sentences: readonly { readonly numbers: readonly number[]; readonly say: Say }[] = [
  {
    // Lock wait timeout, NOWAIT, MariaDB's "table is locked" for an ALTER that would not wait.
    numbers: [1205, 3572],
    say: (_server, circumstances, options) =>
      new GodwitError(
        'database.lockNotAvailable',
        { ...placeOf(circumstances), seconds: lockSeconds(circumstances), holder: circumstances.holder },
        options,
      ),
  },
  {
    numbers: [1213, 3058],
    say: ({ message }, at, options) => new GodwitError('database.deadlock', { ...placeOf(at), message }, options),
  },
  {
    numbers: [1020],
    say: ({ message }, at, options) =>
      new GodwitError('database.serializationFailed', { ...placeOf(at), message }, options),
  },
  { numbers: [1317, 1028, 1969, 3024], say: stopped },
  {
    numbers: [1290, 1792, 1836, 3100, 4251],
    say: ({ message }, { database, statement }, options) =>
      /read[- _]only/i.test(message)
        ? new GodwitError('database.writesRefused', { database, reason: 'server' }, options)
        : new GodwitError(
            'database.notPermitted',
            { database, statement: shortened(statement, gist), message },
            options,
          ),
  },
  {
    numbers: [1044, 1045, 1142, 1143, 1227, 1370, 1419, 3530],
    say: ({ message }, { database, statement }, options) =>
      new GodwitError('database.notPermitted', { database, statement: shortened(statement, gist), message }, options),
  },
  {
    // Duplicate, NOT NULL, foreign keys from both sides, checks of MariaDB and of MySQL.
    numbers: [1022, 1048, 1062, 1138, 1169, 1216, 1217, 1451, 1452, 1557, 1586, 1761, 1762, 3819, 4025],
    say: (server, at, options) =>
      // MariaDB says the same of rows that are referred to and of a table that is.
      /^\s*(drop|alter|truncate)\b/i.test(at.statement) && (server.number === 1451 || server.number === 1217)
        ? dependedOn(server, at, options)
        : new GodwitError('database.constraintFailed', { ...placeOf(at), message: server.message }, options),
  },
  { numbers: [1834], say: duplicatesInCopy },
  {
    // No default of its column (of another charset, say), too long, out of range, cut off, no such value, no such moment, no JSON.
    numbers: [1067, 1264, 1265, 1292, 1364, 1366, 1367, 1406, 1411, 1416, 1425, 1690, 3140, 3141, 3156, 4038],
    say: ({ message }, at, options) => new GodwitError('database.valueRefused', { ...placeOf(at), message }, options),
  },
  { numbers: [1050], say: tableExists },
  {
    numbers: [1007, 1060, 1061, 1304, 1359, 1537, 1826, 1831, 3822, 4124],
    say: ({ message }, at, options) => new GodwitError('database.nameTaken', { ...placeOf(at), message }, options),
  },
  {
    numbers: [1845, 1846, 4092],
    say: ({ message }, at, options) =>
      new GodwitError('database.algorithmRefused', { ...placeOf(at), message }, options),
  },
  {
    // A foreign key that the server does not take: no index over what it refers to, or another type.
    numbers: [1215, 1239, 1821, 1822, 1824, 1830, 3734, 3780, 6125],
    say: ({ message }, at, options) =>
      new GodwitError('database.foreignKeyRefused', { ...placeOf(at), message }, options),
  },
  {
    numbers: [4119],
    say: ({ message }, at, options) => new GodwitError('database.historyKept', { ...placeOf(at), message }, options),
  },
  { numbers: [1005, 1025], say: cannotCreate },
  {
    // A foreign key of another table, an index that a foreign key needs, a generated column, a check or an index over an expression.
    numbers: [1553, 1701, 1828, 1829, 1832, 1833, 3108, 3730, 3837, 3855, 3959],
    say: dependedOn,
  },
  {
    numbers: [1069, 1070, 1071, 1074, 1117, 1118, 1170, 1713, 139],
    say: ({ message }, at, options) => new GodwitError('database.tooWide', { ...placeOf(at), message }, options),
  },
  {
    numbers: [1021, 1041, 1114, 1026, 3675],
    say: ({ message }, { database }, options) => new GodwitError('database.full', { database, message }, options),
  },
]

/** How long the lock was waited for; not at all where the statement says NOWAIT. */
function lockSeconds({ patience, elapsed = Number.POSITIVE_INFINITY }: Circumstances): number {
  const limit = Math.max(1, Math.ceil((patience?.lock ?? 0) / 1000))
  return elapsed < (limit * 1000) / 2 ? 0 : limit
}

function stopped({ number }: ServerError, circumstances: Circumstances, options: ErrorOptions): Error {
  const { stopped: reason, patience, elapsed = 0 } = circumstances
  const limit = patience?.statement
  // MariaDB says of an ALTER TABLE in place whose time is up what it says of one that somebody has stopped.
  const isOverdue = limit !== undefined && elapsed >= limit
  const timeIsUp = reason === 'timeout' || (reason === undefined && (number !== 1317 || isOverdue))
  if (!timeIsUp) return new GodwitError('database.cancelled', placeOf(circumstances), options)
  const seconds = limit === undefined ? Math.round(elapsed / 100) / 10 : limit / 1000
  return new GodwitError('database.statementTimeout', { ...placeOf(circumstances), seconds }, options)
}

/**
 * MariaDB copies a table row by row into one that has the new key, and means a row that is there already. It would pass over that row, as ALTER IGNORE does,
 * and says only why it may not: others refer to the table.
 */
function duplicatesInCopy({ message }: ServerError, circumstances: Circumstances, options: ErrorOptions): Error {
  const meant = `Rows are equal in a key that allows each value once. MariaDB says it so: ${message}`
  return new GodwitError('database.constraintFailed', { ...placeOf(circumstances), message: meant }, options)
}

/** What stands in the way is named in the message, where the server names it. */
function dependedOn({ message }: ServerError, circumstances: Circumstances, options: ErrorOptions): Error {
  return new GodwitError('database.dependedOn', { ...placeOf(circumstances), message, objects: [] }, options)
}

/** MariaDB says by a number of the storage engine why it could not create a table, or what it puts in its place. */
function cannotCreate({ message, number }: ServerError, circumstances: Circumstances, options: ErrorOptions): Error {
  const at = { ...placeOf(circumstances), message }
  // To put a table in its place fails over the foreign keys of others, to create it over its own.
  if (number === 1025) return new GodwitError('database.dependedOn', { ...at, objects: [] }, options)
  const errno = /errno: (\d+)/.exec(message)?.[1]
  if (errno === '150') return new GodwitError('database.foreignKeyRefused', at, options)
  // A foreign key of this name is there already.
  if (errno === '121') return new GodwitError('database.nameTaken', at, options)
  return new GodwitError('database.statementFailed', { ...at, code: number }, options)
}

function tableExists({ message }: ServerError, circumstances: Circumstances, options: ErrorOptions): Error {
  const table = /'(.+)'/.exec(message)?.[1]
  return table === undefined
    ? new GodwitError('database.nameTaken', { ...placeOf(circumstances), message }, options)
    : new GodwitError('database.tableExists', { ...placeOf(circumstances), table }, options)
}
