import { isDefaultFunction } from '../fields/default-functions.ts'
import type { Field } from '../fields/field.ts'
import { isNumbered, kindOf } from '../fields/kinds.ts'
import { canonicalJson } from '../lib/canonical-json.ts'
import { structuralEqual } from '../lib/structural-equal.ts'
import type { AddField } from '../operations/operation.ts'
import type { Value } from '../schema/value.ts'

/**
 * Whether whatever a column of one field holds is the same in a column of another: nothing is converted, so that leaving the first one out makes no
 * difference to a row. An integer that does not fit, or a text that is too long, is refused either way.
 */
export function holdSameValues(before: Field, after: Field): boolean {
  return canonicalJson(valuesOf(before)) === canonicalJson(valuesOf(after))
}

function valuesOf(field: Field): unknown {
  const { columnType, relation } = kindOf(field)
  const autoIncrement = isNumbered(field)
  if (relation === 'manyToMany') return { pairs: field.to, through: field.through }
  if (relation !== undefined) return { to: field.to }
  const type = columnType(field)
  switch (type?.type) {
    case 'varchar':
    case 'text':
      return 'text'
    case 'smallInteger':
    case 'integer':
    case 'bigInteger':
      return { integer: { autoIncrement } }
    default:
      return autoIncrement ? { type, autoIncrement } : { type }
  }
}

/** What the rows that are there get from an added field: a value, NULL, what the database computes, or nothing, so that there may be none. */
export type RowsGet =
  | { readonly kind: 'value'; readonly value: Value }
  | { readonly kind: 'null' | 'computed' | 'nothing' }

/** What the rows that are there get when a field is added. */
export function rowsGet({ field, fillExisting, copyFrom }: AddField): RowsGet {
  const { default: fallback, expression } = field
  if (fillExisting !== undefined) return { kind: 'value', value: fillExisting }
  if (copyFrom !== undefined || expression !== undefined || isNumbered(field)) return { kind: 'computed' }
  if (fallback === undefined) return { kind: field.null === true ? 'null' : 'nothing' }
  return isDefaultFunction(fallback) ? { kind: 'computed' } : { kind: 'value', value: fallback }
}

/** Whether a value can be kept in a field as it is written. */
export function takesValue(field: Field, value: Value): boolean {
  return structuralEqual(kindOf(field).literal(value, field), value)
}
