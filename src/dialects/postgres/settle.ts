import type { Named, Table } from '../../schema/schema.ts'
import { join, sql } from '../../schema/sql.ts'
import type { Step } from '../../schema/step.ts'
import { besides } from './table-name.ts'
import { statement } from './work.ts'

/**
 * Where constraints wait for the end of the transaction, what was written and is left to be checked would stand in the way of an ALTER TABLE that
 * follows: "pending trigger events". They are checked now, and wait again for whoever counts on it. `dropped` are constraints that are gone by then.
 */
export function settleConstraints(
  table: string,
  { foreignKeys, uniques, exclusions = [] }: Pick<Table, 'foreignKeys' | 'uniques' | 'exclusions'>,
  dropped: readonly Named[] = [],
): readonly Step[] {
  const waiting = [...foreignKeys, ...uniques, ...exclusions]
    .filter(
      ({ name: constraint, deferrable }) =>
        deferrable === 'deferred' && !dropped.some((other) => other.name === constraint),
    )
    .map((constraint) => besides(table, constraint.name))
  if (waiting.length === 0) return []
  return [
    {
      ...statement(sql`SET CONSTRAINTS ${join(waiting)} IMMEDIATE`),
      note: 'the server alters no table while rows of it wait for a check',
    },
    statement(sql`SET CONSTRAINTS ${join(waiting)} DEFERRED`),
  ]
}
