import type { Session } from '../../schema/dialect.ts'
import { name, sql, value } from '../../schema/sql.ts'
import type { ConnectOptions } from '../shared/connect-options.ts'
import { scratchBeside } from '../shared/scratch-beside.ts'
import { openPostgres } from './connect.ts'

/** Makes a database beside the one that a URL names, on the same server, and opens it; closing the session drops it. */
export function openScratchDatabase(options: ConnectOptions & { readonly url: string }): Promise<Session> {
  return scratchBeside({
    url: options.url,
    open: (url) => openPostgres({ ...options, url }),
    create: (server, database) => server.outsideTransaction(() => server.query(sql`CREATE DATABASE ${name(database)}`)),
    drop: (server, database) =>
      server.outsideTransaction(() => server.query(sql`DROP DATABASE IF EXISTS ${name(database)} WITH (FORCE)`)),
    list: databasesOf,
  })
}

/** The databases of the server whose names begin so. */
export async function databasesOf(server: Session, beginning: string): Promise<readonly string[]> {
  const rows = await server.query(
    sql`SELECT datname FROM pg_catalog.pg_database WHERE starts_with(datname::text, ${value(beginning)})`,
  )
  return rows.map(({ datname }) => String(datname))
}
