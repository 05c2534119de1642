import { fail } from '../../errors/error.ts'
import { isAtLeast } from '../shared/versions.ts'
import type { Wire } from '../shared/wire.ts'
import { readSettings } from './read-settings.ts'
import type { Flavour, Variant } from './variant.ts'

/** What the server is, and where on it a connection stands. */
export interface Server extends Flavour {
  /** The thread that serves the connection. */
  readonly id: number
  readonly database: string
  readonly collation: string
  /** How much of others a transaction may see. */
  readonly isolation: string
  /** Whether it takes no writes. */
  readonly isReadOnly: boolean
}

/** Asks a server what it is. Throws when it is too old, or another product than the config says. */
export async function readServer(wire: Wire, variant: Variant, label: string): Promise<Server> {
  const { rows } = await wire.send(question, [])
  const text = (key: string): string => String(Reflect.get(Object(rows[0]), key) ?? '')
  const product = text('is_mariadb') === '1' ? 'MariaDB' : 'MySQL'
  const { oldestVersion, scheme, otherScheme } = variant.server
  if (product !== variant.product) {
    fail('database.otherProduct', { database: label, product, said: scheme, scheme: otherScheme })
  }
  // As some proxies and replicas see it, MariaDB's version begins with another one.
  const version = /\d+(?:\.\d+)+/.exec(text('version').replace(/^5\.5\.5-/, ''))?.[0] ?? text('version')
  if (!isAtLeast(version, oldestVersion)) {
    fail('database.tooOld', { database: label, product, version, oldest: oldestVersion })
  }
  const settings = await readSettings(wire.send, [...readOnlySettings, 'log_bin', 'binlog_format'])
  const database = text('name')
  if (database === '') fail('database.noDatabaseChosen', { database: label })
  return {
    variant,
    version,
    id: Number(text('id')),
    database,
    collation: text('collation'),
    isolation: isolationFor(settings),
    isReadOnly: readOnlySettings.some((name) => /^(ON|1|READ_ONLY\w*|NO_LOCK\w*)$/i.test(settings.get(name) ?? '')),
  }
}

// Only MariaDB reads what stands in such a comment.
const question =
  'SELECT VERSION() AS version, /*M!100000 1 + */ 0 AS is_mariadb, CONNECTION_ID() AS id, DATABASE() AS name, @@collation_database AS collation'

const readOnlySettings = ['read_only', 'super_read_only', 'innodb_read_only']

/**
 * READ COMMITTED, in which nobody waits for gaps between rows that are not there; but a binary log of statements can't tell what such a transaction
 * saw, and the server refuses to write in it.
 */
function isolationFor(settings: ReadonlyMap<string, string>): string {
  const logsStatements = settings.get('log_bin') === 'ON' && settings.get('binlog_format') === 'STATEMENT'
  return logsStatements ? 'REPEATABLE-READ' : 'READ-COMMITTED'
}
