import { describe } from '../operations/definitions.ts'
import type { Operation } from '../operations/operation.ts'
import type { Direction } from './plan-migration.ts'

/** What is done, one line an operation, in the order in which it is: backwards the last one is undone first. */
export function operationsInWords(operations: readonly Operation[], direction: Direction): readonly string[] {
  const descriptions = operations.map((operation) => describe(operation))
  return direction === 'forwards' ? descriptions : descriptions.toReversed().map((description) => `Undo ${description}`)
}
