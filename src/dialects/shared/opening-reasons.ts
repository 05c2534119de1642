import type { GodwitError } from '../../errors/error.ts'

/** Why there is no connection, as the catalogue tells the reasons apart. */
export type OpeningReason = ConstructorParameters<typeof GodwitError<'database.noConnection'>>[1]['reason']

/** What the system says by a code when there is no way to a server, or its certificate is not trusted. */
export const systemReasons: Readonly<Record<string, OpeningReason>> = {
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
}

/** Where a host has several addresses, what went wrong with each of them stands in a list behind an empty message. */
export function openingMessage(error: unknown): string {
  if (error instanceof AggregateError && error.message === '') return error.errors.map(openingMessage).join(', ')
  return error instanceof Error ? error.message : String(error)
}
