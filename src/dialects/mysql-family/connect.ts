import type { Dialect as KyselyDialect } from 'kysely'
import { fail } from '../../errors/error.ts'
import type { Session } from '../../schema/dialect.ts'
import { type ConnectOptions, timeToCancel } from '../shared/connect-options.ts'
import { kyselyWire } from '../shared/kysely-connection.ts'
import { defaultLockTimeout, type Patience, type Wire } from '../shared/wire.ts'
import { databaseError } from './database-error.ts'
import { liveConnection } from './live-connection.ts'
import { connectMysql2, mysql2Clients } from './mysql2-connection.ts'
import { explainOpening } from './opening-error.ts'
import { provePinned, proveSession } from './prove-session.ts'
import { readServer } from './read-server.ts'
import { createSession } from './session.ts'
import { makeReadable, pinSettings } from './settings.ts'
import type { Variant } from './variant.ts'

/** Opens a database by its URL, by the package `mysql2`. */
export async function openUrl(variant: Variant, options: ConnectOptions & { readonly url: string }): Promise<Session> {
  const clients = await mysql2Clients(options.url, variant, options.baseDir)
  const label = options.label ?? clients.label
  const wire = await explainOpening(label, variant, () => connectMysql2(clients.make))
  return opened(wire, variant, label, options, () => provePinned(wire, label))
}

/** Takes one connection out of a Kysely dialect of the user's own, and keeps it. */
export async function openDialect(
  variant: Variant,
  dialect: KyselyDialect,
  label: string,
  options: ConnectOptions = {},
): Promise<Session> {
  const wire = await explainOpening(label, variant, () => kyselyWire(dialect))
  return opened(wire, variant, label, options, () => proveSession(wire, variant, label))
}

/** Looks whether a connection is what a migration needs, sets it, and makes a session of it. */
async function opened(
  wire: Wire,
  variant: Variant,
  label: string,
  options: ConnectOptions,
  prove: () => Promise<void>,
): Promise<Session> {
  const patience: Patience = { lock: options.lockTimeout ?? defaultLockTimeout, statement: options.statementTimeout }
  try {
    await makeReadable(wire.send)
    await prove()
    const server = await readServer(wire, variant, label)
    if (options.forReading !== true && server.isReadOnly) {
      fail('database.writesRefused', { database: label, reason: 'server' })
    }
    await pinSettings(wire, patience, server, label)
    const stop = async (): Promise<void> => {
      await wire.aside?.(timeToCancel, (send) => send(`KILL QUERY ${server.id}`, []))
    }
    const connection = liveConnection(wire, {
      label,
      id: server.id,
      threads: variant.server.threads,
      patience,
      observe: options.observe,
      stop,
      keepsTime: variant.server.statementTimeout(patience.statement) !== undefined,
    })
    return createSession({ label, connection, server, wire })
  } catch (error) {
    await wire.close().catch(() => {})
    throw databaseError(error, { database: label, statement: 'opening the connection' })
  }
}
