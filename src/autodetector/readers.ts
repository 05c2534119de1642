import { topologicalOrder } from '../lib/topological-order.ts'
import type { FieldState, ModelState } from '../state/project-state.ts'
import { fieldsIn } from '../state/uses-of-field.ts'

/** Fields so that each comes after those that its expression reads; otherwise in the order given. */
export function readersLast(fields: readonly FieldState[]): readonly FieldState[] {
  return topologicalOrder(fields, ({ name }) => name, readBy)
}

/** Fields so that each comes before those that its expression reads. */
export function readersFirst(fields: readonly FieldState[]): readonly FieldState[] {
  const computed = fields.filter(({ field }) => field.expression !== undefined)
  return [...readersLast(computed).toReversed(), ...fields.filter(({ field }) => field.expression === undefined)]
}

/** Some fields of a model, with the generated ones that are computed from them, and so on. */
export function withReaders(model: ModelState, names: ReadonlySet<string>): readonly FieldState[] {
  const found = new Set(names)
  // Each reader comes after what it reads, so one pass finds all.
  for (const entry of readersLast(model.fields)) {
    if ([...readBy(entry)].some((name) => found.has(name))) found.add(entry.name)
  }
  return model.fields.filter(({ name }) => found.has(name))
}

function readBy({ field }: FieldState): Iterable<string> {
  return field.expression === undefined ? [] : fieldsIn([field.expression])
}
