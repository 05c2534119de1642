// Runs the conformance suite, or the test files of the patterns given, on MySQL 9 and on MariaDB 11.8. Both come from packages of Debian's unstable
// suite, which are unpacked into node_modules/.cache and run there in a chroot: nothing is installed, and nothing is left running.
// Usage: npm run test:mysql [-- --only mysql|mariadb] [--refresh] [<patterns>]
//   --only      one of the two
//   --refresh   unpacks the newest packages, where those of an earlier time are kept
import { globSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { findPostgres } from '../test/support/postgres-server.ts'
import { debianMachine } from '../test/support/unstable/machine.ts'
import { mariadbServer, mysqlServer } from '../test/support/unstable/servers.ts'
import { startUnstableServer } from '../test/support/unstable/start-server.ts'
import { forgetPackages } from '../test/support/unstable/unpack-package.ts'
import { filesReaching } from './files-reaching.ts'
import { runTests, signals } from './run-tests.ts'
import { dismiss, offer } from './servers.ts'

const { values, positionals: patterns } = parseArgs({
  options: { only: { type: 'string' }, refresh: { type: 'boolean' } },
  allowPositionals: true,
})
const every = [mysqlServer, mariadbServer]
const wanted = values.only === undefined ? every : every.filter(({ kind }) => kind === values.only)

/** What needs no database, or only another one, is no matter of this run. */
const conformance = filesReaching('test/support/mysql-database.ts')
const files = (patterns.length > 0 ? globSync(patterns) : [...conformance]).sort()

const machine = debianMachine()
if (wanted.length === 0) refuse(`--only is mysql or mariadb, not ${values.only}.`)
if (files.length === 0) refuse(`No test file matches ${patterns.join(' ')}.`)
if (typeof machine === 'string') refuse(machine)

// What is being unpacked or started goes with this process; once tests run, they are ended first.
const leave = (): never => process.exit(130)
for (const signal of signals) process.once(signal, leave)

if (values.refresh === true) forgetPackages()
const postgres = await findPostgres()
await offer('PostgreSQL', postgres)
const running = []
for (const server of wanted) {
  const started = await startUnstableServer(server, machine)
  running.push(started)
  await offer(server.product, started)
}
for (const signal of signals) process.off(signal, leave)

process.env['GODWIT_TEST_ONLY'] = wanted.map(({ kind }) => kind).join(',')
await runTests(files)
for (const server of [postgres, ...running]) await dismiss(server)

function refuse(reason: string): never {
  console.error(reason)
  process.exit(2)
}
