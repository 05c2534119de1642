import { ended } from '../ended.ts'
import type { Sentence } from '../sentence.ts'

const passOn = 'Look at the statement and at the data that it meets; what the database said is above.'

/** A statement in quotes of its own: some databases write names in the quotes that are usual here. */
const statementWas = ({ statement }: { readonly statement: string }): string => {
  const quotes = statement.includes('`') ? '``' : '`'
  return `The statement was ${quotes}${statement}${quotes}.`
}

const inSeconds = (seconds: number): string => `${seconds} second${seconds === 1 ? '' : 's'}`

const held = (holder: string | undefined): string => (holder === undefined ? '' : ` The lock is held by ${holder}.`)

/** Every sentence about what a database that is open does not do. */
export const databaseSentences = {
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
  'database.lockNotAvailable': (d: {
    database: string
    statement: string
    seconds: number
    holder?: string | undefined
  }): Sentence => ({
    summary: `A statement ${d.seconds === 0 ? 'would not wait' : `waited ${inSeconds(d.seconds)}`} for a lock in ${d.database}, and gave up. ${statementWas(d)}${held(d.holder)}`,
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
  'database.valueRefused': (d: { database: string; statement: string; message: string }): Sentence => ({
    summary: `A value does not fit into its column in ${d.database}: ${ended(d.message)} ${statementWas(d)}`,
    fix: 'Change the value, or the rows that hold it, first; or let the column have a type that takes it.',
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
    summary: `Other objects in ${d.database} depend on what a statement changes: ${[d.message, d.objects.join('; ')]
      .filter((text) => text !== '')
      .map(ended)
      .join(' ')} ${statementWas(d)}`,
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
    summary: `Your user may not do this in ${d.database}: ${ended(d.message)} ${statementWas(d)}`,
    fix: 'Run migrations as the owner of the tables, or GRANT the user what is missing.',
  }),
  'database.tableExists': (d: { database: string; statement: string; table: string }): Sentence => ({
    summary: `There is a table ${d.table} in ${d.database} already. ${statementWas(d)}`,
    fix: 'Rename or drop the table, or leave out the statement that makes it.',
  }),
  'database.foreignKeyRefused': (d: { database: string; statement: string; message: string }): Sentence => ({
    summary: `The server refuses a foreign key in ${d.database}: ${ended(d.message)} ${statementWas(d)}`,
    why: 'Both sides of a foreign key must have the same type, sign and collation, and the side that is referred to a unique key.',
    fix: 'Let the column have the type and collation of the one that it refers to, and that one a primary or unique key.',
  }),
  'database.tooWide': (d: { database: string; statement: string; message: string }): Sentence => ({
    summary: `A row or a key would be wider than the server allows in ${d.database}: ${ended(d.message)} ${statementWas(d)}`,
    why: 'A row holds 65,535 bytes besides its texts and blobs, a key 3,072; a character of utf8mb4 counts as four.',
    fix: 'Shorten the columns, give an index `prefixLengths`, or use f.text where f.char is longer than it has to be.',
  }),
  'database.algorithmRefused': (d: { database: string; statement: string; message: string }): Sentence => ({
    summary: `The server cannot make a change in ${d.database} in the way that was planned: ${ended(d.message)} ${statementWas(d)}`,
    why: 'The statement says how it is to be carried out, so that the server refuses rather than copies the table, or locks it, without a word.',
    fix: 'Run the command again with --allow-table-copy when the table can do without writers for that long.',
  }),
  'database.historyKept': (d: { database: string; statement: string; message: string }): Sentence => ({
    summary: `A table in ${d.database} keeps the history of its rows, which the server does not let a statement change: ${ended(d.message)} ${statementWas(d)}`,
    why: 'The rows of the past are altered together with those of today, as if the table had always been as it is then.',
    fix: 'Where that may be, have an administrator run SET GLOBAL system_versioning_alter_history = KEEP, run the command again, and set it back to ERROR.',
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
  'database.delimiter': (_: object): Sentence => ({
    summary:
      'A text of SQL has a DELIMITER in it, which is a command of the client `mysql` and unknown to every server.',
    fix: 'Leave it out, and end the last statement with a semicolon: the body of a trigger or routine is kept together without it.',
  }),
  'database.implicitCommit': (d: { database: string; statement: string; sent: boolean }): Sentence => ({
    summary: d.sent
      ? `A statement has ended the transaction that was open in ${d.database}; what came before it is committed, or gone. ${statementWas(d)}`
      : `A statement would have committed the transaction that is open in ${d.database}, and was not sent. ${statementWas(d)}`,
    why: 'The server commits by itself what changes the schema, and all that was open before it; nothing of that could be taken back together.',
    fix: 'Put the statement into a runSql of its own; code that must run it belongs into a migration that says `atomic: false`.',
  }),
  'database.notInTransaction': (d: { database: string; statement: string | undefined }): Sentence => ({
    summary: `A statement that can be part of no transaction was to run inside one in ${d.database}.${d.statement === undefined ? '' : ` ${statementWas({ statement: d.statement })}`}`,
    fix: 'Put it into a migration of its own that says `atomic: false`.',
  }),
  'database.transactionFailed': (d: { database: string; statement: string }): Sentence => ({
    summary: `A statement failed earlier in this transaction in ${d.database} and its error was caught, so that nothing of it can be kept.`,
    why: 'After such an error the server takes nothing more in a transaction but its end, or has taken it back already.',
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
