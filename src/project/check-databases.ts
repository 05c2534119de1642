import type { DatabaseConfig } from '../config.ts'
import { fail } from '../errors/error.ts'
import { inWords, isRecord } from './in-words.ts'

interface Place {
  readonly file: string
  /** The name of the database. */
  readonly database: string
}

/** Refuses what `databases` cannot be. Whether a URL can be opened is seen when it is. */
export function checkDatabases(databases: unknown, file: string): ReadonlyMap<string, DatabaseConfig> {
  if (!isRecord(databases)) fail('config.databasesNotUsable', { file, found: inWords(databases) })
  const entries = Object.entries(databases)
  if (entries.length === 0) fail('config.noDatabases', { file })
  return new Map(entries.map(([database, content]) => [database, checkDatabase(content, { file, database })]))
}

function checkDatabase(content: unknown, place: Place): DatabaseConfig {
  if (typeof content === 'string' && content !== '') return content
  if (!isRecord(content)) return fail('config.databaseNotUsable', { ...place, found: inWords(content) })
  const isDialect = isRecord(content['dialect']) && typeof content['kind'] === 'string'
  const isUrl = typeof content['url'] === 'string' && content['url'] !== '' && content['dialect'] === undefined
  if (!isDialect && !isUrl) return fail('config.databaseNotUsable', { ...place, found: objectInWords(content) })
  checkKeys(content, [...(isUrl ? ['url'] : ['dialect', 'kind']), ...Object.keys(settings)], place)
  // Every key has just been checked; what a Kysely dialect must be able to do is checked when it connects.
  return content as unknown as DatabaseConfig
}

/** What a setting may be, and how a sentence says it. */
const settings: Readonly<Record<string, { readonly wanted: string; readonly holds: (number: number) => boolean }>> = {
  lockTimeout: { wanted: 'a number of seconds, such as 2 or 0.5', holds: (seconds) => seconds > 0 },
  lockRetries: { wanted: 'a whole number, such as 20', holds: (times) => Number.isInteger(times) && times >= 0 },
  statementTimeout: { wanted: 'a number of seconds, such as 60', holds: (seconds) => seconds > 0 },
}

function checkKeys(content: Readonly<Record<string, unknown>>, known: readonly string[], place: Place): void {
  for (const [key, found] of Object.entries(content)) {
    if (!known.includes(key)) fail('config.unknownDatabaseKey', { ...place, key, known })
    const setting = settings[key]
    if (setting === undefined || found === undefined) continue
    if (typeof found === 'number' && Number.isFinite(found) && setting.holds(found)) continue
    const { wanted } = setting
    fail('config.databaseSettingNotUsable', {
      ...place,
      key,
      wanted,
      found: typeof found === 'number' ? String(found) : inWords(found),
    })
  }
}

function objectInWords(content: Readonly<Record<string, unknown>>): string {
  if ('url' in content && !('dialect' in content)) return `an object whose url is ${inWords(content['url'])}`
  const keys = Object.keys(content)
  if (keys.length === 0) return 'an empty object'
  if (!isRecord(content['dialect']) && 'dialect' in content) {
    return `an object whose dialect is ${inWords(content['dialect'])}`
  }
  if ('dialect' in content) {
    return 'kind' in content
      ? `an object whose kind is ${inWords(content['kind'])}`
      : 'an object with a dialect and no kind'
  }
  return `an object with ${keys.length === 1 ? 'the key' : 'the keys'} ${keys.join(', ')}, and neither url nor dialect`
}
