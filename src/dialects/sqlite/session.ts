import type { CompiledQuery, DatabaseConnection, Dialect as KyselyDialect } from 'kysely'
import { fail } from '../../errors/error.ts'
import type { Dialect, Row, Session } from '../../schema/dialect.ts'
import { type Sql, verbatim } from '../../schema/sql.ts'
import { splitStatements } from '../../schema/statements.ts'
import { isToken, tokenize } from '../../schema/tokens.ts'
import { kyselysOver } from '../shared/kyselys.ts'
import { pinnedDialect } from '../shared/pinned-dialect.ts'
import { rawQuery } from '../shared/raw-query.ts'
import { capabilitiesOf } from './capabilities.ts'
import { databaseError } from './database-error.ts'
import { sqlite } from './dialect.ts'
import { readFacts } from './facts.ts'
import { inspect } from './inspect.ts'
import { lockDatabaseFile, noLock } from './lock.ts'
import { quoted, toStatement } from './statement-text.ts'
import { inOneTransaction } from './transaction.ts'

/** An open connection, before a session is made of it. */
export interface OpenConnection {
  readonly label: string
  readonly connection: DatabaseConnection
  /** What Kysely needs besides the connection. */
  readonly parts: Omit<KyselyDialect, 'createDriver'>
  /** Whether a transaction is open, where the driver can tell. */
  readonly isTransaction?: () => boolean
  readonly canSuspendForeignKeys: boolean
  /** How long a statement waits for another connection, in milliseconds. */
  readonly busyTimeout: number
  /** Plans as for a server of this version instead of its own. */
  readonly planAs?: string
  readonly close: () => Promise<void>
}

/** Makes a session of a connection to SQLite. */
export async function createSession(open: OpenConnection): Promise<Session> {
  const { label, canSuspendForeignKeys } = open
  const { connection, isBusy } = counted(open.connection)
  const run = async (query: CompiledQuery): Promise<readonly Row[]> => {
    try {
      return (await connection.executeQuery<Row>(query)).rows
    } catch (error) {
      throw databaseError(error, label, query.sql, open.busyTimeout)
    }
  }
  let begun = false
  const send = async (statement: string): Promise<void> => {
    await run(rawQuery(statement))
    if (statement === 'BEGIN IMMEDIATE') begun = true
    if (statement === 'COMMIT' || statement === 'ROLLBACK') begun = false
  }
  const inTransaction = open.isTransaction ?? ((): boolean => begun)
  const query = (statement: Sql): Promise<readonly Row[]> => {
    const { text, parameters } = toStatement(statement)
    return run(rawQuery(text, parameters))
  }
  const firstValue = async (text: string): Promise<unknown> => Object.values((await query(verbatim(text)))[0] ?? {})[0]
  const dialect: Dialect = sqlite(open.planAs ?? String(await firstValue('SELECT sqlite_version()')))
  const capabilities = capabilitiesOf(dialect.version)
  const file = String((await firstValue("SELECT file FROM pragma_database_list WHERE name = 'main'")) ?? '')
  const foreignKeys = {
    areOn: async () => Number(await firstValue('PRAGMA foreign_keys')) === 1,
    set: (on: boolean) => send(`PRAGMA foreign_keys = ${on ? 'ON' : 'OFF'}`),
  }
  const host = { label, canSuspendForeignKeys, send, inTransaction, foreignKeys }
  const dialectForKysely = pinnedDialect(open.parts, {
    connection: guarded(connection, label, inTransaction),
    send,
    inTransaction,
    // A plain BEGIN would ask for the right to write too late (https://sqlite.org/lang_transaction.html).
    begin: 'BEGIN IMMEDIATE',
    quoted,
  })
  const kyselys = kyselysOver(() => dialectForKysely)
  return {
    dialect,
    label,
    get kysely() {
      return kyselys.main()
    },
    get kyselyAlongside() {
      return kyselys.alongside()
    },
    query,
    async script(text) {
      for (const statement of splitStatements(text)) {
        refuseTransactionControl(statement, label, inTransaction())
        await send(statement)
      }
    },
    transaction: (body, options) => inOneTransaction(host, body, options?.suspendForeignKeys === true),
    // SQLite waits for locks no longer than its busy timeout, and has none of statements.
    outsideTransaction: (body) => body(),
    isBusy,
    // The driver is synchronous: no statement is under way while anything else runs.
    cancel: async () => {},
    // A rebuild carries everything over, and refuses what it cannot.
    dependents: async () => [],
    canSuspendForeignKeys,
    inspect: (options) => inspect(query, options?.tables),
    facts: (changes, foreignKeys) => readFacts(changes, capabilities, query, foreignKeys),
    lock: (options) => (file === '' ? Promise.resolve(noLock) : lockDatabaseFile(file, label, options)),
    async close() {
      await kyselys.destroy()
      await open.close()
    },
  }
}

/** The connection, and whether a statement is under way: a driver of somebody else's may take its time. */
function counted(connection: DatabaseConnection) {
  let underWay = 0
  const executeQuery: DatabaseConnection['executeQuery'] = async (query) => {
    underWay += 1
    try {
      return await connection.executeQuery(query)
    } finally {
      underWay -= 1
    }
  }
  const streamQuery: DatabaseConnection['streamQuery'] = (query, chunkSize) => connection.streamQuery(query, chunkSize)
  return { connection: { executeQuery, streamQuery }, isBusy: () => underWay > 0 }
}

/** What code sends by Kysely; its own `transaction()` goes another way. */
function guarded(connection: DatabaseConnection, label: string, inTransaction: () => boolean): DatabaseConnection {
  return {
    executeQuery: async (query) => {
      refuseTransactionControl(query.sql, label, inTransaction())
      return connection.executeQuery(query)
    },
    streamQuery: (query, chunkSize) => connection.streamQuery(query, chunkSize),
  }
}

/** A COMMIT inside a migration would end its transaction half-way, and the record with it. */
function refuseTransactionControl(statement: string, database: string, inTransaction: boolean): void {
  // Most statements are told by their first letters; only one that may begin with a comment has to be read.
  if (!inTransaction || !/^\s*(--|\/\*|begin|commit|end|rollback)/i.test(statement)) return
  const [first] = tokenize(statement)
  if (isToken(first, 'begin', 'commit', 'end', 'rollback')) {
    fail('database.transactionControl', { database, statement })
  }
}
