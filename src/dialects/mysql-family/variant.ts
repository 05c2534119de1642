import type { AlterVariant } from './alter-variant.ts'
import type { CatalogueVariant } from './catalogue-variant.ts'
import type { ServerVariant } from './server-variant.ts'
import type { TypeVariant } from './type-variant.ts'

/**
 * What MariaDB and MySQL do differently, as data and small functions. What they do alike is in this folder, once, and asks nobody which of the two it
 * speaks to but through this.
 */
export interface Variant {
  /** As configs and per-database SQL name it. */
  readonly name: 'mariadb' | 'mysql'
  /** As people write it. */
  readonly product: 'MariaDB' | 'MySQL'
  /** What is assumed where there is no server to ask, as for `sqlmigrate`. */
  readonly newestVersion: string
  readonly types: TypeVariant
  readonly alter: AlterVariant
  readonly catalogue: CatalogueVariant
  readonly server: ServerVariant
}

/** One of the two at one version. */
export interface Flavour {
  readonly variant: Variant
  /** As the server says it, without what packagers add: `10.11.19`. */
  readonly version: string
  /** How texts of the database's tables compare where nothing else is said; absent where there is no database to ask. */
  readonly collation?: string
}
