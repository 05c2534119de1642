import type { DatabaseConnection, Dialect } from 'kysely'

/** A Kysely dialect with connections that were tampered with. */
export function withConnection(
  dialect: Dialect,
  edit: (connection: DatabaseConnection) => DatabaseConnection,
): Dialect {
  return {
    createAdapter: () => dialect.createAdapter(),
    createIntrospector: (db) => dialect.createIntrospector(db),
    createQueryCompiler: () => dialect.createQueryCompiler(),
    createDriver: () => {
      const driver = dialect.createDriver()
      const originals = new WeakMap<DatabaseConnection, DatabaseConnection>()
      return Object.assign(Object.create(driver), {
        init: () => driver.init(),
        destroy: () => driver.destroy(),
        async acquireConnection() {
          const original = await driver.acquireConnection()
          const edited = edit(original)
          originals.set(edited, original)
          return edited
        },
        releaseConnection: (connection: DatabaseConnection) =>
          driver.releaseConnection(originals.get(connection) ?? connection),
      })
    },
  }
}
