import type { Dialect as KyselyDialect } from 'kysely'

/** How patient Godwit is with one database. The options of the command line are stronger. */
export interface DatabaseSettings {
  /** How long one statement may wait for a lock that somebody else holds, in seconds; everybody who comes after it waits behind it. */
  readonly lockTimeout?: number | undefined
  /** How often a transaction that gave up waiting for a lock is tried again. */
  readonly lockRetries?: number | undefined
  /** How long one statement may take, in seconds; as long as it needs if not given. */
  readonly statementTimeout?: number | undefined
}

/**
 * A database: a URL (`sqlite:./app.db`, `postgres://user@host/database`), also as `{ url }` with settings, or a Kysely dialect of one's own with the
 * kind of database it speaks to.
 */
export type DatabaseConfig =
  | string
  | (DatabaseSettings & { readonly url: string })
  | (DatabaseSettings & { readonly dialect: KyselyDialect; readonly kind: string })

/** What `godwit.config.ts` default-exports. */
export interface Config {
  /** App label → folder with `models.ts` and `migrations/`; an array of folders takes their last parts as labels. */
  readonly apps: { readonly [label: string]: string } | readonly string[]
  /** By name; `default` is used when no name is given. */
  readonly databases: { readonly [name: string]: DatabaseConfig }
}

/**
 * Types a config file; returns it as it is.
 *
 * @example
 * import { defineConfig } from 'godwit'
 * export default defineConfig({
 *   apps: { accounts: './src/accounts', billing: './src/billing' },
 *   databases: { default: 'sqlite:./app.db' },
 * })
 */
export function defineConfig(config: Config): Config {
  return config
}
