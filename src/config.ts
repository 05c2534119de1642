import type { Dialect as KyselyDialect } from 'kysely'

/** A database: a URL (`sqlite:./app.db`), or a Kysely dialect of one's own with the kind of database it speaks to. */
export type DatabaseConfig = string | { readonly dialect: KyselyDialect; readonly kind: string }

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
