import type { Operation, OperationKind, Operations } from '../operations/operation.ts'

/** What is known where two operations are looked at. */
export interface RuleContext {
  readonly app: string
  /** Whether nobody is waiting: steps that only keep others from waiting, or only concern rows of a time that is over, may go. */
  readonly elide: boolean
}

/**
 * What two operations of one app that are about the same thing come to, as if nothing stood between them; undefined where both are needed as they are.
 * Two that come to two change places.
 */
export type Rule<First extends OperationKind, Second extends OperationKind> = (
  first: Operations[First],
  second: Operations[Second],
  context: RuleContext,
) => readonly Operation[] | undefined

/** The rules for an operation, by what follows it. */
export type RulesAfter<First extends OperationKind> = {
  readonly [Second in OperationKind]?: Rule<First, Second>
}
