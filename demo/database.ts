import { mysqlDatabase } from './databases/mysql.ts'
import { postgresDatabase } from './databases/postgres.ts'
import { sqliteDatabase } from './databases/sqlite.ts'
import type { Row } from './shop.ts'

/** The shop's database, as an application sees it that has never heard of Godwit. */
export interface ShopDatabase {
  /** As the config names it. */
  readonly url: string
  /** What stands before a query when it is shown. */
  readonly prompt: string
  /** What is peculiar to this kind of database is told by this name. */
  readonly kind: 'sqlite' | 'postgres' | 'mysql'
  run(text: string): Promise<void>
  rows(query: string): Promise<readonly Row[]>
  /** The names of the shop's tables; Godwit's own are left out. */
  tables(): Promise<readonly string[]>
  /** Everything that the database holds besides rows, in its own words. */
  schema(): Promise<readonly Row[]>
}

/** The database that a URL names: `sqlite:./shop.db` in the folder of the shop, or a server's. */
export function shopDatabase(url: string, file: string): ShopDatabase {
  if (url.startsWith('sqlite:')) return sqliteDatabase(url, file)
  return url.startsWith('postgres') ? postgresDatabase(url) : mysqlDatabase(url)
}
