import type { Field } from './field.ts'

/** Whether something is a field: what a model was written with may be anything, and `f.array({ of: f.text() })` has none where one is to be. */
export function isField(value: unknown): value is Field {
  return typeof value === 'object' && value !== null && 'kind' in value && typeof value.kind === 'string'
}
