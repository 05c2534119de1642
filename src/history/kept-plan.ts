import type { Change } from '../schema/change.ts'

/** One statement of a plan that was decided, as the journal keeps it. */
export interface KeptStatement {
  readonly sql: string
  /** The same, where the server may take any way to carry it out. */
  readonly relaxed?: string
  /** What is so once it is through; the server commits it by itself. Absent: it writes rows, and is part of a transaction. */
  readonly makes?: readonly Change[]
  readonly note?: string
}

/**
 * The plan of one unit, decided once and kept before its first statement is sent: whatever a later run would decide over tables that are no longer what
 * they were, it goes on with this one.
 */
export interface KeptPlan {
  /** The direction whose beginning `made` counts from. It is another than that of the migration once a run was turned round in the middle of the unit. */
  readonly from: 'forwards' | 'backwards'
  /** What was made of the unit before the first statement of this plan. */
  readonly made: readonly Change[]
  readonly statements: readonly KeptStatement[]
}

/** What was made of the unit when so many statements of the plan are done. */
export function madeBy({ made, statements }: KeptPlan, done: number): readonly Change[] {
  return [...made, ...statements.slice(0, done).flatMap(({ makes = [] }) => makes)]
}
