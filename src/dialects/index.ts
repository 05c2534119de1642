import { existsSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import type { Dialect as KyselyDialect } from 'kysely'
import { fail } from '../errors/error.ts'
import type { Dialect, Session } from '../schema/dialect.ts'
import { openKyselyDialect, openSqlite, sqlite } from './sqlite/index.ts'

/** A database as a config names it: a URL, or a Kysely dialect of one's own with the kind of database it speaks to. */
export type DatabaseAddress = string | { readonly dialect: KyselyDialect; readonly kind: string }

export interface OpenOptions {
  /** Nothing will be written: a file that does not exist yet is not made, and reads as the empty database that it would be. */
  readonly forReading?: boolean
  /** How long one statement may wait for a lock that another connection holds, in milliseconds. */
  readonly lockTimeout?: number
  /** How long one statement may take, in milliseconds; absent: as long as it needs. */
  readonly statementTimeout?: number
}

/** Opens the database that a config names. Relative paths are relative to `baseDir`, the config's folder. */
export async function openDatabase(
  address: DatabaseAddress,
  baseDir: string,
  { forReading = false }: OpenOptions = {},
): Promise<Session> {
  if (typeof address !== 'string') {
    dialectFor(address.kind)
    return openKyselyDialect(address.dialect, `the ${address.kind} database of your own dialect`)
  }
  const { kind, location } = readUrl(address)
  dialectFor(kind)
  const path = sqlitePath(location)
  const file = path === inMemory ? path : resolve(baseDir, path)
  return openSqlite({ path: forReading && isYetToBeMade(file) ? inMemory : file, label: address })
}

const inMemory = ':memory:'

/** A folder that is missing is a mistake in the path, and said to be one when the file is opened. */
function isYetToBeMade(file: string): boolean {
  return !existsSync(file) && existsSync(dirname(file))
}

/** The kinds of database that plans can be made for. */
export const databaseKinds: readonly string[] = ['sqlite']

/** The dialect of a kind of database (`sqlite`) without a database to ask. */
export function dialectFor(kind: string): Dialect {
  if (kind === 'sqlite') return sqlite()
  return unknownKind(kind)
}

/** The kind of database that a config names, without opening it. */
export function databaseKind(address: DatabaseAddress): string {
  return typeof address === 'string' ? readUrl(address).kind : address.kind
}

const futureKinds: Readonly<Record<string, string>> = {
  postgres: 'PostgreSQL',
  postgresql: 'PostgreSQL',
  mysql: 'MySQL',
  mariadb: 'MariaDB',
  pglite: 'PGlite',
}

function unknownKind(scheme: string): never {
  const known = futureKinds[scheme]
  return known === undefined ? fail('database.unknownUrl', { scheme }) : fail('database.notSpokenYet', { kind: known })
}

/** Only the scheme is ever repeated in a message: what follows it may hold a password. */
function readUrl(url: string): { readonly kind: string; readonly location: string } {
  const match = /^([a-z][a-z\d+.-]*):(.*)$/is.exec(url)
  const [, scheme, location] = match ?? []
  if (scheme === undefined || location === undefined) fail('database.unknownUrl', { scheme: undefined })
  return { kind: scheme.toLowerCase(), location }
}

function sqlitePath(location: string): string {
  if (location === '') return fail('database.badSqliteUrl', { problem: 'names no file' })
  if (location.includes('?'))
    return fail('database.badSqliteUrl', { problem: 'has parameters, which are not understood' })
  if (!location.startsWith('//')) return location
  if (!location.startsWith('///'))
    return fail('database.badSqliteUrl', { problem: 'names a host, and SQLite has none' })
  return location.slice(2)
}
