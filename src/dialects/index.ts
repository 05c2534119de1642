import { existsSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import type { Dialect as KyselyDialect } from 'kysely'
import { fail } from '../errors/error.ts'
import { defined } from '../lib/defined.ts'
import type { Dialect, Session } from '../schema/dialect.ts'
import type { Template } from './shared/template.ts'

export type { Template }

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

/**
 * Opens such a database as a copy of a template, which the first to ask for it makes: on the same server, or in a file for temporary ones. Any number of
 * processes may ask at once.
 */
export async function openTemplateCopy(
  address: DatabaseAddress,
  baseDir: string,
  template: Template,
): Promise<Session> {
  if (typeof address !== 'string' && 'dialect' in address) return fail('database.noScratch', { kind: address.kind })
  const url = typeof address === 'string' ? address : address.url
  return byScheme(readUrl(url).scheme).openCopy(template, url, baseDir)
}

/** Servers take milliseconds in whole numbers, and nothing for "no limit". */
function inWhole({ lockTimeout, statementTimeout, ...others }: OpenOptions): OpenOptions {
  const whole = (milliseconds: number | undefined): number | undefined =>
    milliseconds === undefined ? undefined : Math.max(1, Math.round(milliseconds))
  return defined({ ...others, lockTimeout: whole(lockTimeout), statementTimeout: whole(statementTimeout) })
}

// What speaks to one database is loaded when that database is asked for: it is a third of all that a command would have to load.
const load = {
  sqlite: () => import('./sqlite/index.ts'),
  postgres: () => import('./postgres/index.ts'),
  mariadb: () => import('./mariadb/index.ts'),
  mysql: () => import('./mysql/index.ts'),
}

/** The kinds of database that plans can be made for. */
export const databaseKinds: readonly string[] = ['sqlite', 'postgres', 'mariadb', 'mysql']

/** The dialect of a kind of database (`sqlite`) without a database to ask. */
export async function dialectFor(kind: string): Promise<Dialect> {
  return byKind(kind).dialect()
}

/** The kind of database that a config names, without opening it. */
export function databaseKind(address: DatabaseAddress): string {
  if (typeof address !== 'string' && 'kind' in address) return address.kind
  const { scheme } = readUrl(typeof address === 'string' ? address : address.url)
  return schemes[scheme]?.kind ?? scheme
}

interface Kind {
  dialect(): Promise<Dialect>
  openDialect(dialect: KyselyDialect, label: string, options: OpenOptions): Promise<Session>
}

const kinds: Readonly<Record<string, Kind>> = {
  sqlite: {
    dialect: async () => (await load.sqlite()).sqlite(),
    openDialect: async (...own) => (await load.sqlite()).openKyselyDialect(...own),
  },
  postgres: {
    dialect: async () => (await load.postgres()).postgres(),
    openDialect: async (...own) => (await load.postgres()).openKyselyDialect(...own),
  },
  mariadb: {
    dialect: async () => (await load.mariadb()).mariadb(),
    openDialect: async (...own) => (await load.mariadb()).openKyselyDialect(...own),
  },
  mysql: {
    dialect: async () => (await load.mysql()).mysql(),
    openDialect: async (...own) => (await load.mysql()).openKyselyDialect(...own),
  },
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
  openCopy(template: Template, url: string, baseDir: string): Promise<Session>
}

const server: Scheme = {
  kind: 'postgres',
  open: async ({ url, baseDir, options }) => (await load.postgres()).openPostgres({ url, baseDir, ...options }),
  openScratch: async (url, baseDir) => (await load.postgres()).openScratchDatabase({ url, baseDir }),
  openCopy: async (template, url, baseDir) => (await load.postgres()).openTemplateCopy(template, { url, baseDir }),
}

const schemes: Readonly<Record<string, Scheme>> = {
  postgres: server,
  postgresql: server,
  pglite: {
    kind: 'postgres',
    async open({ url, location, baseDir, options }) {
      const path = pathIn(location, 'PGlite')
      const folder = path === '' || path === inMemory ? undefined : toBeRead(resolve(baseDir, path), options)
      const { openPglite } = await load.postgres()
      return openPglite({ ...defined({ dataDir: folder }), label: url, baseDir, ...options })
    },
    openScratch: async (_url, baseDir) => (await load.postgres()).openPglite({ baseDir }),
    openCopy: async (template, _url, baseDir) => (await load.postgres()).openPgliteCopy(template, { baseDir }),
  },
  mariadb: {
    kind: 'mariadb',
    open: async ({ url, baseDir, options }) => (await load.mariadb()).openMariadb({ url, baseDir, ...options }),
    openScratch: async (url, baseDir) => (await load.mariadb()).openScratchDatabase({ url, baseDir }),
    openCopy: async (template, url, baseDir) => (await load.mariadb()).openTemplateCopy(template, { url, baseDir }),
  },
  mysql: {
    kind: 'mysql',
    open: async ({ url, baseDir, options }) => (await load.mysql()).openMysql({ url, baseDir, ...options }),
    openScratch: async (url, baseDir) => (await load.mysql()).openScratchDatabase({ url, baseDir }),
    openCopy: async (template, url, baseDir) => (await load.mysql()).openTemplateCopy(template, { url, baseDir }),
  },
  sqlite: {
    kind: 'sqlite',
    async open({ url, location, baseDir, options }) {
      const path = pathIn(location, 'SQLite')
      const file = path === inMemory ? path : (toBeRead(resolve(baseDir, path), options) ?? inMemory)
      const { openSqlite } = await load.sqlite()
      return openSqlite({ path: file, label: url, ...options })
    },
    openScratch: async () => (await load.sqlite()).openSqlite({ path: inMemory }),
    openCopy: async (template) => (await load.sqlite()).openTemplateCopy(template),
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
