import type { Value } from '../schema/value.ts'
import type { Operation, RunSql, SqlSource } from './operation.ts'
import type { OperationDefinition } from './operation-definition.ts'
import { touchesAnything } from './touching.ts'

/**
 * Runs SQL that Godwit does not read. Give `backwards` to make it reversible (an empty list does nothing), `stateOperations` to tell the State what
 * it does to the models, a text for each database where they differ.
 *
 * @example
 * runSql({
 *   forwards: { sqlite: 'CREATE VIEW paid AS SELECT * FROM billing_invoice', postgres: 'CREATE VIEW …' },
 *   backwards: 'DROP VIEW paid',
 * })
 */
export function runSql(options: Omit<RunSql, 'kind'>): RunSql {
  return { kind: 'runSql', ...options }
}

/** The State follows `stateOperations`, which `applyOperation` applies. */
export const runSqlDefinition: OperationDefinition<RunSql> = {
  symbol: 's',
  describe: () => 'Run SQL',
  nameFragment: () => undefined,
  stateOperations: ({ stateOperations = [] }): readonly Operation[] => stateOperations,
  apply: (_operation, state) => state,
  isReversible: ({ backwards }) => backwards !== undefined,
  touches: () => touchesAnything,
}

/** A text to send: one statement where it has parameters, otherwise a script that may hold several. */
export interface SqlScript {
  readonly sql: string
  readonly parameters: readonly Value[]
}

/** What a source says for one kind of database, empty texts left out; `missing` when it speaks of others only. */
export function statementsFor(source: SqlSource, database: string): readonly SqlScript[] | 'missing' {
  const own = isByDatabase(source) ? source[database] : source
  if (own === undefined) return 'missing'
  return (typeof own === 'string' ? [own] : own)
    .map((statement) =>
      typeof statement === 'string' ? { sql: statement, parameters: [] } : { parameters: [], ...statement },
    )
    .filter(({ sql }) => sql.trim() !== '')
}

type ByDatabase = Exclude<SqlSource, string | readonly unknown[]>

function isByDatabase(source: SqlSource): source is ByDatabase {
  return typeof source === 'object' && !Array.isArray(source)
}
