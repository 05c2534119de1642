import { GodwitError } from '../../errors/error.ts'
import { type OpeningReason, openingMessage, systemReasons } from '../shared/opening-reasons.ts'
import { databaseError } from './database-error.ts'
import { serverError } from './server-error.ts'
import type { Variant } from './variant.ts'

/** Opens a connection; what stands in the way is said in a sentence. */
export async function explainOpening<Result>(
  database: string,
  { product }: Variant,
  open: () => Promise<Result>,
): Promise<Result> {
  try {
    return await open()
  } catch (error) {
    throw openingError(error, database, product)
  }
}

/** Turns what a driver threw when it was to connect into a failure that names the database. */
function openingError(error: unknown, database: string, product: Variant['product']): Error {
  if (error instanceof GodwitError) return error
  const server = serverError(error)
  const message = server.number === undefined ? openingMessage(error) : server.message
  const options = { cause: error }
  const reason =
    (server.number === undefined ? undefined : reasonByNumber[server.number]) ??
    (server.code === undefined ? undefined : reasonByCode[server.code]) ??
    wordings.find(({ pattern }) => pattern.test(message))?.reason
  if (reason !== undefined) return new GodwitError('database.noConnection', { database, reason, message }, options)
  if (server.number !== undefined && refusals.has(server.number)) {
    return new GodwitError('database.loginRefused', { database, product, message }, options)
  }
  if (server.number === 1049) {
    const name = /'(.+)'/.exec(message)?.[1]
    return new GodwitError('database.noSuchDatabase', { database, product, message, name }, options)
  }
  return databaseError(error, { database, statement: 'opening the connection' })
}

const reasonByNumber: Readonly<Record<number, OpeningReason>> = {
  1040: 'tooMany',
  1203: 'tooMany',
  1226: 'tooMany',
  1053: 'notReady',
  3159: 'encryptionNeeded',
  4151: 'encryptionNeeded',
}

const reasonByCode: Readonly<Record<string, OpeningReason>> = {
  ...systemReasons,
  PROTOCOL_CONNECTION_LOST: 'closed',
  HANDSHAKE_NO_SSL_SUPPORT: 'noEncryption',
  HANDSHAKE_SSL_ERROR: 'certificate',
}

/** What the driver says without a code, of an answer that no such server gives. */
const wordings: readonly { readonly pattern: RegExp; readonly reason: OpeningReason }[] = [
  { pattern: /self[- ]signed certificate|unable to verify|altnames/, reason: 'certificate' },
  { pattern: /insecure transport/i, reason: 'encryptionNeeded' },
  { pattern: /Unexpected packet|Bad handshake|Malformed|Connection lost|out of order/i, reason: 'closed' },
]

// The user, the password, the host that they come from, the database that they may see, and ways to log in that are not had here.
const refusals: ReadonlySet<number> = new Set([
  1044, 1045, 1129, 1130, 1131, 1132, 1133, 1251, 1275, 1524, 1698, 1862, 3118,
])
