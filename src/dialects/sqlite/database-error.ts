import { type ErrorCode, GodwitError } from '../../errors/error.ts'
import { defaultBusyTimeout } from './busy.ts'

/** Turns what a driver threw into a failure that names the database and the statement, once. `busyTimeout` is how long the statement has waited at most. */
export function databaseError(
  error: unknown,
  database: string,
  statement: string,
  busyTimeout: number = defaultBusyTimeout,
): Error {
  if (error instanceof GodwitError) return error
  const message = error instanceof Error ? error.message : String(error)
  const code = codeOf(error)
  const options = { cause: error }
  switch (code === undefined ? undefined : primaryCode(code)) {
    case 5:
    case 6:
      return new GodwitError('database.locked', { database, seconds: busyTimeout / 1000 }, options)
    case 8:
      return new GodwitError('database.readOnly', { database, statement }, options)
    case 10:
    case 13:
      return new GodwitError('database.full', { database, message }, options)
    case 11:
    case 26:
      return new GodwitError('database.notADatabase', { database, product: 'SQLite', message }, options)
    case 14:
      return new GodwitError('database.cannotOpen', { database, message }, options)
    case 19:
      return new GodwitError('database.constraintFailed', { database, statement, message }, options)
    default:
      return failedStatement(error, { database, statement, message, code })
  }
}

interface Failure {
  readonly database: string
  readonly statement: string
  readonly message: string
  readonly code: string | number | undefined
}

function failedStatement(error: unknown, failure: Failure): GodwitError<ErrorCode> {
  const { database, statement, message } = failure
  const options = { cause: error }
  if (isNodeCode(error, 'ERR_OUT_OF_RANGE'))
    return new GodwitError('database.integerTooLarge', { database, statement }, options)
  // An ALTER TABLE parses every view and trigger anew and says which one would break.
  const broken = /^error in (view|trigger|index) ("[^"]*"|\S+?)(?: after [a-z ]+)?:/.exec(message)
  if (broken !== null) {
    const object = `the ${broken[1]} ${broken[2]}`
    return new GodwitError('database.brokenObject', { database, statement, message, object }, options)
  }
  const table = /^table (.+) already exists$/.exec(message)?.[1]?.replaceAll('"', '')
  if (table !== undefined) return new GodwitError('database.tableExists', { database, statement, table }, options)
  return new GodwitError('database.statementFailed', failure, options)
}

/** The result code: a number from `node:sqlite`, a name such as `SQLITE_BUSY` from other drivers. */
function codeOf(error: unknown): number | string | undefined {
  if (typeof error !== 'object' || error === null) return undefined
  if ('errcode' in error && typeof error.errcode === 'number') return error.errcode
  return 'code' in error && typeof error.code === 'string' ? error.code : undefined
}

/** The lowest byte tells the kind of failure (https://sqlite.org/rescode.html). */
function primaryCode(code: number | string): number | undefined {
  if (typeof code === 'number') return code & 0xff
  return Object.entries(names).find(([name]) => code === name || code.startsWith(`${name}_`))?.[1]
}

const names: Readonly<Record<string, number>> = {
  SQLITE_BUSY: 5,
  SQLITE_LOCKED: 6,
  SQLITE_READONLY: 8,
  SQLITE_IOERR: 10,
  SQLITE_CORRUPT: 11,
  SQLITE_FULL: 13,
  SQLITE_CANTOPEN: 14,
  SQLITE_CONSTRAINT: 19,
  SQLITE_NOTADB: 26,
}

function isNodeCode(error: unknown, code: string): boolean {
  return typeof error === 'object' && error !== null && 'code' in error && error.code === code
}
