import type { Dialect as KyselyDialect } from 'kysely'
import type { Session } from '../../schema/dialect.ts'
import { openDialect, openUrl } from '../mysql-family/connect.ts'
import { openScratch } from '../mysql-family/scratch-database.ts'
import { openCopy } from '../mysql-family/template.ts'
import type { ConnectOptions } from '../shared/connect-options.ts'
import type { Template } from '../shared/template.ts'
import { mariadb as variant } from './mariadb.ts'

export { mariadb } from './dialect.ts'

/** Opens a database of a MariaDB server by its URL. */
export function openMariadb(options: ConnectOptions & { readonly url: string }): Promise<Session> {
  return openUrl(variant, options)
}

/** Takes one connection out of a Kysely dialect of the user's own, and keeps it. */
export function openKyselyDialect(dialect: KyselyDialect, label: string, options?: ConnectOptions): Promise<Session> {
  return openDialect(variant, dialect, label, options)
}

/** Makes a database beside the one that a URL names, and opens it; closing the session drops it. */
export function openScratchDatabase(options: ConnectOptions & { readonly url: string }): Promise<Session> {
  return openScratch(variant, options)
}

/** Makes a database as a copy of a template, beside the one that a URL names, and opens it; closing the session drops it. */
export function openTemplateCopy(
  template: Template,
  options: ConnectOptions & { readonly url: string },
): Promise<Session> {
  return openCopy(variant, template, options)
}
