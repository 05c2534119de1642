import { GodwitError } from '../../errors/error.ts'
import { type OpeningReason, openingMessage, systemReasons } from '../shared/opening-reasons.ts'
import { codeOf, databaseError } from './database-error.ts'

/** Opens a connection; what stands in the way is said in a sentence. */
export async function explainOpening<Result>(database: string, open: () => Promise<Result>): Promise<Result> {
  try {
    return await open()
  } catch (error) {
    throw openingError(error, database)
  }
}

/** Turns what a driver threw when it was to connect into a failure that names the database. */
export function openingError(error: unknown, database: string): Error {
  if (error instanceof GodwitError) return error
  const message = openingMessage(error)
  const options = { cause: error }
  const code = codeOf(error) ?? ''
  const reason = reasons[code] ?? wordings.find(({ pattern }) => pattern.test(message))?.reason
  if (reason !== undefined) return new GodwitError('database.noConnection', { database, reason, message }, options)
  if (code.startsWith('28')) return new GodwitError('database.loginRefused', { database, product, message }, options)
  if (code === '3D000') {
    const name = /"(.+)"/.exec(message)?.[1]
    return new GodwitError('database.noSuchDatabase', { database, product, message, name }, options)
  }
  return databaseError(error, { database, statement: 'opening the connection' })
}

/** What stands in the way of a folder of PGlite. */
export function folderError(error: unknown, database: string): Error {
  if (error instanceof GodwitError) return error
  const message = openingMessage(error)
  const options = { cause: error }
  // What Node says of the file system has a code; what is no database makes PGlite stop without one.
  return codeOf(error) === undefined
    ? new GodwitError('database.notADatabase', { database, product: 'PGlite', message }, options)
    : new GodwitError('database.cannotOpen', { database, message }, options)
}

const product = 'PostgreSQL'

const reasons: Readonly<Record<string, OpeningReason>> = {
  ...systemReasons,
  '53300': 'tooMany',
  '57P03': 'notReady',
}

/** What `pg` and the server say without a code of its own. */
const wordings: readonly { readonly pattern: RegExp; readonly reason: OpeningReason }[] = [
  { pattern: /does not support SSL/, reason: 'noEncryption' },
  { pattern: /no encryption$|SSL off$|SSL connection is required|sslmode=require/i, reason: 'encryptionNeeded' },
  { pattern: /client password must be a(?: non-empty)? string/, reason: 'noPassword' },
  { pattern: /timeout expired|connection timeout/, reason: 'timeout' },
  { pattern: /^Connection terminated|establishing an SSL connection/, reason: 'closed' },
]
