import { GodwitError } from '../../errors/error.ts'
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
  const message = messageOf(error)
  const options = { cause: error }
  const code = codeOf(error) ?? ''
  const reason = reasons[code] ?? wordings.find(({ pattern }) => pattern.test(message))?.reason
  if (reason !== undefined) return new GodwitError('database.noConnection', { database, reason, message }, options)
  if (code.startsWith('28')) return new GodwitError('database.loginRefused', { database, message }, options)
  if (code === '3D000') {
    const name = /"(.+)"/.exec(message)?.[1]
    return new GodwitError('database.noSuchDatabase', { database, message, name }, options)
  }
  return databaseError(error, { database, statement: 'opening the connection' })
}

/** What stands in the way of a folder of PGlite. */
export function folderError(error: unknown, database: string): Error {
  if (error instanceof GodwitError) return error
  const message = messageOf(error)
  const options = { cause: error }
  // What Node says of the file system has a code; what is no database makes PGlite stop without one.
  return codeOf(error) === undefined
    ? new GodwitError('database.notADatabase', { database, product: 'PGlite', message }, options)
    : new GodwitError('database.cannotOpen', { database, message }, options)
}

type Reason = ConstructorParameters<typeof GodwitError<'database.noConnection'>>[1]['reason']

const reasons: Readonly<Record<string, Reason>> = {
  ECONNREFUSED: 'refused',
  ENOTFOUND: 'unknownHost',
  EAI_AGAIN: 'unknownHost',
  EHOSTUNREACH: 'unreachable',
  ENETUNREACH: 'unreachable',
  ETIMEDOUT: 'timeout',
  ENOENT: 'noSocket',
  ECONNRESET: 'closed',
  EPIPE: 'closed',
  SELF_SIGNED_CERT_IN_CHAIN: 'certificate',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'certificate',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'certificate',
  UNABLE_TO_GET_ISSUER_CERT: 'certificate',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'certificate',
  CERT_HAS_EXPIRED: 'certificate',
  ERR_TLS_CERT_ALTNAME_INVALID: 'certificate',
  '53300': 'tooMany',
  '57P03': 'notReady',
}

/** What `pg` and the server say without a code of its own. */
const wordings: readonly { readonly pattern: RegExp; readonly reason: Reason }[] = [
  { pattern: /does not support SSL/, reason: 'noEncryption' },
  { pattern: /no encryption$|SSL off$|SSL connection is required|sslmode=require/i, reason: 'encryptionNeeded' },
  { pattern: /client password must be a(?: non-empty)? string/, reason: 'noPassword' },
  { pattern: /timeout expired|connection timeout/, reason: 'timeout' },
  { pattern: /^Connection terminated|establishing an SSL connection/, reason: 'closed' },
]

/** Where a host has several addresses, what went wrong with each of them stands in a list behind an empty message. */
function messageOf(error: unknown): string {
  if (error instanceof AggregateError && error.message === '') return error.errors.map(messageOf).join(', ')
  return error instanceof Error ? error.message : String(error)
}
