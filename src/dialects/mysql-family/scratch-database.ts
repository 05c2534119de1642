import type { Session } from '../../schema/dialect.ts'
import { name, sql, value } from '../../schema/sql.ts'
import type { ConnectOptions } from '../shared/connect-options.ts'
import { scratchBeside } from '../shared/scratch-beside.ts'
import { openUrl } from './connect.ts'
import type { Variant } from './variant.ts'

/** Makes a database beside the one that a URL names, on the same server and with the same collation, and opens it; closing the session drops it. */
export function openScratch(variant: Variant, options: ConnectOptions & { readonly url: string }): Promise<Session> {
  return scratchBeside({
    url: options.url,
    open: (url) => openUrl(variant, { ...options, url }),
    create: createBeside,
    drop: (server, database) => server.query(sql`DROP DATABASE IF EXISTS ${name(database)}`),
    list: databasesOf,
  })
}

/** Makes a database with the collation of the one that the session is in. */
export async function createBeside(server: Session, database: string): Promise<void> {
  const [like] = await server.query(sql`SELECT @@character_set_database AS charset, @@collation_database AS collation`)
  const [charset, collation] = [name(String(like?.['charset'])), name(String(like?.['collation']))]
  await server.query(sql`CREATE DATABASE ${name(database)} CHARACTER SET ${charset} COLLATE ${collation}`)
}

/** The databases of the server whose names begin so. */
export async function databasesOf(server: Session, beginning: string): Promise<readonly string[]> {
  const rows = await server.query(
    sql`SELECT schema_name AS name FROM information_schema.schemata WHERE LEFT(schema_name, ${value(beginning.length)}) = ${value(beginning)}`,
  )
  return rows.map((row) => String(row['name']))
}
