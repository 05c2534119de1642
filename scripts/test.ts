// Runs every test file, or those of the patterns given, on SQLite, PostgreSQL and MariaDB, and closes with the one line that CI reads.
// Usage: npm test [-- <patterns>]
//   GODWIT_TEST_POSTGRES, GODWIT_TEST_MARIADB   maintenance URLs of the servers; without, they are looked for at 127.0.0.1
//   GODWIT_TEST_NO_SERVICE=1                    pass these services over: the PostgreSQL that npm installed is started, and the MariaDB of the system
//   GODWIT_TEST_MYSQL                           the maintenance URL of a MySQL 9; without, `npm run test:mysql` has one
import { globSync } from 'node:fs'
import { findMariadb } from '../test/support/mariadb-server.ts'
import { findPostgres } from '../test/support/postgres-server.ts'
import { runTests } from './run-tests.ts'
import { dismiss, offer, type Server } from './servers.ts'

const patterns = process.argv.slice(2)
const files = globSync(patterns.length > 0 ? patterns : ['src/**/*.test.ts', 'test/**/*.test.ts']).sort()
if (files.length === 0) {
  console.error(`No test file matches ${patterns.join(' ')}.`)
  process.exit(2)
}

const postgres = await findPostgres()
const mariadb = await findMariadb()
const mysql = mysqlNamed()
await offer('PostgreSQL', postgres)
await offer('MariaDB', mariadb)
if (mysql === undefined) console.log('left out: MySQL 9 and MariaDB 11.8, which `npm run test:mysql` runs')
else await offer('MySQL', mysql)

await runTests(files)
for (const server of [postgres, mariadb, mysql]) if (server !== undefined) await dismiss(server)

function mysqlNamed(): Server | undefined {
  const url = process.env['GODWIT_TEST_MYSQL'] ?? ''
  return url === '' ? undefined : { url, label: `MySQL at ${new URL(url).host}`, stop: async () => {} }
}
