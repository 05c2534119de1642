import { didYouMean } from '../../lib/did-you-mean.ts'
import { ended } from '../ended.ts'
import type { Sentence } from '../sentence.ts'

/** What a server calls itself. */
type Product = 'SQLite' | 'PostgreSQL' | 'MariaDB' | 'MySQL'

/** Why there is no connection to a server, and what to do about it. */
const connectionProblems = {
  refused: ['nothing listens there', 'Start the server, or correct host and port in the URL.'],
  unknownHost: ['there is no such host', 'Correct the host in the URL, or look whether the network is there.'],
  unreachable: ['there is no way to the host', 'Look at the network between here and there: VPN, firewall, IPv6.'],
  timeout: [
    'the server did not answer in time',
    'Check host and port, and that no firewall stands between; a server that sleeps when it is not used may need a second try.',
  ],
  noSocket: ['there is no such file', 'Start the server, or correct the path in the URL.'],
  closed: [
    'the other end hung up',
    'Check that the port is that of the database server, and whether it wants encryption: `?sslmode=require`.',
  ],
  noEncryption: [
    'the server offers no encryption',
    'Write `?sslmode=disable` in the URL where the network can be trusted, or let the server have a certificate.',
  ],
  encryptionNeeded: ['the server wants encryption', 'Add `?sslmode=require` to the URL.'],
  certificate: [
    'its certificate is not trusted',
    'Name the authority that signed it, `?sslrootcert=/path/to/ca.pem`, or do without the proof where the network can be trusted, `?sslmode=no-verify`.',
  ],
  tooMany: ['the server has no connection left', 'Close connections that nobody needs, and run the command again.'],
  notReady: ['the server is just starting or stopping', 'Run the command again in a moment.'],
  noPassword: ['the server wants a password', 'Put it into the URL or into PGPASSWORD.'],
} as const satisfies Record<string, readonly [problem: string, fix: string]>

/** Why a database takes no writes, and what to do about it. */
const whyNoWrites = {
  replica: ['is a replica, which takes no writes', 'Name the primary server in the config.'],
  setting: [
    'takes no writes: transactions there are read-only',
    'Name the primary server, or a role and database where `default_transaction_read_only` is off.',
  ],
  server: [
    'takes no writes: its server is read-only',
    'Name the primary server in the config; on this one `read_only`, `super_read_only` or `innodb_read_only` is on.',
  ],
} as const satisfies Record<string, readonly [problem: string, fix: string]>

/** Every sentence about what a config names, and what stands in the way of opening it. */
export const connectionSentences = {
  'database.unknownUrl': (d: { scheme: string | undefined }): Sentence => ({
    summary:
      d.scheme === undefined
        ? 'A database in godwit.config.ts is given by a URL that cannot be read.'
        : `No database is known by the scheme "${d.scheme}:" in godwit.config.ts.`,
    fix: "Write a URL such as 'sqlite:./app.db', 'postgres://user@host:5432/database', 'mariadb://user@host:3306/database', 'mysql://user@host:3306/database' or 'pglite:./data'; paths are relative to the config's folder.",
  }),
  'database.unknownKind': (d: { kind: string; known: readonly string[] }): Sentence => ({
    summary: `No SQL can be written for "${d.kind}".${didYouMean(d.kind, d.known)}`,
    why: `This version of Godwit speaks ${d.known.join(', ')}.`,
    fix: `Name a kind of database that it speaks (\`--dialect ${d.known[0]}\`), or none, for that of the config.`,
  }),
  'database.noScratch': (d: { kind: string }): Sentence => ({
    summary: `No scratch database can be made: the config gives a Kysely dialect of your own (${d.kind}), which leads to one database.`,
    fix: 'Name the database by a URL in the config, or another place for the scratch database: `url` of createTestDatabase, `--url` of verify.',
  }),
  'database.scratchRefused': (d: { database: string; reason: string }): Sentence => ({
    summary: `No scratch database can be made for this ${d.database}: ${d.reason.replace(/\.$/, '')}.`,
    why: 'Migrations are tried on a database of their own, never on one that exists; on a server the user must be allowed to make one.',
    fix: 'Let the user make databases, or name another place: `--url pglite:` stands for PostgreSQL and needs no server; else the URL of a server where databases may be made.',
  }),
  'database.badSqliteUrl': (d: { problem: string }): Sentence => ({
    summary: `The sqlite: URL in godwit.config.ts ${d.problem}.`,
    fix: "Write 'sqlite:./app.db' for a file relative to the config's folder, 'sqlite:/var/lib/app.db' for an absolute path, or 'sqlite::memory:'.",
  }),
  'database.badPostgresUrl': (d: { problem: string | undefined }): Sentence =>
    d.problem === undefined
      ? {
          summary: 'The postgres: URL in godwit.config.ts cannot be read.',
          why: 'Signs such as @ : / # ? % in a user name or password have a meaning in a URL.',
          fix: "Write 'postgres://user:password@host:5432/database', and such signs as %40 %3A %2F %23 %3F %25.",
        }
      : {
          summary: `The postgres: URL in godwit.config.ts names a file that is not there: ${ended(d.problem)}`,
          fix: 'Correct the path in the URL.',
        },
  'database.badPgliteUrl': (d: { problem: string }): Sentence => ({
    summary: `The pglite: URL in godwit.config.ts ${d.problem}.`,
    fix: "Write 'pglite:./data' for a folder relative to the config's folder, 'pglite:/var/lib/data' for an absolute path, or 'pglite:' for a database in memory.",
  }),
  'database.badMysqlUrl': (d: { scheme: string; problem: string | undefined }): Sentence =>
    d.problem === undefined
      ? {
          summary: `The ${d.scheme}: URL in godwit.config.ts cannot be read.`,
          why: 'Signs such as @ : / # ? % in a user name or password have a meaning in a URL.',
          fix: `Write '${d.scheme}://user:password@host:3306/database', and such signs as %40 %3A %2F %23 %3F %25.`,
        }
      : {
          summary: `The ${d.scheme}: URL in godwit.config.ts ${ended(d.problem)}`,
          fix: `Write '${d.scheme}://user:password@host:3306/database'. What can follow behind a ? is sslmode (disable, require, verify-ca, verify-full), sslca, sslcert and sslkey with paths of files, and socket with that of a socket.`,
        },
  'database.otherProduct': (d: { database: string; product: string; said: string; scheme: string }): Sentence => ({
    summary: `${d.database} is run by ${d.product}, and the config says ${d.said}.`,
    why: 'The two are alike and not the same: what is planned for one may be refused by the other, or do something else there.',
    fix: `Write the URL with \`${d.scheme}:\` in front, or \`kind: '${d.scheme}'\` where the config gives a Kysely dialect.`,
  }),
  'database.noDatabaseChosen': (d: { database: string }): Sentence => ({
    summary: `The connection to ${d.database} stands in no database, so there is no place for tables.`,
    fix: 'Name the database where the pool of your Kysely dialect is made: `database: …`.',
  }),
  'database.settingRefused': (d: { database: string; setting: string; wanted: string; content: string }): Sentence => ({
    summary: `The server of ${d.database} keeps the setting ${d.setting} at \`${d.content}\`, where Godwit needs \`${d.wanted}\`.`,
    why: 'With other settings the same statement means something else, or rows are cut to size without a word.',
    fix: `Let the user that migrates set it for its own connection, or set it for the server: \`SET GLOBAL ${d.setting} = …\`.`,
  }),
  'database.driverMissing': (d: { product: string; package: string }): Sentence => ({
    summary: `The config names a ${d.product} database, and the package ${d.package}, which speaks to it, is not installed.`,
    fix: `Install it: \`npm install ${d.package}\`.`,
  }),
  'database.notASession': (d: { database: string; product: Product; problem: string }): Sentence => ({
    summary: `The Kysely dialect given for ${d.database} is no session: ${d.problem}.`,
    why: 'A migration needs one connection that keeps its transaction and its temporary tables from one statement to the next.',
    fix:
      d.product === 'SQLite'
        ? "Use a driver that opens the file itself, such as Godwit's own ('sqlite:./app.db') or better-sqlite3."
        : `Use a driver that keeps a connection open, such as Godwit's own (${d.product === 'PostgreSQL' ? "'postgres://user@host:5432/database', by pg" : `'${d.product.toLowerCase()}://user@host:3306/database', by mysql2`}); one over HTTP does not.`,
  }),
  'database.tooOld': (d: { database: string; product: Product; version: string; oldest: string }): Sentence => ({
    summary: `${d.database} is run by ${d.product} ${d.version}; Godwit needs ${d.oldest} or later.`,
    fix:
      d.product === 'SQLite'
        ? "Use a newer driver, or Godwit's own: 'sqlite:./app.db'."
        : `Upgrade the server to ${d.product} ${d.oldest} or later.`,
  }),
  'database.transactionPooler': (d: { database: string }): Sentence => ({
    summary: `${d.database} is reached through a transaction pooler, which gives each transaction to another process of the server.`,
    why: 'The lock that keeps two migrations apart, timeouts and settings belong to one process: through the pooler they would be lost, or left to somebody else.',
    fix: 'Name the direct connection to the server in the config (not the port of the pooler), or one that the pooler keeps for a whole session.',
  }),
  'database.writesRefused': (d: { database: string; reason: keyof typeof whyNoWrites }): Sentence => {
    const [problem, fix] = whyNoWrites[d.reason]
    return { summary: `${d.database} ${problem}.`, fix }
  },
  'database.noSchema': (d: { database: string; searchPath: string }): Sentence => ({
    summary: `No schema of the search path of ${d.database} exists (it is \`${d.searchPath || "''"}\`), so there is no place for tables.`,
    fix: 'Create the schema (`CREATE SCHEMA public`), or set another search path for the role: `ALTER ROLE … SET search_path = …`.',
  }),
  'database.noConnection': (d: {
    database: string
    reason: keyof typeof connectionProblems
    message: string
  }): Sentence => {
    const [problem, fix] = connectionProblems[d.reason]
    return { summary: `No connection to ${d.database}: ${problem} (${d.message}).`, fix }
  },
  'database.loginRefused': (d: { database: string; product: Product; message: string }): Sentence => ({
    summary: `The server of ${d.database} refused to let you in: ${ended(d.message)}`,
    fix:
      d.product === 'PostgreSQL'
        ? 'Check user and password in the URL (or PGUSER and PGPASSWORD), and that pg_hba.conf of the server lets you in from here.'
        : 'Check user and password in the URL, that the server knows this user when they come from here (`user@host`), and that they may use this database.',
  }),
  'database.noSuchDatabase': (d: {
    database: string
    product: Product
    message: string
    name: string | undefined
  }): Sentence => ({
    summary: `There is no database at ${d.database}: ${ended(d.message)}`,
    fix:
      d.product === 'PostgreSQL'
        ? `Create it (\`createdb ${d.name ?? 'name'}\`, or \`CREATE DATABASE\` on another database of the server), or correct its name in the config.`
        : `Create it (\`CREATE DATABASE ${d.name ?? 'name'} CHARACTER SET utf8mb4\`), or correct its name in the config.`,
  }),
  'database.cannotOpen': (d: { database: string; message: string }): Sentence => ({
    summary: `The database ${d.database} cannot be opened: ${ended(d.message)}`,
    fix: 'Create the folder that the URL names, and see that you may write there.',
  }),
  'database.notADatabase': (d: { database: string; product: 'SQLite' | 'PGlite'; message: string }): Sentence => ({
    summary: `${d.database} is no ${d.product} database, or a damaged one: ${ended(d.message)}`,
    fix: `Check the path in godwit.config.ts; put the ${d.product === 'SQLite' ? 'file' : 'folder'} back from a backup when it is the right one.`,
  }),
  'database.inUse': (d: { database: string; seconds: number }): Sentence => ({
    summary: `Another process has ${d.database} open, and did not close it within ${d.seconds} seconds.`,
    why: 'A folder of PGlite is destroyed when two processes work in it.',
    fix: 'Stop the other process, and run the command again.',
  }),
} satisfies Record<string, (details: never) => Sentence>
