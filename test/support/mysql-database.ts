import { after } from 'node:test'
import mysql2 from 'mysql2/promise'
import { copyDatabase } from './copy-mysql-database.ts'
import { threadsIn } from './mysql-threads.ts'
import { openSession } from './open-session.ts'
import { ownDatabaseName } from './own-databases.ts'
import type { Client, DatabaseUnderTest, TestDatabase } from './test-database.ts'

/** What is known of one of the two products, to make databases of it. */
export interface MysqlProduct {
  readonly name: 'MariaDB' | 'MySQL'
  readonly kind: 'mariadb' | 'mysql'
  /** Of a maintenance database; the test command sets it. Empty where no server was found. */
  readonly serverUrl: string
  /** Texts are told apart to the last bit and blank, as on the other databases. */
  readonly collation: string
}

export const mariadbProduct: MysqlProduct = {
  name: 'MariaDB',
  kind: 'mariadb',
  serverUrl: process.env['GODWIT_TEST_MARIADB'] ?? '',
  collation: 'utf8mb4_nopad_bin',
}

export const mysqlProduct: MysqlProduct = {
  name: 'MySQL',
  kind: 'mysql',
  serverUrl: process.env['GODWIT_TEST_MYSQL'] ?? '',
  collation: 'utf8mb4_0900_bin',
}

/** MariaDB by a server of its own. */
export const mariadbUnderTest = underTest(mariadbProduct)

/** MySQL by a server of its own. */
export const mysqlUnderTest = underTest(mysqlProduct)

function underTest(product: MysqlProduct): DatabaseUnderTest {
  const { name, kind, serverUrl } = product
  const absent = process.env[`GODWIT_TEST_${name.toUpperCase()}_ABSENT`]
  return {
    name,
    kind,
    skip: serverUrl !== '' ? false : (absent ?? 'run it by `npm test -- <file>`'),
    create: () => createMysqlDatabase(product),
    createScratch: () => createMysqlDatabase(product),
  }
}

let created = 0
const held = new Map<string, MysqlProduct>()
// Here, where the file is imported: inside a test it would belong to that test.
after(async () => {
  for (const [name, product] of [...held]) await dropDatabase(product, name)
})

/** Runs a text of statements in the maintenance database. */
export async function maintainMysql({ serverUrl }: MysqlProduct, text: string): Promise<void> {
  const client = await connectMysql(serverUrl)
  try {
    await client.exec(text)
  } finally {
    await client.close()
  }
}

async function dropDatabase(product: MysqlProduct, name: string): Promise<void> {
  held.delete(name)
  const client = await connectMysql(product.serverUrl)
  try {
    // Whoever a failed test left connected would keep the process of the test file alive.
    await endThose(client, name)
    await client.exec(`DROP DATABASE IF EXISTS \`${name}\``)
  } finally {
    await client.close()
  }
}

/** Makes a database of a name of its own; `charset` is what stands behind CREATE DATABASE where another one is wanted than all tests have. */
export async function createMysqlDatabase(
  product: MysqlProduct,
  charset = `CHARACTER SET utf8mb4 COLLATE ${product.collation}`,
): Promise<TestDatabase> {
  const name = newName(product)
  await maintainMysql(product, `CREATE DATABASE \`${name}\` ${charset}`)
  return mysqlDatabase(product, name, charset)
}

function newName(product: MysqlProduct): string {
  created += 1
  const name = ownDatabaseName(created)
  held.set(name, product)
  return name
}

/** Has the server end all connections that stand in a database. */
export async function endConnections(url: string): Promise<void> {
  const maintenance = new URL(url)
  maintenance.pathname = '/mysql'
  const client = await connectMysql(maintenance.href)
  await endThose(client, new URL(url).pathname.slice(1))
  await client.close()
}

async function endThose(client: Client, database: string): Promise<void> {
  // One that has ended by itself in between is no failure.
  for (const thread of await threadsIn(database, client.all)) await client.exec(`KILL ${thread}`).catch(() => {})
}

/** The URL of a database on the server of this run. */
export function mysqlUrl({ serverUrl }: MysqlProduct, name: string): string {
  const url = new URL(serverUrl)
  url.pathname = `/${name}`
  return url.href
}

function mysqlDatabase(product: MysqlProduct, name: string, charset: string): TestDatabase {
  const url = mysqlUrl(product, name)
  return {
    url,
    openSession: (options) => openSession(url, options),
    connect: () => connectAlike(url),
    empty: () => maintainMysql(product, `DROP DATABASE \`${name}\`; CREATE DATABASE \`${name}\` ${charset}`),
    async copy() {
      const copy = newName(product)
      const client = await connectMysql(url)
      try {
        await client.exec(`CREATE DATABASE \`${copy}\` ${charset}`)
        await copyDatabase(client, name, copy)
      } finally {
        await client.close()
      }
      return mysqlDatabase(product, copy, charset)
    },
    drop: () => dropDatabase(product, name),
  }
}

/** A plain connection with the quotes and the `||` of other databases, so that the SQL of a test is one text for all. */
async function connectAlike(url: string): Promise<Client> {
  const client = await connectMysql(url)
  await client.exec("SET sql_mode = concat(@@sql_mode, ',ANSI_QUOTES,PIPES_AS_CONCAT'), time_zone = '+00:00'")
  return client
}

/** A plain connection to a server. */
export async function connectMysql(url: string): Promise<Client> {
  const { hostname: host, port, username, password, pathname } = new URL(url)
  const connection = await mysql2.createConnection({
    host,
    port: Number(port || 3306),
    user: decodeURIComponent(username),
    password: decodeURIComponent(password),
    database: decodeURIComponent(pathname.slice(1)),
    multipleStatements: true,
    charset: 'UTF8MB4_BIN',
    timezone: 'Z',
    supportBigNumbers: true,
  })
  // A server that is told to end a connection says so whenever it likes.
  connection.on('error', () => {})
  return {
    exec: async (text) => void (await connection.query(text)),
    async all(query) {
      const [rows] = await connection.query<mysql2.RowDataPacket[]>(query)
      return rows.map((row) => ({ ...row }))
    },
    close: () => connection.end(),
  }
}
