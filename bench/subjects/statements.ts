import type { SQLInputValue } from 'node:sqlite'

/** One call of the driver, as it was seen. */
export interface SentStatement {
  readonly how: 'exec' | 'run' | 'all' | 'get' | 'iterate'
  readonly sql: string
  readonly parameters: readonly SQLInputValue[]
}
