import type { Field } from '../fields/field.ts'
import type { Operation } from '../operations/operation.ts'
import type { ProjectState } from '../state/project-state.ts'
import { withoutElidable } from './elidable.ts'
import { footprintOf } from './footprint.ts'
import { withoutIdle } from './idle.ts'
import { keysOf } from './keys.ts'
import { insertSorted, occupancy } from './occupancy.ts'
import { mayReduce, reduce } from './reduce.ts'
import type { RuleContext } from './rule.ts'

export interface OptimizeOptions {
  /**
   * Whether no row can be there yet, as in a squash that begins where its app does: steps that say that they are elidable go, and those that only spare
   * who works meanwhile. Elsewhere a database may still need them.
   */
  readonly elide?: boolean
  /** The State that the operations find; with it, those that alter something to what it is already go too. */
  readonly before?: ProjectState
}

/** Fewer operations of one app that lead to the same State: those of one model are merged where nothing between them stands in the way. */
export function optimize(
  operations: readonly Operation[],
  app: string,
  { elide = false, before }: OptimizeOptions = {},
): readonly Operation[] {
  const context = { app, elide }
  let current = elide ? withoutElidable(operations) : operations
  for (;;) {
    const merged = pass(current, context)
    const next = before === undefined ? merged : withoutIdle(merged, app, before)
    if (next.length === current.length && next.every((operation, index) => operation === current[index])) return next
    current = next
  }
}

/**
 * Takes the operations one after the other and merges each with an earlier one of its model, if it can go there (*left*) or the earlier one can come
 * (*right*). Earlier ones are found by model and obstacles by part, so that no step walks over the whole list.
 */
function pass(operations: readonly Operation[], context: RuleContext): readonly Operation[] {
  const kept = keeper(context)
  for (const operation of operations) {
    let current: Operation | undefined = operation
    while (current !== undefined) current = kept.take(current)
  }
  return kept.operations()
}

/** The operations kept so far: a list with gaps, where a merge took one away. */
function keeper(context: RuleContext): {
  /** Keeps an operation, or merges it with one that was kept; answers with one that must be kept in its turn. */
  readonly take: (operation: Operation) => Operation | undefined
  readonly operations: () => readonly Operation[]
} {
  const { app } = context
  const slots: (Operation | undefined)[] = []
  const byKey = new Map<string, number[]>()
  const isGone = (position: number): boolean => slots[position] === undefined
  const occupied = occupancy(isGone)
  const barriers: number[] = []
  let last = -1

  const put = (position: number, operation: Operation): void => {
    slots[position] = operation
    last = Math.max(last, position)
    const footprint = footprintOf(operation, app)
    if (footprint === 'barrier') insertSorted(barriers, position)
    occupied.note(position, footprint)
    for (const key of keysOf(operation).found) {
      const positions = byKey.get(key) ?? []
      insertSorted(positions, position)
      byKey.set(key, positions)
    }
  }

  const clear = (position: number): void => {
    slots[position] = undefined
    while (last >= 0 && isGone(last)) last -= 1
    while (barriers.length > 0 && isGone(barriers.at(-1) ?? 0)) barriers.pop()
  }

  /** Where the operations are that one may be merged with, the last first. */
  const candidates = (operation: Operation): readonly number[] => {
    const lists = keysOf(operation).looks.flatMap((key) => byKey.get(key) ?? [])
    return lists.toSorted((a, b) => b - a)
  }

  const take = (operation: Operation): Operation | undefined => {
    const footprint = footprintOf(operation, app)
    for (const position of candidates(operation)) {
      if (position < (barriers.at(-1) ?? -1)) break
      const earlier = slots[position]
      // What stands there now may be about something else than what was noted once.
      if (earlier === undefined || !mayReduce(earlier, operation)) continue
      const former = fieldBefore(earlier, operation)
      const exact = former === undefined ? footprint : footprintOf(operation, app, former)
      // Neighbours meet even where one of them passes nothing.
      const left = position === last || occupied.canPass(exact, position, 'left')
      const right = position === last || occupied.canPass(footprintOf(earlier, app), position, 'right')
      const reduced = left || right ? reduce(earlier, operation, context) : undefined
      if (reduced === undefined) continue
      const [result, other] = reduced
      if (result !== undefined && other !== undefined) {
        if (!left || !right) continue
        clear(position)
        put(position, result)
        return other
      }
      clear(position)
      if (!left) return result
      if (result !== undefined) put(position, result)
      return undefined
    }
    put(slots.length, operation)
    return undefined
  }

  return { take, operations: () => slots.filter((operation) => operation !== undefined) }
}

/** The field that an operation finds right behind an earlier one, where that says what it is. */
function fieldBefore(earlier: Operation, operation: Operation): Field | undefined {
  if (earlier.kind !== 'addField' && earlier.kind !== 'alterField') return undefined
  if (operation.kind !== 'alterField' && operation.kind !== 'removeField') return undefined
  return operation.name === earlier.name ? earlier.field : undefined
}
