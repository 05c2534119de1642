import type { DatabaseSync, StatementSync } from 'node:sqlite'
import type { CompiledQuery, DatabaseConnection, QueryResult } from 'kysely'
import { fail } from '../../errors/error.ts'
import { bindValue } from './bind-value.ts'
import { databaseError } from './database-error.ts'
import type { Parameter } from './statement-text.ts'

/** A `node:sqlite` database as Kysely's one connection: values are converted and checked, errors name the statement. */
export function nodeConnection(database: DatabaseSync, label: string, busyTimeout: number): DatabaseConnection {
  const prepare = (query: CompiledQuery): { readonly statement: StatementSync; readonly parameters: Parameter[] } => ({
    statement: database.prepare(query.sql),
    parameters: query.parameters.map((content, index) => bound(content, index, query.sql, label)),
  })
  return {
    async executeQuery<Result>(query: CompiledQuery): Promise<QueryResult<Result>> {
      try {
        const { statement, parameters } = prepare(query)
        if (statement.columns().length > 0) {
          return { rows: statement.all(...parameters).map((row) => plain<Result>(row)) }
        }
        const { changes, lastInsertRowid } = statement.run(...parameters)
        return { rows: [], numAffectedRows: BigInt(changes), insertId: BigInt(lastInsertRowid) }
      } catch (error) {
        throw databaseError(error, label, query.sql, busyTimeout)
      }
    },
    async *streamQuery<Result>(query: CompiledQuery): AsyncIterableIterator<QueryResult<Result>> {
      try {
        const { statement, parameters } = prepare(query)
        for (const row of statement.iterate(...parameters)) yield { rows: [plain<Result>(row)] }
      } catch (error) {
        throw databaseError(error, label, query.sql, busyTimeout)
      }
    },
  }
}

function bound(content: unknown, index: number, statement: string, database: string): Parameter {
  const result = bindValue(content)
  return 'parameter' in result
    ? result.parameter
    : fail('database.valueNotBound', { database, statement, position: index + 1, problem: result.problem })
}

/** Rows come without a prototype, and code that prints or compares them stumbles over that. What they hold is what Kysely's types say. */
function plain<Result>(row: object): Result {
  return { ...row } as Result
}
