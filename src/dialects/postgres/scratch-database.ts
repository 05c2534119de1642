import { randomBytes } from 'node:crypto'
import type { Session } from '../../schema/dialect.ts'
import { name, sql } from '../../schema/sql.ts'
import { type ConnectOptions, openPostgres } from './connect.ts'

/** Makes a database beside the one that a URL names, on the same server, and opens it; closing the session drops it. */
export async function openScratchDatabase(options: ConnectOptions & { readonly url: string }): Promise<Session> {
  const database = `godwit_scratch_${randomBytes(6).toString('hex')}`
  const server = await openPostgres(options)
  const drop = async (): Promise<void> => {
    await server.outsideTransaction(() => server.query(sql`DROP DATABASE IF EXISTS ${name(database)} WITH (FORCE)`))
    await server.close()
  }
  try {
    await server.outsideTransaction(() => server.query(sql`CREATE DATABASE ${name(database)}`))
    const session = await openPostgres({ ...options, url: withDatabase(options.url, database) })
    const close = async (): Promise<void> => {
      await session.close()
      await drop()
    }
    // A session may be any object with these functions, so it is delegated to and not copied.
    return Object.create(session, { close: { value: close } })
  } catch (error) {
    await drop()
    throw error
  }
}

function withDatabase(url: string, database: string): string {
  const changed = new URL(url)
  changed.pathname = `/${database}`
  return changed.href
}
