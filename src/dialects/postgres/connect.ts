import { writeFile } from 'node:fs/promises'
import type { Dialect as KyselyDialect } from 'kysely'
import { fail } from '../../errors/error.ts'
import type { Session } from '../../schema/dialect.ts'
import { type ConnectOptions, timeToCancel } from '../shared/connect-options.ts'
import { kyselyWire } from '../shared/kysely-connection.ts'
import type { Template } from '../shared/template.ts'
import { templateFile } from '../shared/template-file.ts'
import { defaultLockTimeout, type Patience, type Wire } from '../shared/wire.ts'
import { databaseError } from './database-error.ts'
import { liveConnection } from './live-connection.ts'
import { explainOpening } from './opening-error.ts'
import { connectPg, pgClients } from './pg-connection.ts'
import { connectPglite } from './pglite-connection.ts'
import { provePinned, proveSession } from './prove-session.ts'
import { readServer } from './read-server.ts'
import { createSession } from './session.ts'
import { pinSettings } from './settings.ts'

/** Opens a database of a PostgreSQL server, by the package `pg`. */
export async function openPostgres(options: ConnectOptions & { readonly url: string }): Promise<Session> {
  const clients = await pgClients(options.url, options.baseDir)
  const label = options.label ?? clients.label
  const wire = await explainOpening(label, () => connectPg(clients.make))
  return opened(wire, label, options, () => provePinned(wire, label))
}

/** Opens a folder of PGlite, or makes it; a database in memory when no folder is named. */
export async function openPglite(
  options: ConnectOptions & { readonly dataDir?: string | undefined },
): Promise<Session> {
  const { dataDir, label = dataDir === undefined ? 'pglite:' : `pglite:${dataDir}` } = options
  const wire = await connectPglite(dataDir, options.baseDir, label)
  return opened(wire, label, options, async () => {})
}

/** Opens a database in memory by PGlite, as a copy of a template. */
export async function openPgliteCopy(template: Template, options: ConnectOptions): Promise<Session> {
  const label = 'pglite:'
  const archive = await templateFile(template, 'pglite', async (path) => {
    const wire = await connectPglite(undefined, options.baseDir, label)
    const session = await opened(wire, label, options, async () => {})
    try {
      await template.make(session)
      await writeFile(path, await wire.archive())
    } finally {
      await session.close()
    }
  })
  const wire = await connectPglite(undefined, options.baseDir, label, new Uint8Array(archive))
  return opened(wire, label, options, async () => {})
}

/** Takes one connection out of a Kysely dialect of the user's own, and keeps it. */
export async function openKyselyDialect(
  dialect: KyselyDialect,
  label: string,
  options: ConnectOptions = {},
): Promise<Session> {
  const wire = await explainOpening(label, () => kyselyWire(dialect))
  return opened(wire, label, options, () => proveSession(wire, label))
}

/** Looks whether a connection is what a migration needs, sets it, and makes a session of it. */
async function opened(
  wire: Wire,
  label: string,
  options: ConnectOptions,
  prove: () => Promise<void>,
): Promise<Session> {
  const patience: Patience = { lock: options.lockTimeout ?? defaultLockTimeout, statement: options.statementTimeout }
  try {
    await prove()
    const server = await readServer(wire, label)
    if (options.forReading !== true && server.refusal !== undefined) {
      fail('database.writesRefused', { database: label, reason: server.refusal })
    }
    await pinSettings(wire, patience)
    const connection = liveConnection(wire, { label, pid: server.pid, patience, observe: options.observe })
    const cancel = async (): Promise<void> => {
      await wire.aside?.(timeToCancel, (send) => send('SELECT pg_catalog.pg_cancel_backend($1)', [server.pid]))
    }
    return createSession({ label, connection, server, patience, cancel, close: () => wire.close() })
  } catch (error) {
    await wire.close().catch(() => {})
    throw databaseError(error, { database: label, statement: 'opening the connection' })
  }
}
