import type { DatabaseConnection, Dialect, Driver } from 'kysely'

/** What a Kysely driver over the session's one connection needs of it. */
export interface PinnedConnection {
  readonly connection: DatabaseConnection
  /** Sends one statement. */
  readonly send: (statement: string) => Promise<void>
  readonly inTransaction: () => boolean
  /** The statement that begins a transaction which can write. */
  readonly begin: string
  /** An identifier in quotes. */
  readonly quoted: (identifier: string) => string
}

/** Kysely over a connection that is open already. Its transactions become savepoints inside the session's own: a second BEGIN would fail. */
export function pinnedDialect(parts: Omit<Dialect, 'createDriver'>, pinned: PinnedConnection): Dialect {
  return {
    createDriver: () => pinnedDriver(pinned),
    createQueryCompiler: () => parts.createQueryCompiler(),
    createAdapter: () => parts.createAdapter(),
    createIntrospector: (db) => parts.createIntrospector(db),
  }
}

function pinnedDriver({ connection, send, inTransaction, begin, quoted }: PinnedConnection): Driver {
  // Kysely lets one transaction run at a time over an adapter of one connection, so these nest and never overlap.
  const open: ('transaction' | 'savepoint')[] = []
  const savepointAt = (depth: number): string => `godwit_kysely_${depth}`
  return {
    init: async () => {},
    acquireConnection: async () => connection,
    releaseConnection: async () => {},
    destroy: async () => {},
    async beginTransaction() {
      const kind = inTransaction() ? 'savepoint' : 'transaction'
      await send(kind === 'savepoint' ? `SAVEPOINT ${savepointAt(open.length + 1)}` : begin)
      open.push(kind)
    },
    async commitTransaction() {
      await send(open.at(-1) === 'savepoint' ? `RELEASE SAVEPOINT ${savepointAt(open.length)}` : 'COMMIT')
      // Only now: when this fails Kysely asks for a rollback, which must not reach further than to where this one began.
      open.pop()
    },
    async rollbackTransaction() {
      const name = savepointAt(open.length)
      if (open.pop() !== 'savepoint') return send('ROLLBACK')
      await send(`ROLLBACK TO ${name}`)
      await send(`RELEASE SAVEPOINT ${name}`)
    },
    async savepoint(_connection, savepoint) {
      await send(`SAVEPOINT ${quoted(savepoint)}`)
    },
    async rollbackToSavepoint(_connection, savepoint) {
      await send(`ROLLBACK TO ${quoted(savepoint)}`)
    },
    async releaseSavepoint(_connection, savepoint) {
      await send(`RELEASE SAVEPOINT ${quoted(savepoint)}`)
    },
  }
}
