import type { Sql } from '../../schema/sql.ts'
import { join, sql } from '../../schema/sql.ts'
import type { StatementStep, Step } from '../../schema/step.ts'
import { tableName } from './table-name.ts'

/** One part of an ALTER TABLE, with what is known of it. */
export interface Clause extends Pick<StatementStep, 'rewrites' | 'scans'> {
  readonly sql: Sql
}

/**
 * What one change of a table comes to, by when it is due. Clauses of neighbouring slots share one ALTER TABLE, so that rows are read and written once;
 * the server puts what is inside into an order of its own (drops, types, columns, constraints), which this one follows.
 */
export interface Work {
  /** What stands on columns and is no constraint: indexes. Also what cannot share an ALTER TABLE with what follows. */
  readonly first?: readonly Step[]
  /** Columns that come with a value for the rows that exist. */
  readonly filled?: readonly Clause[]
  /** The values of those columns, where they are computed. */
  readonly fills?: readonly Step[]
  readonly constraintsGone?: readonly Clause[]
  readonly columnsGone?: readonly Clause[]
  readonly columns?: readonly Clause[]
  /** Columns that are computed from others, which must be there first. */
  readonly computed?: readonly Clause[]
  readonly types?: readonly Clause[]
  readonly eased?: readonly Clause[]
  /** Renames of constraints, and values for NULLs. */
  readonly between?: readonly Step[]
  readonly required?: readonly Clause[]
  readonly constraints?: readonly Clause[]
  readonly last?: readonly Step[]
}

type Slot = keyof Work

/** The steps of all the work on one table. */
export function stepsOf(table: string, works: readonly Work[]): readonly Step[] {
  const steps = (slot: 'first' | 'fills' | 'between' | 'last'): readonly Step[] =>
    works.flatMap((work) => work[slot] ?? [])
  const clauses = (...slots: readonly Exclude<Slot, 'first' | 'fills' | 'between' | 'last'>[]): readonly Clause[] =>
    slots.flatMap((slot) => works.flatMap((work) => work[slot] ?? []))
  const main = clauses('constraintsGone', 'columnsGone', 'columns', 'computed', 'types', 'eased')
  const final = clauses('required', 'constraints')
  const between = steps('between')
  return [
    ...steps('first'),
    ...alterTable(table, clauses('filled')),
    ...steps('fills'),
    ...(between.length === 0
      ? alterTable(table, [...main, ...final])
      : [...alterTable(table, main), ...between, ...alterTable(table, final)]),
    ...steps('last'),
  ]
}

/** One ALTER TABLE of some clauses; nothing where there are none. */
export function alterTable(table: string, clauses: readonly Clause[]): readonly StatementStep[] {
  if (clauses.length === 0) return []
  return [
    {
      ...statement(sql`ALTER TABLE ${tableName(table)} ${join(clauses.map((clause) => clause.sql))}`),
      ...(clauses.some(({ rewrites }) => rewrites) ? { rewrites: true } : {}),
      ...(clauses.some(({ scans }) => scans) ? { scans: true } : {}),
    },
  ]
}

export function statement(text: Sql): StatementStep {
  return { kind: 'statement', sql: text }
}
