import { fail } from '../../errors/error.ts'
import type { Patience, Wire } from '../shared/wire.ts'
import { isConnectionLost } from './database-error.ts'
import type { Server } from './read-server.ts'
import { readSettings } from './read-settings.ts'
import { quoted } from './statement-text.ts'
import type { Variant } from './variant.ts'

/**
 * Strict, so that what does not fit is refused and not cut to size; a 0 is a 0 and no request for the next number; a difference of unsigned numbers can
 * be negative; and none of the modes that read or print SQL in another way.
 */
const sqlMode = [
  ...['STRICT_TRANS_TABLES', 'STRICT_ALL_TABLES', 'ERROR_FOR_DIVISION_BY_ZERO', 'NO_ENGINE_SUBSTITUTION'],
  ...['NO_AUTO_VALUE_ON_ZERO', 'NO_UNSIGNED_SUBTRACTION'],
].join(',')

/** What Godwit stands on, whatever the server and the user are set to: what texts mean and print, and what protects the rows. */
const needed: Readonly<Record<string, string>> = {
  sql_mode: sqlMode,
  time_zone: '+00:00',
  character_set_client: 'utf8mb4',
  character_set_connection: 'utf8mb4',
  character_set_results: 'utf8mb4',
  autocommit: 'ON',
  completion_type: 'NO_CHAIN',
  foreign_key_checks: 'ON',
  unique_checks: 'ON',
  check_constraint_checks: 'ON',
  sql_quote_show_create: 'ON',
  sql_auto_is_null: 'OFF',
  default_storage_engine: 'InnoDB',
  lc_messages: 'en_US',
}

/** What is better so, and may take a right that not everybody has. */
const wanted: Readonly<Record<string, string>> = {
  explicit_defaults_for_timestamp: 'ON',
  innodb_strict_mode: 'ON',
  sql_generate_invisible_primary_key: 'OFF',
  alter_algorithm: 'DEFAULT',
  tx_read_only: 'OFF',
  transaction_read_only: 'OFF',
  sql_safe_updates: 'OFF',
  sql_big_selects: 'ON',
  group_concat_max_len: '1073741824',
  information_schema_stats_expiry: '0',
  max_execution_time: '0',
  // Code of a migration may take its time between two statements; a client that is gone without a word is not waited for much longer.
  wait_timeout: '86400',
  interactive_timeout: '86400',
}

/** Sets what comes before anything can be read: texts are UTF-8, and no answer is cut short. */
export async function makeReadable(send: Wire['send']): Promise<void> {
  await send('SET SESSION sql_select_limit = 18446744073709551615, NAMES utf8mb4', [])
}

/** Sets a connection that is readable, and reads back that it is so. */
export async function pinSettings(wire: Wire, patience: Patience, server: Server, label: string): Promise<void> {
  await pin(wire.send, { ...steady(server), ...timeoutsOf(patience, server.variant) }, label)
}

/** Whether a text may leave settings behind, or stand in another database. */
export function setsSomething(text: string): boolean {
  return /\b(set|use|lock)\b/i.test(text)
}

/**
 * Undoes what a user's SQL did to the settings that Godwit stands on: a dump begins with switching foreign keys off, and many choose a database. Timeouts
 * are left as the user wants them.
 */
export async function restoreSettings(
  send: Wire['send'],
  server: Server,
  { label, isInTransaction }: { readonly label: string; readonly isInTransaction: boolean },
): Promise<void> {
  // Inside a transaction no table can have been locked so.
  if (!isInTransaction) await send('UNLOCK TABLES', [])
  await makeReadable(send)
  await send(`USE ${quoted(server.database)}`, [])
  await pin(send, steady(server), label)
}

function steady({ isolation, collation }: Server): Readonly<Record<string, string>> {
  return {
    ...needed,
    // Texts without a column of their own compare as those of the database's tables do.
    ...(collation.startsWith('utf8mb4_') ? { collation_connection: collation } : {}),
    tx_isolation: isolation,
    transaction_isolation: isolation,
  }
}

/** Servers take whole seconds for locks, and one at least. */
function timeoutsOf({ lock, statement }: Patience, { server }: Variant): Readonly<Record<string, string>> {
  const seconds = String(lockSeconds(lock))
  const timeout = server.statementTimeout(statement)
  return {
    lock_wait_timeout: seconds,
    innodb_lock_wait_timeout: seconds,
    ...(timeout === undefined ? {} : { [timeout[0]]: timeout[1] }),
  }
}

/** A wait for a lock as the servers take it: milliseconds as whole seconds, and one at least. */
export function lockSeconds(milliseconds: number): number {
  return Math.max(1, Math.ceil(milliseconds / 1000))
}

/** Sets what is not as it is to be; what this server does not have is left out. */
async function pin(send: Wire['send'], settings: Readonly<Record<string, string>>, label: string): Promise<void> {
  const all = { ...settings, ...wanted }
  const found = await readSettings(send, Object.keys(all))
  const wrong = [...found].filter(([name, content]) => !isSame(content, all[name] ?? ''))
  if (wrong.length === 0) return
  const must = wrong.map(([name]) => name).filter((name) => name in settings)
  if (must.length > 0) await send(`SET ${must.map((name) => assignment(name, all[name] ?? '')).join(', ')}`, [])
  const better = wrong.map(([name]) => name).filter((name) => !(name in settings))
  if (better.length > 0)
    await setWhatCanBe(
      send,
      better.map((name) => assignment(name, all[name] ?? '')),
    )
  for (const [name, content] of await readSettings(send, must)) {
    const meant = all[name] ?? ''
    if (!isSame(content, meant))
      fail('database.settingRefused', { database: label, setting: name, wanted: meant, content })
  }
}

/** All at once, or else one by one: a single one that is not allowed would take the others along. */
async function setWhatCanBe(send: Wire['send'], assignments: readonly string[]): Promise<void> {
  try {
    await send(`SET ${assignments.join(', ')}`, [])
  } catch (error) {
    if (isConnectionLost(error)) throw error
    for (const one of assignments) await send(`SET ${one}`, []).catch(() => {})
  }
}

function assignment(name: string, content: string): string {
  const plain = /^(\d+(\.\d+)?|ON|OFF|DEFAULT)$/.test(content)
  return `SESSION ${name} = ${plain ? content : `'${content}'`}`
}

/** The order of modes is the server's, and a number may have more places. */
function isSame(found: string, meant: string): boolean {
  if (/^\d+(\.\d+)?$/.test(meant)) return Number(found) === Number(meant)
  const sorted = (list: string): string => list.toLowerCase().split(',').toSorted().join(',')
  return sorted(found) === sorted(meant)
}
