import type { Change } from '../../schema/change.ts'
import { join, name, type Sql, sql, verbatim } from '../../schema/sql.ts'
import type { StatementStep } from '../../schema/step.ts'
import type { Operation, TableTraits } from './alter-variant.ts'
import { rebuilds } from './costs.ts'
import type { Flavour } from './variant.ts'

/** One part of an ALTER TABLE, with what it makes so and what is known of it. */
export interface Clause {
  readonly sql: Sql
  /** What it asks of the server: one or several, where a column is said anew. */
  readonly operations: readonly Operation[]
  /** What is so once it is through. None where another clause of the same statement makes up for it. */
  readonly makes: readonly Change[]
  /** It says a default that is another one for each row. */
  readonly saysVolatileDefault?: true
  /** It makes sense only in one statement with all the others. */
  readonly together?: true
}

/** What of a table decides what its ALTER TABLE costs, and how it is said. */
export interface AlteredTable {
  readonly table: string
  readonly traits: TableTraits
  readonly flavour: Flavour
}

/**
 * One ALTER TABLE of some clauses, held to what it is planned to cost: the server would take any dearer way without a word otherwise.
 * `relaxed` leaves the way to the server.
 */
export function alterTable({ table, traits, flavour }: AlteredTable, clauses: readonly Clause[]): StatementStep {
  const { alter } = flavour.variant
  const operations = clauses.flatMap((clause) => clause.operations)
  const cost = alter.costOf(operations, traits, flavour.version)
  const relaxed = sql`ALTER TABLE ${name(table)} ${join(clauses.map((clause) => clause.sql))}`
  const reads = operations.some((operation) => operation === 'addForeignKey' || operation === 'addCheck')
  return {
    kind: 'statement',
    sql: sql`${relaxed}, ${verbatim(alter.wordsFor(cost, operations, traits, flavour.version))}`,
    relaxed,
    makes: clauses.flatMap(({ makes }) => makes),
    ...(rebuilds(cost) ? { rewrites: true } : {}),
    ...(reads || cost === 'inPlaceShared' ? { scans: true } : {}),
  }
}

/** A statement that the server commits by itself, and for which there is but one way. */
export function definition(text: Sql, makes: readonly Change[]): StatementStep {
  return { kind: 'statement', sql: text, makes }
}

/** A statement that writes rows: it belongs into a transaction. */
export function writing(text: Sql): StatementStep {
  return { kind: 'statement', sql: text }
}
