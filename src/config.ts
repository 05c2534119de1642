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

/** The database in which something lives, or several, each of which has it. */
export type Route<Name extends string = string> = Name | readonly Name[]

/**
 * Which app or model lives in which database of the config. As a table: by app (`events`), by model (`shop.Price`), and by `*` for all that it does not
 * name. As a function: asked about each model, and, without a model, about what belongs to an app alone, such as its SQL. What neither says lives in
 * `default`.
 *
 * A router decides where tables are made, and moves none that there are: of a model that is routed elsewhere later, the table stays where it was made.
 * It is asked by the names of history: a model that was renamed needs its old name in it too.
 */
export type Router<Name extends string = string> =
  | { readonly [appOrModel: string]: Route<Name> }
  | ((asked: { readonly app: string; readonly model: string | undefined }) => Route<Name> | undefined)

/** A difference between a database and the migrations that is known and may stay. */
export interface IgnoredDrift {
  /** What it is about, as `godwit drift` calls it, with `*` for any letters: `index blog_*`, `* on spatial_ref_sys`; or the name of a table, for all of it. */
  readonly object: string
  /** Why it may stay. It is shown with what is ignored. */
  readonly reason: string
}

/** Something that `godwit check` finds, is known, and may stay. */
export interface IgnoredFinding {
  /** The id of the finding, with `*` for any letters: `migrations.destructive`, `git.*`. */
  readonly id: string
  /** Only of this migration: `blog.0007_drop_body`, also with `*`. Absent: of any, or of none. */
  readonly migration?: string
  /** Why it may stay. It is shown with what is ignored. */
  readonly reason: string
}

/** What `godwit.config.ts` default-exports. */
export interface Config<Name extends string = string> {
  /** App label → folder with `models.ts` and `migrations/`; an array of folders takes their last parts as labels. */
  readonly apps: { readonly [label: string]: string } | readonly string[]
  /** By name; `default` is used when no name is given. */
  readonly databases: { readonly [name in Name]: DatabaseConfig }
  /** Which app or model lives in which database. Without one everything lives in each of them. */
  readonly router?: Router<NoInfer<Name>>
  /** What `godwit check` finds in vain. */
  readonly check?: { readonly ignore?: readonly IgnoredFinding[] }
  /** What is no drift. */
  readonly drift?: { readonly ignore?: readonly IgnoredDrift[] }
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
 * @example
 * export default defineConfig({
 *   apps: { accounts: './src/accounts', events: './src/events' },
 *   databases: { default: 'postgres://localhost/shop', analytics: 'sqlite:./analytics.db' },
 *   router: { events: 'analytics' },
 * })
 */
export function defineConfig<const Name extends string>(config: Config<Name>): Config<Name> {
  return config
}
