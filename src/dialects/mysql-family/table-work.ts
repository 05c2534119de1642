import type { StatementStep } from '../../schema/step.ts'
import { alterations } from './statements.ts'
import type { AlteredTable, Clause } from './work.ts'

/**
 * What one change of a table comes to, by when it is due. Clauses that are due one after the other share an ALTER TABLE where that makes none of them
 * dear.
 */
export interface Work {
  /** Columns that go and leave their name to one that comes, with what stands on them. */
  readonly freed?: readonly Clause[]
  /** Columns that come with a value for the rows that exist. */
  readonly filled?: readonly Clause[]
  /** The values of those columns where they are computed, and values for NULLs. */
  readonly fills?: readonly StatementStep[]
  /** Checks, indexes and foreign keys that go. */
  readonly gone?: readonly Clause[]
  readonly columnsGone?: readonly Clause[]
  /** Columns that come or change. */
  readonly columns?: readonly Clause[]
  /** Columns that are computed from others, which must be there first. */
  readonly computed?: readonly Clause[]
  /** Values for NULLs, where they need what stands above. */
  readonly between?: readonly StatementStep[]
  /** What needs all values to be there, and what has to come with a key. */
  readonly required?: readonly Clause[]
  /** Keys, indexes and checks that come. */
  readonly constraints?: readonly Clause[]
  /** What can't share a statement with anything above. */
  readonly last?: readonly Clause[]
}

type Written = 'fills' | 'between'

/** The steps of all the work on one table. */
export function stepsOf(altered: AlteredTable, works: readonly Work[]): readonly StatementStep[] {
  const clauses = (slot: Exclude<keyof Work, Written>): readonly Clause[] => works.flatMap((work) => work[slot] ?? [])
  const steps = (slot: Written): readonly StatementStep[] => works.flatMap((work) => work[slot] ?? [])
  const freed = clauses('freed')
  const gone = freed.length === 0 ? clauses('gone') : []
  const computed = clauses('computed')
  const between = steps('between')
  const final = [clauses('columnsGone'), clauses('required'), clauses('constraints')]
  // What can go only if something else comes in the same statement waits for it.
  const waits = gone.some(({ together }) => together)
  const first = [
    ...(freed.length === 0 ? [] : alterations(altered, [clauses('gone'), freed])),
    ...alterations(altered, [clauses('filled')]),
    ...steps('fills'),
  ]
  const last = alterations(altered, [clauses('last')])
  if (between.length > 0) {
    return [
      ...first,
      ...alterations(altered, waits ? [clauses('columns')] : [gone, clauses('columns'), computed]),
      ...between,
      ...alterations(altered, waits ? [gone, computed, ...final] : final),
      ...last,
    ]
  }
  const [columnsGone = [], ...rest] = final
  return [...first, ...alterations(altered, [gone, columnsGone, clauses('columns'), computed, ...rest]), ...last]
}
