import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { createConnection } from 'mysql2/promise'
import pg from 'pg'
import { findMariadb, type MariadbServer } from '../test/support/mariadb-server.ts'
import { findPostgres } from '../test/support/postgres-server.ts'
import { runNode } from './measure/run-node.ts'

/** A kind of database that `migrate` is measured on, and what stands in for the driver alone. */
export interface BenchDatabase {
  readonly name: string
  /** With its version. */
  readonly label: string
  /** The URL of the database of a project in this folder, absolute. */
  urlIn(folder: string): string
  /** Leaves nothing of it. */
  empty(url: string): void
  /** Runs a migrate and keeps what it sends: `<dist folder> <project folder> <url> <file to write>`. */
  readonly capture: string
  /** Sends what was kept: `<file> <url> [writes]`. */
  readonly send: string
  /** A backfill written by hand: `<url> <rows of a batch>`. */
  readonly backfill: string
  close(): Promise<void>
}

/** The databases by the names of `--database`; opened only when they are to be measured. */
export const openers: Readonly<Record<string, () => Promise<BenchDatabase>>> = {
  sqlite: openSqlite,
  postgres: openPostgres,
  mariadb: openMariadb,
  mysql: openMysql,
}

/** What is measured where nothing is chosen: a MySQL is on few machines. */
export const usual = ['sqlite', 'postgres', 'mariadb']

const subject = (file: string): string => join(import.meta.dirname, 'subjects', file)

async function openSqlite(): Promise<BenchDatabase> {
  return {
    name: 'SQLite',
    label: `SQLite ${process.versions.sqlite}`,
    urlIn: (folder) => `sqlite:${join(folder, 'app.db')}`,
    empty(url) {
      const file = url.slice('sqlite:'.length)
      for (const suffix of ['', '-journal', '-godwit']) rmSync(file + suffix, { force: true })
    },
    capture: subject('capture-sqlite.ts'),
    send: subject('send-sqlite.mjs'),
    backfill: subject('backfill-sqlite.mjs'),
    close: async () => {},
  }
}

/** One database for all projects: each is measured to its end before the next one. */
async function openPostgres(): Promise<BenchDatabase> {
  const server = await findPostgres()
  if (typeof server === 'string') throw new Error(`There is no PostgreSQL to measure: ${server}`)
  const name = `godwit_bench_${process.pid}`
  const maintain = async (text: string): Promise<void> => {
    const client = new pg.Client({ connectionString: server.url })
    await client.connect()
    await client.query(text)
    await client.end()
  }
  await maintain(`CREATE DATABASE ${name}`)
  const url = new URL(server.url)
  url.pathname = `/${name}`
  return {
    name: 'PostgreSQL',
    label: server.label,
    urlIn: () => url.href,
    empty: () => void runNode([subject('empty-postgres.mjs'), url.href], { cwd: import.meta.dirname }),
    capture: subject('capture-postgres.ts'),
    send: subject('send-postgres.mjs'),
    backfill: subject('backfill-postgres.mjs'),
    async close() {
      await maintain(`DROP DATABASE ${name}`)
      await server.stop()
    },
  }
}

async function openMariadb(): Promise<BenchDatabase> {
  const server = await findMariadb()
  if (typeof server === 'string') throw new Error(`There is no MariaDB to measure: ${server}`)
  return openOnServer('MariaDB', server)
}

async function openMysql(): Promise<BenchDatabase> {
  const url = process.env['GODWIT_TEST_MYSQL'] ?? ''
  if (url === '') throw new Error('There is no MySQL to measure: GODWIT_TEST_MYSQL=mysql://… names one.')
  return openOnServer('MySQL', { url, label: `MySQL at ${new URL(url).host}`, stop: async () => {} })
}

async function openOnServer(product: 'MariaDB' | 'MySQL', server: MariadbServer): Promise<BenchDatabase> {
  const name = `godwit_bench_${process.pid}`
  const maintain = async (text: string): Promise<void> => {
    const connection = await createConnection(server.url)
    await connection.query(text)
    await connection.end()
  }
  await maintain(`CREATE DATABASE ${name}`)
  const url = new URL(server.url)
  url.pathname = `/${name}`
  return {
    name: product,
    label: server.label,
    urlIn: () => url.href,
    empty: () => void runNode([subject('empty-mysql.mjs'), url.href], { cwd: import.meta.dirname }),
    capture: subject('capture-mysql.ts'),
    send: subject('send-mysql.mjs'),
    backfill: subject('backfill-mysql.mjs'),
    async close() {
      await maintain(`DROP DATABASE ${name}`)
      await server.stop()
    },
  }
}
