import { after, test } from 'node:test'
import { type Dialect, MysqlDialect } from 'kysely'
import mysql2 from 'mysql2'
import { openDatabase } from '../../../src/dialects/index.ts'
import type { Row, Session } from '../../../src/schema/dialect.ts'
import { verbatim } from '../../../src/schema/sql.ts'
import { endConnections, mariadbUnderTest, mysqlUnderTest } from '../../support/mysql-database.ts'
import type { DatabaseUnderTest, TestDatabase } from '../../support/test-database.ts'

/** The two products; MySQL where there is one. */
export const products: readonly DatabaseUnderTest[] = [
  mariadbUnderTest,
  ...(mysqlUnderTest.skip === false ? [mysqlUnderTest] : []),
]

/** A test once for each of the two, on a database of its own. */
export function testOnEachProduct(
  name: string,
  work: (database: TestDatabase, on: DatabaseUnderTest) => Promise<void>,
): void {
  for (const on of products) {
    test(`${on.name}: ${name}`, { skip: on.skip }, async () => {
      const database = await on.create()
      try {
        await work(database, on)
      } finally {
        // A test that failed may have left a transaction open, behind which nothing can be dropped.
        await endConnections(database.url)
        await database.drop()
      }
    })
  }
}

/** A Kysely dialect over a pool of `mysql2`, as an application has one. */
export function poolDialect(url: string, max = 2): Dialect {
  const { hostname: host, port, username, password, pathname } = new URL(url)
  const pool = mysql2.createPool({
    ...{ host, port: Number(port || 3306), database: pathname.slice(1), connectionLimit: max },
    ...{ user: decodeURIComponent(username), password: decodeURIComponent(password) },
  })
  return new MysqlDialect({ pool })
}

/** A URL, and a dialect of an application's own. */
const ways = {
  'by URL': (url: string) => openDatabase(url, '/'),
  'by a dialect': (url: string) =>
    openDatabase({ dialect: poolDialect(url), kind: new URL(url).protocol.slice(0, -1) }, '/'),
}

const open = new Map<string, { readonly session: Session; readonly database: TestDatabase }>()
after(async () => {
  for (const { session } of open.values()) await session.close()
})

/** A test on each of the two, by a URL and by a Kysely dialect, in a database that holds nothing but what the statements make. */
export function testBothWays(
  name: string,
  statements: readonly string[],
  work: (session: Session, database: TestDatabase) => Promise<void>,
): void {
  for (const on of products) {
    for (const [way, openBy] of Object.entries(ways)) {
      test(`${on.name}, ${way}: ${name}`, { skip: on.skip }, async () => {
        const { session, database } = await opened(on, way, openBy)
        await database.empty()
        for (const statement of statements) await session.query(verbatim(statement))
        await work(session, database)
      })
    }
  }
}

async function opened(
  on: DatabaseUnderTest,
  way: string,
  openBy: (url: string) => Promise<Session>,
): Promise<{ readonly session: Session; readonly database: TestDatabase }> {
  const key = `${on.name} ${way}`
  const known = open.get(key)
  if (known !== undefined) return known
  const database = await on.create()
  const session = await openBy(database.url)
  open.set(key, { session, database })
  return { session, database }
}

export async function rows(session: Session, text: string): Promise<readonly Row[]> {
  return (await session.query(verbatim(text))).map((row) =>
    Object.fromEntries(Object.entries(row).map(([key, held]) => [key, plain(held)])),
  )
}

/** Our own connection gives large integers as text, an application's may give them as numbers. */
function plain(held: unknown): unknown {
  return typeof held === 'string' && /^-?\d+$/.test(held) ? Number(held) : held
}
