import type { Change } from './change.ts'
import type { Sql } from './sql.ts'

/** One SQL statement, with what is known of it. */
export interface StatementStep {
  readonly kind: 'statement'
  readonly sql: Sql
  /** The statement cannot run inside a transaction. */
  readonly outsideTransaction?: true
  /**
   * The server commits it by itself, and whatever was open before it: what is so in the schema once it is through, and was not before. Absent: it
   * belongs into a transaction, as every statement does where DDL is transactional, and as what writes rows does everywhere.
   */
  readonly makes?: readonly Change[]
  /** The same statement where the server may take any way to carry it out, however dear; absent where no way was asked for. */
  readonly relaxed?: Sql
  /** Every row is written again. */
  readonly rewrites?: true
  /** Every row is read while the table is locked. */
  readonly scans?: true
  /** One line for people, where the statement does not speak for itself. */
  readonly note?: string
}

/** Runs a query and keeps its rows under a key, for a later `compare`. */
export interface RememberStep {
  readonly kind: 'remember'
  readonly key: string
  readonly query: Sql
}

/** Runs a query again; rows other than the remembered ones stop the migration, and its transaction with it. */
export interface CompareStep {
  readonly kind: 'compare'
  readonly key: string
  readonly query: Sql
  /** What would have been harmed, in words: `the rows of blog_comment`. */
  readonly subject: string
}

/** The smallest thing that an executor does. Code steps belong to operations, not to a Schema. */
export type Step = StatementStep | RememberStep | CompareStep

/** A read-only question to the data before anything is locked: rows in the answer stand in the way of the plan. */
export interface Precheck {
  /** Answers with one row `{ violations: n, example: text | null }`; n = 0 is what is hoped for. */
  readonly query: Sql
  readonly table: string
  readonly columns: readonly string[]
  readonly problem:
    | 'nulls'
    | 'duplicates'
    | 'orphans'
    | 'tooLong'
    | 'checkViolated'
    | 'notConvertible'
    | 'rowsWithoutValue'
    | 'notOneValue'
  /** What the rows were tested for, in words: `is not null`, `total > 0`. */
  readonly rule: string
}
