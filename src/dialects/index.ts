import { existsSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import type { Dialect as KyselyDialect } from 'kysely'
import { fail } from '../errors/error.ts'
import { defined } from '../lib/defined.ts'
import type { Dialect, Session } from '../schema/dialect.ts'
import {
  mariadb,
  openMariadb,
  openKyselyDialect as openMariadbDialect,
  openScratchDatabase as openMariadbScratch,
} from './mariadb/index.ts'
import {
  mysql,
  openMysql,
  openKyselyDialect as openMysqlDialect,
  openScratchDatabase as openMysqlScratch,
} from './mysql/index.ts'
import {
  openPglite,
  openPostgres,
  openKyselyDialect as openPostgresDialect,
  openScratchDatabase,
  postgres,
} from './postgres/index.ts'
import { openSqlite, openKyselyDialect as openSqliteDialect, sqlite } from './sqlite/index.ts'

/** A database as a config names it: a URL, or a Kysely dialect of one's own with the kind of database it speaks to. */
export type DatabaseAddress =
  | string
  | { readonly url: string }
  | { readonly dialect: KyselyDialect; readonly kind: string }

export interface OpenOptions {
  /** Nothing will be written: a file that does not exist yet is not made, and reads as the empty database that it would be. */
  readonly forReading?: boolean | undefined
  /** How long one statement may wait for a lock that another connection holds, in milliseconds. */
  readonly lockTimeout?: number | undefined
  /** How long one statement may take, in milliseconds; absent: as long as it needs. */
  readonly statementTimeout?: number | undefined
}

/** Opens the database that a config names. Relative paths are relative to `baseDir`, the config's folder. */
export async function openDatabase(
  address: DatabaseAddress,
  baseDir: string,
  options: OpenOptions = {},
): Promise<Session> {
  if (typeof address === 'string' || 'url' in address) {
    const url = typeof address === 'string' ? address : address.url
    const { scheme, location } = readUrl(url)
    return byScheme(scheme).open({ url, location, baseDir, options: inWhole(options) })
  }
  const label = `the ${address.kind} database of your own dialect`
  return byKind(address.kind).openDialect(address.dialect, label, inWhole(options))
}

/**
 * Opens an empty database of the same kind as the one that a config names, which is gone when it is closed: in memory, or beside it on the same
 * server. Fails with `database.noScratch` for a Kysely dialect of one's own.
 */
export async function openScratch(address: DatabaseAddress, baseDir: string): Promise<Session> {
  if (typeof address !== 'string' && 'dialect' in address) return fail('database.noScratch', { kind: address.kind })
  const url = typeof address === 'string' ? address : address.url
  return byScheme(readUrl(url).scheme).openScratch(url, baseDir)
}

/** Servers take milliseconds in whole numbers, and nothing for "no limit". */
function inWhole({ lockTimeout, statementTimeout, ...others }: OpenOptions): OpenOptions {
  const whole = (milliseconds: number | undefined): number | undefined =>
    milliseconds === undefined ? undefined : Math.max(1, Math.round(milliseconds))
  return defined({ ...others, lockTimeout: whole(lockTimeout), statementTimeout: whole(statementTimeout) })
}

/** The kinds of database that plans can be made for. */
export const databaseKinds: readonly string[] = ['sqlite', 'postgres', 'mariadb', 'mysql']

/** The dialect of a kind of database (`sqlite`) without a database to ask. */
export function dialectFor(kind: string): Dialect {
  return byKind(kind).dialect()
}

/** The kind of database that a config names, without opening it. */
export function databaseKind(address: DatabaseAddress): string {
  if (typeof address !== 'string' && 'kind' in address) return address.kind
  const { scheme } = readUrl(typeof address === 'string' ? address : address.url)
  return schemes[scheme]?.kind ?? scheme
}

interface Kind {
  dialect(): Dialect
  openDialect(dialect: KyselyDialect, label: string, options: OpenOptions): Promise<Session>
}

const kinds: Readonly<Record<string, Kind>> = {
  sqlite: { dialect: sqlite, openDialect: openSqliteDialect },
  postgres: { dialect: postgres, openDialect: openPostgresDialect },
  mariadb: { dialect: mariadb, openDialect: openMariadbDialect },
  mysql: { dialect: mysql, openDialect: openMysqlDialect },
}

interface Opening {
  readonly url: string
  /** The URL without its scheme. */
  readonly location: string
  readonly baseDir: string
  readonly options: OpenOptions
}

interface Scheme {
  readonly kind: string
  open(opening: Opening): Promise<Session>
  openScratch(url: string, baseDir: string): Promise<Session>
}

const server: Scheme = {
  kind: 'postgres',
  open: ({ url, baseDir, options }) => openPostgres({ url, baseDir, ...options }),
  openScratch: (url, baseDir) => openScratchDatabase({ url, baseDir }),
}

const schemes: Readonly<Record<string, Scheme>> = {
  postgres: server,
  postgresql: server,
  pglite: {
    kind: 'postgres',
    async open({ url, location, baseDir, options }) {
      const path = pathIn(location, 'PGlite')
      const folder = path === '' || path === inMemory ? undefined : toBeRead(resolve(baseDir, path), options)
      return openPglite({ ...defined({ dataDir: folder }), label: url, baseDir, ...options })
    },
    openScratch: (_url, baseDir) => openPglite({ baseDir }),
  },
  mariadb: {
    kind: 'mariadb',
    open: ({ url, baseDir, options }) => openMariadb({ url, baseDir, ...options }),
    openScratch: (url, baseDir) => openMariadbScratch({ url, baseDir }),
  },
  mysql: {
    kind: 'mysql',
    open: ({ url, baseDir, options }) => openMysql({ url, baseDir, ...options }),
    openScratch: (url, baseDir) => openMysqlScratch({ url, baseDir }),
  },
  sqlite: {
    kind: 'sqlite',
    async open({ url, location, baseDir, options }) {
      const path = pathIn(location, 'SQLite')
      const file = path === inMemory ? path : (toBeRead(resolve(baseDir, path), options) ?? inMemory)
      return openSqlite({ path: file, label: url, ...options })
    },
    openScratch: () => openSqlite({ path: inMemory }),
  },
}

const inMemory = ':memory:'

/** What is only read and does not exist yet is not made. A folder that is missing is a mistake in the path, and said to be one when it is opened. */
function toBeRead(path: string, { forReading }: OpenOptions): string | undefined {
  return forReading === true && !existsSync(path) && existsSync(dirname(path)) ? undefined : path
}

function byScheme(scheme: string): Scheme {
  return schemes[scheme] ?? fail('database.unknownUrl', { scheme })
}

function byKind(kind: string): Kind {
  return kinds[kind] ?? fail('database.unknownUrl', { scheme: kind })
}

/** Only the scheme is ever repeated in a message: what follows it may hold a password. */
function readUrl(url: string): { readonly scheme: string; readonly location: string } {
  const match = /^([a-z][a-z\d+.-]*):(.*)$/is.exec(url)
  const [, scheme, location] = match ?? []
  if (scheme === undefined || location === undefined) fail('database.unknownUrl', { scheme: undefined })
  return { scheme: scheme.toLowerCase(), location }
}

/** The path in a URL of a database that has no server. */
function pathIn(location: string, product: 'SQLite' | 'PGlite'): string {
  const refuse = (problem: string): never =>
    fail(product === 'SQLite' ? 'database.badSqliteUrl' : 'database.badPgliteUrl', { problem })
  if (location === '' && product === 'SQLite') return refuse('names no file')
  if (location.includes('?')) return refuse('has parameters, which are not understood')
  if (!location.startsWith('//')) return location
  if (!location.startsWith('///')) return refuse(`names a host, and ${product} has none`)
  return location.slice(2)
}
