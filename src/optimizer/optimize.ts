import type { Operation } from '../operations/operation.ts'
import { footprintOf } from './footprint.ts'
import { insertSorted, occupancy } from './occupancy.ts'
import { reduce, resultOf, subjectOf } from './reduce.ts'

/** Fewer operations of one app that lead to the same State: those of one model are merged where nothing between them stands in the way. */
export function optimize(operations: readonly Operation[], app: string): readonly Operation[] {
  const optimized = pass(operations, app)
  return optimized.length < operations.length ? optimize(optimized, app) : optimized
}

/**
 * Takes the operations one after the other and merges each with an earlier one of its model, if it can go there (*left*) or the earlier one can come
 * (*right*). Earlier ones are found by model and obstacles by part, so that no step walks over the whole list.
 */
function pass(operations: readonly Operation[], app: string): readonly Operation[] {
  const kept = keeper(app)
  for (const operation of operations) {
    let current: Operation | undefined = operation
    while (current !== undefined) current = kept.take(current)
  }
  return kept.operations()
}

/** The operations kept so far: a list with gaps, where a merge took one away. */
function keeper(app: string): {
  /** Keeps an operation, or merges it with one that was kept; answers with the merged one where that must be kept in its turn. */
  readonly take: (operation: Operation) => Operation | undefined
  readonly operations: () => readonly Operation[]
} {
  const slots: (Operation | undefined)[] = []
  const byModel = new Map<string, number[]>()
  const occupied = occupancy((position) => slots[position] === undefined)
  let barrier = -1

  const put = (position: number, operation: Operation): void => {
    slots[position] = operation
    const footprint = footprintOf(operation, app)
    if (footprint === 'barrier') barrier = position
    occupied.note(position, footprint)
    const model = resultOf(operation)
    if (model === undefined) return
    const positions = byModel.get(model) ?? []
    insertSorted(positions, position)
    byModel.set(model, positions)
  }

  const take = (operation: Operation): Operation | undefined => {
    const positions = byModel.get(subjectOf(operation) ?? '') ?? []
    const footprint = footprintOf(operation, app)
    for (let index = positions.length - 1; index >= 0; index -= 1) {
      const position = positions[index] ?? 0
      if (position <= barrier) break
      const earlier = slots[position]
      const reduced = earlier && reduce(earlier, operation, app)
      if (earlier === undefined || reduced === undefined) continue
      const [result] = reduced
      if (occupied.canPass(footprint, position)) {
        if (result === undefined) slots[position] = undefined
        else put(position, result)
        return undefined
      }
      if (occupied.canPass(footprintOf(earlier, app), position)) {
        slots[position] = undefined
        return result
      }
    }
    put(slots.length, operation)
    return undefined
  }

  return { take, operations: () => slots.filter((operation) => operation !== undefined) }
}
