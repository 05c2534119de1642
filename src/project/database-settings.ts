import type { DatabaseConfig } from '../config.ts'

/** What a config says of the patience with one database: times in milliseconds. What it does not say is absent. */
export interface Patience {
  readonly lockTimeout?: number
  readonly lockRetries?: number
  readonly statementTimeout?: number
}

/** Reads the settings of a database of the config, whose times are in seconds. */
export function settingsOf(database: DatabaseConfig): Patience {
  if (typeof database === 'string') return {}
  const { lockTimeout, lockRetries, statementTimeout } = database
  return {
    ...(lockTimeout === undefined ? {} : { lockTimeout: lockTimeout * 1000 }),
    ...(lockRetries === undefined ? {} : { lockRetries }),
    ...(statementTimeout === undefined ? {} : { statementTimeout: statementTimeout * 1000 }),
  }
}
