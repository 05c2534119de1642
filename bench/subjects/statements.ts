import type { SQLInputValue } from 'node:sqlite'

/** One call of SQLite's driver, as it was seen. */
export interface SentStatement {
  readonly how: 'exec' | 'run' | 'all' | 'get' | 'iterate'
  readonly sql: string
  readonly parameters: readonly SQLInputValue[]
}

/** One call of PostgreSQL's driver, as it was seen. */
export interface SentQuery {
  readonly text: string
  readonly values: readonly unknown[]
}
