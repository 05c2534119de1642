import { canonicalJson } from '../lib/canonical-json.ts'
import { differencesBetween } from '../lib/differences-between.ts'
import { type CanonicalOperation, onlyForwards } from '../operations/canonical.ts'
import { describe } from '../operations/definitions.ts'
import type { Operation } from '../operations/operation.ts'
import type { RecordedOperation } from './recorder.ts'

/** One way in which the operations of a file are not those that were applied. */
export interface OperationEdit {
  readonly kind: 'changed' | 'removed' | 'added' | 'reordered'
  /** As it was applied; absent for one that was added. Of a new order: nothing. */
  readonly before?: RecordedOperation
  /** As the file has it; absent for one that was removed. */
  readonly after?: RecordedOperation
  /** In words, a line each without a full stop. */
  readonly lines: readonly string[]
}

/** How a list of operations differs from what it was; empty when it does not. What has no part in what was done to a database is no difference. */
export function operationEdits(
  recorded: readonly RecordedOperation[],
  onFile: readonly CanonicalOperation[],
): readonly OperationEdit[] {
  const before = recorded.map(onlyForwards)
  const after = onFile.map(onlyForwards)
  const removed = without(before, after)
  const added = without(after, before)
  if (removed.length === 0 && added.length === 0) {
    const isSame = canonicalJson(before) === canonicalJson(after)
    return isSame ? [] : [{ kind: 'reordered', lines: ['the operations are in another order'] }]
  }
  // What is told by the same words on both sides is one operation with other content.
  const partners = Map.groupBy(added, operationInWords)
  const lost: OperationEdit[] = []
  const changed = removed.flatMap((old): readonly OperationEdit[] => {
    const words = operationInWords(old)
    const now = partners.get(words)?.shift()
    if (now !== undefined) return [{ kind: 'changed', before: old, after: now, lines: changesOf(words, old, now) }]
    lost.push({ kind: 'removed', before: old, lines: [`"${words}" was removed`] })
    return []
  })
  const gained = [...partners.values()]
    .flat()
    .map((now): OperationEdit => ({ kind: 'added', after: now, lines: [`"${operationInWords(now)}" was added`] }))
  return [...changed, ...lost, ...gained]
}

/** An operation that was recorded has lost its functions, and with them the words of a custom one. */
export function operationInWords(operation: RecordedOperation): string {
  return operation.kind === 'custom'
    ? `Custom operation ${operation['type']}`
    : describe(operation as unknown as Operation)
}

function changesOf(words: string, old: RecordedOperation, now: RecordedOperation): readonly string[] {
  return differencesBetween(old, now).map((difference) => `"${words}": ${difference}`)
}

/** The operations that have no equal among others; one equal stands for one operation only. */
function without(
  operations: readonly RecordedOperation[],
  others: readonly RecordedOperation[],
): readonly RecordedOperation[] {
  const left = new Map<string, number>()
  for (const other of others) left.set(canonicalJson(other), (left.get(canonicalJson(other)) ?? 0) + 1)
  return operations.filter((operation) => {
    const text = canonicalJson(operation)
    const count = left.get(text) ?? 0
    if (count > 0) left.set(text, count - 1)
    return count === 0
  })
}
