import type { Dialect as KyselyDialect } from 'kysely'
import type { Row, Session } from '../../schema/dialect.ts'
import type { Sql } from '../../schema/sql.ts'
import { kyselysOver } from '../shared/kyselys.ts'
import { pinnedDialect } from '../shared/pinned-dialect.ts'
import { loadKysely } from '../shared/quiet-loading.ts'
import { rawQuery } from '../shared/raw-query.ts'
import type { Patience } from '../shared/wire.ts'
import { readDependents } from './dependents.ts'
import { postgres } from './dialect.ts'
import { readFacts } from './facts.ts'
import { inspect } from './inspect.ts'
import type { LiveConnection } from './live-connection.ts'
import { lockDatabase } from './lock.ts'
import type { Server } from './read-server.ts'
import { restoreSettings, setsSomething } from './settings.ts'
import { splitStatements } from './split-statements.ts'
import { quoted, toStatement } from './statement-text.ts'
import { inOneTransaction, outsideTransactions } from './transaction.ts'
import { isTransactionless, refuseTransactionControl } from './transaction-control.ts'

/** An open connection that was found fit, before a session is made of it. */
export interface OpenConnection {
  readonly label: string
  readonly connection: LiveConnection
  /** What the server is and where on it the connection stands. */
  readonly server: Server
  readonly patience: Patience
  /** Asks the server to stop the statement under way. */
  readonly cancel: () => Promise<void>
  readonly close: () => Promise<void>
}

/** Makes a session of a connection to PostgreSQL. */
export function createSession(open: OpenConnection): Session {
  const { label, connection, server, patience } = open
  const { inTransaction, hasFailed } = connection
  const query = async (statement: Sql): Promise<readonly Row[]> => {
    const { text, parameters } = toStatement(statement)
    return (await connection.executeQuery<Row>(rawQuery(text, parameters))).rows
  }
  const send = async (statement: string): Promise<void> => {
    await connection.executeQuery(rawQuery(statement))
  }
  const host = { label, patience, send, inTransaction, hasFailed }
  let isPatient = false
  const patiently = async <T>(body: () => Promise<T>): Promise<T> => {
    if (isPatient) return body()
    isPatient = true
    return outsideTransactions(host, body).finally(() => {
      isPatient = false
    })
  }
  const kyselys = kyselysOver(() => kyselyDialect(open, send))
  return {
    dialect: postgres(server.version),
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
        if (inTransaction()) {
          refuseTransactionControl(statement, label)
          await send(statement)
        } else if (isTransactionless(statement)) await patiently(() => send(statement))
        else await send(statement)
      }
      if (setsSomething(text)) await restoreSettings(send, server.searchPath)
    },
    transaction: (body) => inOneTransaction(host, body),
    outsideTransaction: patiently,
    isBusy: connection.isBusy,
    async cancel() {
      if (!connection.isBusy()) return
      connection.expectCancel()
      await open.cancel()
    },
    dependents: (changes, before) => readDependents(changes, before, query),
    canSuspendForeignKeys: false,
    inspect: (options) => inspect(query, options),
    facts: (changes) => readFacts(changes, query),
    lock: (options) => lockDatabase(query, { label, ...server }, options),
    async close() {
      await kyselys.destroy()
      await open.close()
    },
  }
}

/** What code sends by Kysely goes over the session's connection, but for what would end the session's transaction. */
function kyselyDialect(
  { connection, label }: OpenConnection,
  send: (statement: string) => Promise<void>,
): KyselyDialect {
  const { PGliteAdapter, PostgresIntrospector, PostgresQueryCompiler } = loadKysely()
  const { inTransaction } = connection
  return pinnedDialect(
    {
      // The adapter for one connection, over which Kysely lets one transaction run at a time.
      createAdapter: () => new PGliteAdapter(),
      createIntrospector: (db) => new PostgresIntrospector(db),
      createQueryCompiler: () => new PostgresQueryCompiler(),
    },
    {
      connection: {
        executeQuery: async (query) => {
          if (inTransaction()) refuseTransactionControl(query.sql, label)
          return connection.executeQuery(query)
        },
        streamQuery: (query, chunkSize) => connection.streamQuery(query, chunkSize),
      },
      send,
      inTransaction,
      begin: 'BEGIN',
      quoted,
    },
  )
}
