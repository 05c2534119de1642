import type { Patience, Wire } from '../shared/wire.ts'

/**
 * What texts depend on that the server prints and reads: a default of a time, a span of time, bytes. With other settings the same object of the
 * database prints another text. The search path is left as it is: it says where the project's tables are.
 */
export const printing: Readonly<Record<string, string>> = {
  timezone: 'UTC',
  datestyle: 'ISO, YMD',
  intervalstyle: 'postgres',
  bytea_output: 'hex',
  quote_all_identifiers: 'off',
  standard_conforming_strings: 'on',
  extra_float_digits: '1',
  lc_monetary: 'C',
}

/** How the connection behaves, whatever the role or the database are set to. */
const behaviour = {
  client_min_messages: 'warning',
  application_name: 'godwit',
  // Anything stricter keeps a snapshot for the whole transaction, which CREATE INDEX CONCURRENTLY of others waits for.
  default_transaction_isolation: 'read committed',
  default_transaction_deferrable: 'off',
  // Code of a migration may take its time between two statements.
  idle_in_transaction_session_timeout: '0',
  idle_session_timeout: '0',
  transaction_timeout: '0',
}

/** Sets a connection, in one statement; what this version of the server does not have is left out. */
export async function pinSettings(wire: Wire, { lock, statement }: Patience): Promise<void> {
  const timeouts = { lock_timeout: String(lock), statement_timeout: String(statement ?? 0) }
  await set(wire, { ...printing, ...behaviour, ...timeouts })
  // A server that sees its client gone stops the statement under way, which otherwise would take effect with nobody there. Some platforms can't look.
  await set(wire, { client_connection_check_interval: '1s' }).catch(() => {})
}

async function set(wire: Wire, settings: Readonly<Record<string, string>>): Promise<void> {
  const rows = Object.entries(settings).map(([name, content]) => `('${name}', '${content}')`)
  await wire.send(
    `SELECT set_config(s.name, w.setting, false) FROM (VALUES ${rows.join(', ')}) w (name, setting) JOIN pg_catalog.pg_settings s ON lower(s.name) = w.name`,
    [],
  )
}

/** Whether a text may leave settings behind. */
export function setsSomething(text: string): boolean {
  return /\b(set|reset|discard|set_config)\b/i.test(text)
}

/**
 * Undoes what a user's SQL did to the settings that Godwit stands on: the output of `pg_dump` begins with emptying the search path, and nothing would
 * be found any more. Timeouts and memory are left as the user wants them.
 */
export async function restoreSettings(send: (statement: string) => Promise<void>, searchPath: string): Promise<void> {
  const settings = Object.entries({ ...printing, search_path: searchPath })
  const calls = settings.map(([name, content]) => `set_config('${name}', '${content.replaceAll("'", "''")}', false)`)
  await send(`SELECT ${calls.map((call) => `pg_catalog.${call}`).join(', ')}`)
}
