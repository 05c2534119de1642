import type { Dialect as KyselyDialect } from 'kysely'
import type { Row, Session } from '../../schema/dialect.ts'
import type { Sql } from '../../schema/sql.ts'
import { kyselysOver } from '../shared/kyselys.ts'
import { pinnedDialect } from '../shared/pinned-dialect.ts'
import { loadKysely } from '../shared/quiet-loading.ts'
import { rawQuery } from '../shared/raw-query.ts'
import type { Wire } from '../shared/wire.ts'
import { readDependents } from './dependents.ts'
import { dialectOf } from './dialect.ts'
import { readFacts } from './facts.ts'
import { inspect } from './inspect.ts'
import type { LiveConnection } from './live-connection.ts'
import { lockDatabase } from './lock.ts'
import type { Server } from './read-server.ts'
import { restoreSettings, setsSomething } from './settings.ts'
import { quoted, toStatement } from './statement-text.ts'
import { statementsOf } from './statements-of.ts'
import { inOneTransaction, outsideTransactions } from './transaction.ts'
import { refuseTransactionControl } from './transaction-control.ts'

/** An open connection that was found fit, before a session is made of it. */
export interface OpenConnection {
  readonly label: string
  readonly connection: LiveConnection
  readonly wire: Wire
  /** What the server is and where on it the connection stands. */
  readonly server: Server
}

/** Makes a session of a connection to MariaDB or MySQL. */
export function createSession(open: OpenConnection): Session {
  const { label, connection, server, wire } = open
  const { inTransaction, guarded } = connection
  const query = async (statement: Sql): Promise<readonly Row[]> => {
    const { text, parameters } = toStatement(statement)
    return (await connection.executeQuery<Row>(rawQuery(text, parameters))).rows
  }
  const send = async (statement: string): Promise<void> => {
    await connection.executeQuery(rawQuery(statement))
  }
  const plainly: Wire['send'] = (text) => connection.executeQuery(rawQuery(text))
  const host = { label, send, inTransaction, guarded }
  const kyselys = kyselysOver(() => kyselyDialect(open, send))
  return {
    dialect: dialectOf(server),
    label,
    get kysely() {
      return kyselys.main()
    },
    get kyselyAlongside() {
      return kyselys.alongside()
    },
    query,
    async script(text) {
      const isOurs = inTransaction()
      for (const { text: statement } of statementsOf(text)) {
        if (isOurs) refuseTransactionControl(statement, label)
        await send(statement)
      }
      if (setsSomething(text)) await restoreSettings(plainly, server, { label, isInTransaction: isOurs })
    },
    transaction: (body) => inOneTransaction(host, body),
    outsideTransaction: (body) => outsideTransactions(host, body),
    isBusy: connection.isBusy,
    cancel: connection.cancel,
    dependents: (changes, before) => readDependents(changes, before, query, server),
    canSuspendForeignKeys: false,
    inspect: (options) => inspect(query, server, options),
    facts: (changes) => readFacts(changes, query, server),
    lock: (options) => lockDatabase(query, { label, ...server }, options),
    async close() {
      await kyselys.destroy()
      await wire.close()
    },
  }
}

/** What code sends by Kysely goes over the session's connection, but for what would end the session's transaction. */
function kyselyDialect(
  { connection, label }: OpenConnection,
  send: (statement: string) => Promise<void>,
): KyselyDialect {
  const { MysqlAdapter, MysqlIntrospector, MysqlQueryCompiler } = loadKysely()
  /** Over one connection, Kysely lets one transaction run at a time. */
  class OneConnectionAdapter extends MysqlAdapter {
    override get supportsMultipleConnections(): boolean {
      return false
    }
  }
  const { inTransaction } = connection
  return pinnedDialect(
    {
      createAdapter: () => new OneConnectionAdapter(),
      createIntrospector: (db) => new MysqlIntrospector(db),
      createQueryCompiler: () => new MysqlQueryCompiler(),
    },
    {
      connection: {
        executeQuery: async (query) => {
          if (inTransaction()) refuseTransactionControl(query.sql, label)
          return connection.executeQuery(query)
        },
        streamQuery: (query, chunkSize) => connection.streamQuery(query, chunkSize),
      },
      async send(statement) {
        // A savepoint goes with its transaction, which a deadlock takes back as a whole: there is nothing left to go back to.
        if (/^(ROLLBACK TO|RELEASE) /.test(statement) && !inTransaction()) return
        await send(statement)
      },
      inTransaction,
      begin: 'START TRANSACTION',
      quoted,
    },
  )
}
