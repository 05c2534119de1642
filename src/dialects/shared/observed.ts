import type { CompiledQuery, DatabaseConnection } from 'kysely'

/** Told of every statement, before it is sent and after it has succeeded. */
export type Observer = (phase: 'before' | 'after', statement: string) => void

/** A connection that tells an observer of all that goes through it. Nothing goes past it: transactions and pragmas are statements too. */
export function observed(connection: DatabaseConnection, observe: Observer | undefined): DatabaseConnection {
  if (observe === undefined) return connection
  return {
    ...connection,
    async executeQuery<Result>(query: CompiledQuery) {
      observe('before', query.sql)
      const result = await connection.executeQuery<Result>(query)
      observe('after', query.sql)
      return result
    },
  }
}
