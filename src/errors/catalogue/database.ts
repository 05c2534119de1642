import { didYouMean } from '../../lib/did-you-mean.ts'
import { ended } from '../ended.ts'
import type { Sentence } from '../sentence.ts'

const passOn = 'Look at the statement and at the data that it meets; what the database said is above.'

const statementWas = (d: { readonly statement: string }): string => `The statement was \`${d.statement}\`.`

const held = (holder: string | undefined): string => (holder === undefined ? '' : ` The lock is held by ${holder}.`)

/** What a server calls itself. */
type Product = 'SQLite' | 'PostgreSQL'

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
    'Check that the port is that of a PostgreSQL server, and whether it wants encryption: `?sslmode=require`.',
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

/** Every sentence about connections and databases. */
export const databaseSentences = {
  'database.unknownUrl': (d: { scheme: string | undefined }): Sentence => ({
    summary:
      d.scheme === undefined
        ? 'A database in godwit.config.ts is given by a URL that cannot be read.'
        : `No database is known by the scheme "${d.scheme}:" in godwit.config.ts.`,
    fix: "Write a URL such as 'sqlite:./app.db', 'postgres://user@host:5432/database' or 'pglite:./data'; paths are relative to the config's folder.",
  }),
  'database.unknownKind': (d: { kind: string; known: readonly string[] }): Sentence => ({
    summary: `No SQL can be written for "${d.kind}".${didYouMean(d.kind, d.known)}`,
    why: `This version of Godwit speaks ${d.known.join(', ')}.`,
    fix: `Name a kind of database that it speaks (\`--dialect ${d.known[0]}\`), or none, for that of the config.`,
  }),
  'database.notSpokenYet': (d: { kind: string }): Sentence => ({
    summary: `This version of Godwit speaks SQLite and PostgreSQL only, and the config names a ${d.kind} database.`,
    fix: "Name a PostgreSQL database in the config, 'postgres://user@host:5432/database', or an SQLite file, 'sqlite:./app.db'.",
  }),
  'database.noScratch': (d: { kind: string }): Sentence => ({
    summary: `No scratch database can be made: the config gives a Kysely dialect of your own (${d.kind}), which leads to one database.`,
    fix: 'Name the database by a URL in the config, or give createTestDatabase a `url`.',
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
        : "Use a driver that keeps a connection open, such as Godwit's own ('postgres://user@host:5432/database', by pg); one over HTTP does not.",
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
    fix: 'Name the direct connection to the server in the config (its port is mostly 5432), or one that the pooler keeps for a whole session.',
  }),
  'database.writesRefused': (d: { database: string; reason: 'replica' | 'setting' }): Sentence => ({
    summary:
      d.reason === 'replica'
        ? `${d.database} is a replica, which takes no writes.`
        : `${d.database} takes no writes: transactions there are read-only.`,
    fix:
      d.reason === 'replica'
        ? 'Name the primary server in the config.'
        : 'Name the primary server, or a role and database where `default_transaction_read_only` is off.',
  }),
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
  'database.loginRefused': (d: { database: string; message: string }): Sentence => ({
    summary: `The server of ${d.database} refused to let you in: ${ended(d.message)}`,
    fix: 'Check user and password in the URL (or PGUSER and PGPASSWORD), and that pg_hba.conf of the server lets you in from here.',
  }),
  'database.noSuchDatabase': (d: { database: string; message: string; name: string | undefined }): Sentence => ({
    summary: `There is no database at ${d.database}: ${ended(d.message)}`,
    fix: `Create it (\`createdb ${d.name ?? 'name'}\`, or \`CREATE DATABASE\` on another database of the server), or correct its name in the config.`,
  }),
  'database.connectionLost': (d: { database: string; statement: string; message: string }): Sentence => ({
    summary: `The connection to ${d.database} was lost: ${ended(d.message)} ${statementWas(d)}`,
    why: 'The server rolls back a transaction whose connection is gone. A statement outside of one may have taken effect.',
    fix: 'Run the command again: it reads from the record what was done, and goes on from there.',
  }),
  'database.commitUnknown': (d: { database: string; message: string }): Sentence => ({
    summary: `The connection to ${d.database} was lost while a transaction was being committed, so it is not known whether it was: ${ended(d.message)}`,
    why: 'Either all of it took effect, its record included, or nothing did.',
    fix: 'Run the command again: it reads from the record what was done, and goes on from there.',
  }),
  'database.cannotOpen': (d: { database: string; message: string }): Sentence => ({
    summary: `The database ${d.database} cannot be opened: ${ended(d.message)}`,
    fix: 'Create the folder that the URL names, and see that you may write there.',
  }),
  'database.notADatabase': (d: { database: string; product: 'SQLite' | 'PGlite'; message: string }): Sentence => ({
    summary: `${d.database} is no ${d.product} database, or a damaged one: ${ended(d.message)}`,
    fix: `Check the path in godwit.config.ts; put the ${d.product === 'SQLite' ? 'file' : 'folder'} back from a backup when it is the right one.`,
  }),
  'database.readOnly': (d: { database: string; statement: string }): Sentence => ({
    summary: `The database ${d.database} cannot be written.`,
    fix: 'Give yourself write permission to the file and to its folder, where SQLite keeps its journal.',
  }),
  'database.full': (d: { database: string; message: string }): Sentence => ({
    summary: `The database ${d.database} could not be written to its disk: ${ended(d.message)}`,
    fix: 'Free some space (a rebuilt table needs its size again while it is copied) and run the command once more.',
  }),
  'database.locked': (d: { database: string; seconds: number }): Sentence => ({
    summary: `The database ${d.database} was in use by another connection for longer than ${d.seconds} seconds.`,
    why: 'SQLite lets one connection write at a time, and another one has a transaction open.',
    fix: 'Stop or finish what else is writing to the file, and run the command again.',
  }),
  'database.inUse': (d: { database: string; seconds: number }): Sentence => ({
    summary: `Another process has ${d.database} open, and did not close it within ${d.seconds} seconds.`,
    why: 'A folder of PGlite is destroyed when two processes work in it.',
    fix: 'Stop the other process, and run the command again.',
  }),
  'database.lockNotAvailable': (d: {
    database: string
    statement: string
    seconds: number
    holder?: string | undefined
  }): Sentence => ({
    summary: `A statement ${d.seconds === 0 ? 'would not wait' : `waited ${d.seconds} seconds`} for a lock in ${d.database}, and gave up. ${statementWas(d)}${held(d.holder)}`,
    why: 'Whoever wants the table after it has to wait behind it, even to read, so that it does not wait long.',
    fix: 'Run the command again when the table is less busy, end the transaction that holds it, or allow a longer wait with --lock-timeout.',
  }),
  'database.statementTimeout': (d: { database: string; statement: string; seconds: number }): Sentence => ({
    summary: `A statement took longer than the ${d.seconds} seconds that it was allowed in ${d.database}, and was stopped. ${statementWas(d)}`,
    fix: 'Allow a longer time with --statement-timeout, or none by leaving it out.',
  }),
  'database.cancelled': (d: { database: string; statement: string }): Sentence => ({
    summary: `A statement was stopped on request in ${d.database}. ${statementWas(d)}`,
    fix: 'Run the command again: what the statement did was undone.',
  }),
  'database.deadlock': (d: { database: string; statement: string; message: string }): Sentence => ({
    summary: `A statement and another transaction in ${d.database} waited for each other, and the server stopped this one: ${ended(d.message)} ${statementWas(d)}`,
    fix: 'Run the command again; what the transaction did was undone.',
  }),
  'database.serializationFailed': (d: { database: string; statement: string; message: string }): Sentence => ({
    summary: `Another transaction in ${d.database} changed what this one works on: ${ended(d.message)} ${statementWas(d)}`,
    fix: 'Run the command again; what the transaction did was undone.',
  }),
  'database.lockTimeout': (d: { database: string; seconds: number; holder?: string | undefined }): Sentence => ({
    summary: `Another process has been migrating ${d.database} for the ${d.seconds} seconds that were allowed for waiting.${held(d.holder)}`,
    fix: 'Wait until it is done and run the command again, or allow a longer time.',
  }),
  'database.constraintFailed': (d: { database: string; statement: string; message: string }): Sentence => ({
    summary: `The data in ${d.database} breaks a constraint: ${ended(d.message)} ${statementWas(d)}`,
    fix: 'Change the rows that break it first, or leave the constraint out.',
  }),
  'database.brokenObject': (d: { database: string; statement: string; message: string; object: string }): Sentence => ({
    summary: `SQLite refused a change in ${d.database} because ${d.object} would not work: ${ended(d.message)} ${statementWas(d)}`,
    fix: `Drop or mend ${d.object} in a runSql before this change, and create it again behind it.`,
  }),
  'database.dependedOn': (d: {
    database: string
    statement: string
    message: string
    objects: readonly string[]
  }): Sentence => ({
    summary: `Other objects in ${d.database} depend on what a statement changes: ${ended(d.message)} ${ended(d.objects.join('; '))} ${statementWas(d)}`,
    fix: 'Drop these objects in a runSql before this change, and create them again behind it.',
  }),
  'database.objectInUse': (d: { database: string; statement: string; message: string }): Sentence => ({
    summary: `A statement meets something that is still in use in ${d.database}: ${ended(d.message)} ${statementWas(d)}`,
    why: 'Rows whose foreign keys are checked at the end of the transaction keep their table from being changed until then.',
    fix: 'Put the change of the data and the change of the table into migrations of their own, or run `SET CONSTRAINTS ALL IMMEDIATE` in between.',
  }),
  'database.enumValueTooNew': (d: { database: string; statement: string; message: string }): Sentence => ({
    summary: `A value of an enum is used in the transaction that added it, in ${d.database}: ${ended(d.message)} ${statementWas(d)}`,
    fix: 'Use the value in a later migration than the one that adds it.',
  }),
  'database.extensionUnavailable': (d: { database: string; statement: string; message: string }): Sentence => ({
    summary: `An extension cannot be created in ${d.database}: ${ended(d.message)} ${statementWas(d)}`,
    fix: 'Install the package that brings it where the server runs, or choose another server; PGlite has those that come with it.',
  }),
  'database.notPermitted': (d: { database: string; statement: string; message: string }): Sentence => ({
    summary: `Your role may not do this in ${d.database}: ${ended(d.message)} ${statementWas(d)}`,
    fix: 'Run migrations as the owner of the tables, or GRANT the role what is missing.',
  }),
  'database.tableExists': (d: { database: string; statement: string; table: string }): Sentence => ({
    summary: `There is a table ${d.table} in ${d.database} already. ${statementWas(d)}`,
    fix: 'Rename or drop the table, or leave out the statement that makes it.',
  }),
  'database.nameTaken': (d: { database: string; statement: string; message: string }): Sentence => ({
    summary: `A name that a statement gives is taken in ${d.database}: ${ended(d.message)} ${statementWas(d)}`,
    fix: 'Rename or drop what has the name, or give another one.',
  }),
  'database.statementFailed': (d: {
    database: string
    statement: string
    message: string
    code: string | number | undefined
  }): Sentence => ({
    summary: `A statement failed in ${d.database}: ${ended(d.message)} ${statementWas(d)}`,
    fix: passOn,
  }),
  'database.valueNotBound': (d: {
    database: string
    statement: string
    position: number
    problem: string
  }): Sentence => ({
    summary: `Parameter ${d.position} of a statement cannot be sent to ${d.database}: ${d.problem}. ${statementWas(d)}`,
    fix: 'Give null, a boolean, a finite number, a bigint, a string, a Date, bytes, or a plain object or array (sent as JSON).',
  }),
  'database.integerTooLarge': (d: { database: string; statement: string }): Sentence => ({
    summary: `A query in ${d.database} returned an integer that no JavaScript number can hold. ${statementWas(d)}`,
    why: 'Beyond 2^53 a number loses its last digits, silently.',
    fix: 'Select the column as text: `cast(column as text)`.',
  }),
  'database.transactionOpen': (d: { database: string }): Sentence => ({
    summary: `A transaction was begun in ${d.database} while another one is open on the same connection.`,
    fix: 'Do the work inside the transaction that is open.',
  }),
  'database.transactionControl': (d: { database: string; statement: string }): Sentence => ({
    summary: `A statement that begins or ends a transaction cannot be run inside the one that is open in ${d.database}. ${statementWas(d)}`,
    fix: 'Leave BEGIN, COMMIT and ROLLBACK out: a migration runs in a transaction of its own, unless it says `atomic: false`.',
  }),
  'database.notInTransaction': (d: { database: string; statement: string | undefined }): Sentence => ({
    summary: `A statement that can be part of no transaction was to run inside one in ${d.database}.${d.statement === undefined ? '' : ` ${statementWas({ statement: d.statement })}`}`,
    fix: 'Put it into a migration of its own that says `atomic: false`.',
  }),
  'database.transactionFailed': (d: { database: string; statement: string }): Sentence => ({
    summary: `A statement failed earlier in this transaction in ${d.database} and its error was caught, so that nothing of it can be kept.`,
    why: 'After an error, PostgreSQL takes nothing more in a transaction but its end.',
    fix: 'Put what may fail into `db.transaction().execute(…)`, which is undone by itself, or let the error through.',
  }),
  'database.foreignKeysStayOn': (d: { database: string }): Sentence => ({
    summary: `Foreign keys could not be switched off in ${d.database}, so nothing was done.`,
    why: 'With foreign keys on, rebuilding a table deletes or empties the rows that refer to it.',
    fix: 'Close the transaction that is open on this connection, or let Godwit open the file itself.',
  }),
  'database.foreignKeysStayOff': (d: { database: string }): Sentence => ({
    summary: `Foreign keys could not be switched on again in ${d.database}.`,
    fix: 'Run the command again on a new connection; nothing was lost.',
  }),
  'database.sqlMissing': (d: { database: string; given: readonly string[] }): Sentence => ({
    summary: `An expression written as SQL has no text for ${d.database} (it has ${d.given.join(', ') || 'none'}).`,
    fix: `Add a \`${d.database}\` key to it, or give one string for all databases.`,
  }),
  'database.expressionRefused': (d: {
    database: string
    table: string
    what: string
    expression: string
    message: string
  }): Sentence => ({
    summary: `${d.database} refuses ${d.what} of table ${d.table}, \`${d.expression}\`: ${ended(d.message)}`,
    why: 'To compare what is declared with what is there, the database itself spells what is declared, on a temporary table that is taken back.',
    fix: 'Correct it in the model. Where it names a function, type or extension that the database lacks, make that first.',
  }),
  'database.stillReferenced': (d: { table: string; by: string }): Sentence => ({
    summary: `Table ${d.table} cannot be dropped: ${d.by} has a foreign key to it and stays.`,
    why: 'Dropping it would delete or empty rows of the other table, or leave its foreign key pointing at nothing.',
    fix: `Drop or change the foreign key of ${d.by} first.`,
  }),
  'database.cannotDropCycle': (d: { table: string }): Sentence => ({
    summary: `Table ${d.table} cannot be replaced while foreign keys are enforced: it stands in a circle of foreign keys that has no table to begin with.`,
    why: 'Foreign keys stay on where code steps share the transaction or the connection cannot switch them off.',
    fix: 'Put the schema changes and the code into migrations of their own.',
  }),
  'database.columnTaken': (d: { table: string; column: string }): Sentence => ({
    summary: `Table ${d.table} already has a column ${d.column} that no migration made.`,
    fix: 'Drop or rename it by hand or in a runSql, or let the model use another column name.',
  }),
  'database.cannotRebuild': (d: { table: string; peculiarities: readonly string[] }): Sentence => ({
    summary: `Table ${d.table} must be rebuilt for this change, and it was made by other hands with ${d.peculiarities.join(' and ')}, which a model cannot say.`,
    why: 'SQLite changes most things of a table by making a new one and copying the rows; that would be lost on the way.',
    fix: 'Make the change yourself in a runSql, inside separateDatabaseAndState.',
  }),
  'database.cannotRebuildEnforced': (d: { table: string; by: string }): Sentence => ({
    summary: `Table ${d.table} cannot be rebuilt while foreign keys are enforced: ${d.by} refers to columns of it that are not its primary key.`,
    why: 'Foreign keys stay on where code steps share the transaction or the connection cannot switch them off.',
    fix: 'Put the schema changes and the code into migrations of their own.',
  }),
} satisfies Record<string, (details: never) => Sentence>
