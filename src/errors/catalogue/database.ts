import { didYouMean } from '../../lib/did-you-mean.ts'
import { ended } from '../ended.ts'
import type { Sentence } from '../sentence.ts'

const passOn = 'Look at the statement and at the data that it meets; what the database said is above.'

const statementWas = (d: { readonly statement: string }): string => `The statement was \`${d.statement}\`.`

/** Every sentence about connections and databases. */
export const databaseSentences = {
  'database.unknownUrl': (d: { scheme: string | undefined }): Sentence => ({
    summary:
      d.scheme === undefined
        ? 'A database in godwit.config.ts is given by a URL that cannot be read.'
        : `No database is known by the scheme "${d.scheme}:" in godwit.config.ts.`,
    fix: "Write a URL such as 'sqlite:./app.db' (relative to the config's folder) or 'sqlite::memory:'.",
  }),
  'database.unknownKind': (d: { kind: string; known: readonly string[] }): Sentence => ({
    summary: `No SQL can be written for "${d.kind}".${didYouMean(d.kind, d.known)}`,
    why: `This version of Godwit speaks ${d.known.join(', ')}.`,
    fix: `Name a kind of database that it speaks (\`--dialect ${d.known[0]}\`), or none, for that of the config.`,
  }),
  'database.notSpokenYet': (d: { kind: string }): Sentence => ({
    summary: `This version of Godwit speaks SQLite only, and the config names a ${d.kind} database.`,
    fix: "Name an SQLite file in the config, 'sqlite:./app.db', or use a later version of Godwit.",
  }),
  'database.badSqliteUrl': (d: { problem: string }): Sentence => ({
    summary: `The sqlite: URL in godwit.config.ts ${d.problem}.`,
    fix: "Write 'sqlite:./app.db' for a file relative to the config's folder, 'sqlite:/var/lib/app.db' for an absolute path, or 'sqlite::memory:'.",
  }),
  'database.notASession': (d: { database: string; problem: string }): Sentence => ({
    summary: `The Kysely dialect given for ${d.database} is no session: ${d.problem}.`,
    why: 'A migration needs one connection that keeps its transaction and its temporary tables from one statement to the next.',
    fix: "Use a driver that opens the file itself, such as Godwit's own ('sqlite:./app.db') or better-sqlite3.",
  }),
  'database.tooOld': (d: { database: string; version: string; oldest: string }): Sentence => ({
    summary: `${d.database} is run by SQLite ${d.version}; Godwit needs ${d.oldest} or later.`,
    fix: "Use a newer driver, or Godwit's own: 'sqlite:./app.db'.",
  }),
  'database.cannotOpen': (d: { database: string; message: string }): Sentence => ({
    summary: `The database ${d.database} cannot be opened: ${ended(d.message)}`,
    fix: 'Create the folder that the URL names, and see that you may write there.',
  }),
  'database.notADatabase': (d: { database: string; message: string }): Sentence => ({
    summary: `${d.database} is no SQLite database, or a damaged one: ${ended(d.message)}`,
    fix: 'Check the path in godwit.config.ts; put the file back from a backup when it is the right one.',
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
  'database.lockTimeout': (d: { database: string; seconds: number }): Sentence => ({
    summary: `Another process has been migrating ${d.database} for the ${d.seconds} seconds that were allowed for waiting.`,
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
  'database.tableExists': (d: { database: string; statement: string; table: string }): Sentence => ({
    summary: `There is a table ${d.table} in ${d.database} already. ${statementWas(d)}`,
    fix: 'Rename or drop the table, or leave out the statement that makes it.',
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
