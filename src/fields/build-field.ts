import { isDefaultFunction } from './default-functions.ts'
import type { Field } from './field.ts'
import type { FieldKind } from './field-kind.ts'

/** Values that say no more than leaving the option out does. */
const silent: Readonly<Record<string, unknown>> = {
  null: false,
  unique: false,
  index: false,
  primaryKey: false,
  enforce: true,
  positive: false,
  autoIncrement: false,
  default: null,
}

/**
 * The plain data of a field: options that say nothing are left out, literals are brought into the form in which they are kept. What the kind cannot
 * hold stays as it was given; to refuse it, with the model and the field named, is the business of whoever knows both.
 */
export function buildField(kind: Pick<FieldKind, 'kind' | 'literal'>, options: object = {}): Field {
  const given = Object.entries(options).filter(([name, value]) => value !== undefined && silent[name] !== value)
  const field: Field = { kind: kind.kind, ...Object.fromEntries(given) }
  const literal = (value: unknown): unknown =>
    isDefaultFunction(value) ? value : (kind.literal(value, field) ?? value)
  const kept = given.map(([name, value]): [string, unknown] => {
    if (name === 'default') return [name, literal(value)]
    return [name, name === 'choices' && Array.isArray(value) ? Object.freeze(value.map(literal)) : value]
  })
  return Object.freeze({ kind: kind.kind, ...Object.fromEntries(kept) })
}
