import type { DatabaseConnection, Dialect, Driver } from 'kysely'
import { quoted } from './statement-text.ts'

/** What a Kysely driver over the session's one connection needs of it. */
export interface PinnedConnection {
  readonly connection: DatabaseConnection
  /** Sends one statement. */
  readonly send: (statement: string) => Promise<void>
  readonly inTransaction: () => boolean
}

/**
 * Kysely over a connection that is open already. Its transactions become savepoints inside the session's own: a second BEGIN would fail, and a
 * plain BEGIN outside would ask for the right to write too late (https://sqlite.org/lang_transaction.html).
 */
export function pinnedDialect(parts: Omit<Dialect, 'createDriver'>, pinned: PinnedConnection): Dialect {
  return {
    createDriver: () => pinnedDriver(pinned),
    createQueryCompiler: () => parts.createQueryCompiler(),
    createAdapter: () => parts.createAdapter(),
    createIntrospector: (db) => parts.createIntrospector(db),
  }
}

function pinnedDriver({ connection, send, inTransaction }: PinnedConnection): Driver {
  // Kysely lets one transaction run at a time on SQLite, so these nest and never overlap.
  const open: ('transaction' | 'savepoint')[] = []
  const named = (): string => `godwit_kysely_${open.length}`
  return {
    init: async () => {},
    acquireConnection: async () => connection,
    releaseConnection: async () => {},
    destroy: async () => {},
    async beginTransaction() {
      const kind = inTransaction() ? 'savepoint' : 'transaction'
      await send(kind === 'savepoint' ? `SAVEPOINT ${named()}` : 'BEGIN IMMEDIATE')
      open.push(kind)
    },
    async commitTransaction() {
      const kind = open.pop()
      await send(kind === 'savepoint' ? `RELEASE ${named()}` : 'COMMIT')
    },
    async rollbackTransaction() {
      const kind = open.pop()
      if (kind !== 'savepoint') return send('ROLLBACK')
      await send(`ROLLBACK TO ${named()}`)
      await send(`RELEASE ${named()}`)
    },
    async savepoint(_connection, savepoint) {
      await send(`SAVEPOINT ${quoted(savepoint)}`)
    },
    async rollbackToSavepoint(_connection, savepoint) {
      await send(`ROLLBACK TO ${quoted(savepoint)}`)
    },
    async releaseSavepoint(_connection, savepoint) {
      await send(`RELEASE ${quoted(savepoint)}`)
    },
  }
}
