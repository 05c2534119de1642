import { describe, test } from 'node:test'
import { dialectFor } from '../../src/dialects/index.ts'
import type { Dialect } from '../../src/schema/dialect.ts'
import type { Feature } from '../../src/schema/feature.ts'
import { mariadbUnderTest, mysqlUnderTest } from './mysql-database.ts'
import { postgresUnderTest } from './postgres-database.ts'
import { sqliteUnderTest } from './sqlite-database.ts'
import type { DatabaseUnderTest, TestDatabase } from './test-database.ts'

/** SQLite as an older one: every ALTER that 3.53 brought is a rebuild there. */
export const olderSqlite = sqliteUnderTest('3.50.0')

/** The ordinary run knows no MySQL, which is no service of any CI: `npm run test:mysql` brings one. */
const mysqlWhereThereIsOne = mysqlUnderTest.skip === false ? [mysqlUnderTest] : []

const only = process.env['GODWIT_TEST_ONLY']?.split(',')

/** Whether this run is about a kind of database. */
export function isAsked(kind: string): boolean {
  return only?.includes(kind) ?? true
}

/** The databases that every suite runs on, side by side. */
export const databases: readonly DatabaseUnderTest[] = [
  sqliteUnderTest(),
  postgresUnderTest,
  mariadbUnderTest,
  ...mysqlWhereThereIsOne,
].filter(({ kind }) => isAsked(kind))

const supports = new Map(
  await Promise.all(databases.map(async ({ kind }) => [kind, (await dialectFor(kind)).support] as const)),
)

/** Those that do not refuse a feature. */
export function databasesWith(feature: Feature): readonly DatabaseUnderTest[] {
  return databases.filter(({ kind }) => {
    const support = supports.get(kind)
    return support !== undefined && !('refused' in support[feature])
  })
}

type TestFunction = (on: DatabaseUnderTest) => Promise<void>

/** A test once for each database. */
export function testOnEach(name: string, work: TestFunction, among = databases): void {
  for (const on of among) test(`${on.name}: ${name}`, { skip: on.skip }, () => work(on))
}

/** A suite once for each database. */
export function describeOnEach(
  name: string,
  options: { readonly concurrency?: number },
  tests: (on: DatabaseUnderTest) => void,
): void {
  for (const on of databases) describe(`${name} on ${on.name}`, { ...options, skip: on.skip }, () => tests(on))
}

/** The dialect of the server that there is: what it supports may depend on its version. */
export async function dialectOf(database: TestDatabase): Promise<Dialect> {
  const session = await database.openSession()
  await session.close()
  return session.dialect
}
