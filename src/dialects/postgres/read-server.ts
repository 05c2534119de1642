import { fail } from '../../errors/error.ts'
import { isAtLeast } from '../shared/versions.ts'
import type { Wire } from '../shared/wire.ts'
import { oldestVersion } from './capabilities.ts'

/** What the server is, and where on it a connection stands. */
export interface Server {
  /** `15.4` */
  readonly version: string
  /** The process that serves the connection. */
  readonly pid: number
  readonly database: string
  /** The schema in which tables without a schema of their own are made. */
  readonly schema: string
  readonly searchPath: string
  /** Why it takes no writes, if it takes none. */
  readonly refusal: 'replica' | 'setting' | undefined
}

/** Asks a server what it is. Throws when it is too old, or has no place for tables. */
export async function readServer(wire: Wire, label: string): Promise<Server> {
  const { rows } = await wire.send(question, [])
  const text = (key: string): string => String(Reflect.get(Object(rows[0]), key) ?? '')
  const number = Number(text('number'))
  const version = `${Math.floor(number / 10_000)}.${number % 10_000}`
  if (!isAtLeast(version, oldestVersion)) {
    const oldest = String(Number.parseInt(oldestVersion, 10))
    fail('database.tooOld', { database: label, product: 'PostgreSQL', version, oldest })
  }
  const searchPath = text('search_path')
  const schema = text('schema')
  if (schema === '') fail('database.noSchema', { database: label, searchPath })
  const refusal = text('is_replica') === 'true' ? 'replica' : text('read_only') === 'on' ? 'setting' : undefined
  return { version, pid: Number(text('pid')), database: text('database'), schema, searchPath, refusal }
}

const question = `SELECT pg_catalog.current_setting('server_version_num') AS number, pg_catalog.pg_backend_pid() AS pid,
  pg_catalog.current_database()::text AS database, pg_catalog.current_schema()::text AS schema,
  pg_catalog.current_setting('search_path') AS search_path, pg_catalog.pg_is_in_recovery()::text AS is_replica,
  pg_catalog.current_setting('default_transaction_read_only') AS read_only`
