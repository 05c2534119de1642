import type { Session } from '../../schema/dialect.ts'
import { name, sql } from '../../schema/sql.ts'
import type { ConnectOptions } from '../shared/connect-options.ts'
import { scratchBeside } from '../shared/scratch-beside.ts'
import { openUrl } from './connect.ts'
import type { Variant } from './variant.ts'

/** Makes a database beside the one that a URL names, on the same server and with the same collation, and opens it; closing the session drops it. */
export function openScratch(variant: Variant, options: ConnectOptions & { readonly url: string }): Promise<Session> {
  return scratchBeside({
    url: options.url,
    open: (url) => openUrl(variant, { ...options, url }),
    create,
    drop: (server, database) => server.query(sql`DROP DATABASE IF EXISTS ${name(database)}`),
  })
}

async function create(server: Session, database: string): Promise<void> {
  const [like] = await server.query(sql`SELECT @@character_set_database AS charset, @@collation_database AS collation`)
  const [charset, collation] = [name(String(like?.['charset'])), name(String(like?.['collation']))]
  await server.query(sql`CREATE DATABASE ${name(database)} CHARACTER SET ${charset} COLLATE ${collation}`)
}
