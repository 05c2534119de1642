import { openSqlite } from '../../src/dialects/sqlite/index.ts'
import type { Session } from '../../src/schema/dialect.ts'
import type { SessionOptions } from './test-database.ts'

/** Opens a database by its URL, as helper processes do that are told nothing else. */
export async function openSession(url: string, options: SessionOptions = {}): Promise<Session> {
  const location = url.slice(url.indexOf(':') + 1)
  if (url.startsWith('sqlite:')) return openSqlite({ path: location, ...options })
  if (url.startsWith('mariadb:') || url.startsWith('mysql:')) {
    const { openMariadb } = await import('../../src/dialects/mariadb/index.ts')
    const { openMysql } = await import('../../src/dialects/mysql/index.ts')
    const open = url.startsWith('mariadb:') ? openMariadb : openMysql
    return open({ url, label: new URL(url).pathname.slice(1), ...options })
  }
  const { openPglite, openPostgres } = await import('../../src/dialects/postgres/index.ts')
  if (url.startsWith('pglite:')) return openPglite({ ...(location === '' ? {} : { dataDir: location }), ...options })
  return openPostgres({ url, label: new URL(url).pathname.slice(1), ...options })
}
