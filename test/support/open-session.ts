import { openSqlite } from '../../src/dialects/sqlite/index.ts'
import type { Session } from '../../src/schema/dialect.ts'
import type { SessionOptions } from './test-database.ts'

/** Opens a database by its URL, as helper processes do that are told nothing else. */
export async function openSession(url: string, options: SessionOptions = {}): Promise<Session> {
  if (url.startsWith('sqlite:')) return openSqlite({ path: url.slice('sqlite:'.length), ...options })
  const { openPostgres } = await import('../../src/dialects/postgres/index.ts')
  return openPostgres({ url, label: new URL(url).pathname.slice(1), ...options })
}
