import type { DatabaseConfig } from '../config.ts'
import { fail } from '../errors/error.ts'
import { inWords, isRecord } from './in-words.ts'

/** Refuses what `databases` cannot be. Whether a URL can be opened is seen when it is. */
export function checkDatabases(databases: unknown, file: string): ReadonlyMap<string, DatabaseConfig> {
  if (!isRecord(databases)) fail('config.databasesNotUsable', { file, found: inWords(databases) })
  const entries = Object.entries(databases)
  if (entries.length === 0) fail('config.noDatabases', { file })
  return new Map(entries.map(([name, database]) => [name, checkDatabase(name, database, file)]))
}

function checkDatabase(name: string, database: unknown, file: string): DatabaseConfig {
  if (typeof database === 'string' && database !== '') return database
  if (isRecord(database) && isRecord(database['dialect']) && typeof database['kind'] === 'string') {
    // What a Kysely dialect must be able to do is checked when it connects.
    return database as unknown as DatabaseConfig
  }
  const found = isRecord(database)
    ? `an object with the keys ${Object.keys(database).join(', ') || 'none'}`
    : inWords(database)
  return fail('config.databaseNotUsable', { file, database: name, found })
}
