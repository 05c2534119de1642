import type { Operation } from '../operations/operation.ts'
import { keysOf } from './keys.ts'
import type { Rule, RuleContext } from './rule.ts'
import { rules } from './rules.ts'

/** What two operations about the same thing come to, as if nothing stood between them; undefined when both are needed as they are. */
export function reduce(first: Operation, second: Operation, context: RuleContext): readonly Operation[] | undefined {
  // The table pairs each rule with the operations of its two kinds.
  const rule = rules[first.kind][second.kind] as Rule<typeof first.kind, typeof second.kind> | undefined
  return rule?.(first as never, second as never, context)
}

/** Whether two operations are about the same thing, and there is a rule for them. */
export function mayReduce(first: Operation, second: Operation): boolean {
  if (rules[first.kind][second.kind] === undefined) return false
  const { looks } = keysOf(second)
  return keysOf(first).found.some((key) => looks.includes(key))
}
