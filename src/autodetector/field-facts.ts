import { fieldTypeInWords } from '../fields/database-options.ts'
import type { Field } from '../fields/field.ts'
import { isNumbered, kindOf } from '../fields/kinds.ts'
import { structuralEqual } from '../lib/structural-equal.ts'
import type { ColumnType } from '../schema/column-type.ts'
import type { Value } from '../schema/value.ts'
import type { ProjectState } from '../state/project-state.ts'
import { resolveTarget } from '../state/relations.ts'
import { keyFields } from '../state/table-facets.ts'

/** Whether the field is a join table and no column. */
export function isManyToMany(field: Field): boolean {
  return kindOf(field).relation === 'manyToMany'
}

/** Whether the field's column points at another table. */
export function isForeignKey(field: Field): boolean {
  return kindOf(field).relation !== undefined && !isManyToMany(field)
}

/** Whether the database computes the column. */
export function isGenerated(field: Field): boolean {
  return field.expression !== undefined
}

/** Whether a row needs to be told a value: no NULL, no default, nothing that the database computes or numbers. */
export function needsValue(field: Field): boolean {
  return (
    field.null !== true &&
    field.default === undefined &&
    !isGenerated(field) &&
    !isManyToMany(field) &&
    !isNumbered(field)
  )
}

/**
 * The field that says what a field's column holds: the key that a relation copies, what a generated field puts out, otherwise the field itself.
 * Undefined when a relation leads nowhere.
 */
export function valueField(state: ProjectState, field: Field): Field | undefined {
  const seen = new Set<Field>()
  let current: Field | undefined = field.output ?? field
  while (current !== undefined && kindOf(current).relation !== undefined && !seen.has(current)) {
    seen.add(current)
    const target = resolveTarget(state, current)
    current = target === undefined ? undefined : keyFields(target)[0]?.field
  }
  return current
}

/** The type of a field's column, where it has one. */
export function columnTypeOf(state: ProjectState, field: Field): ColumnType | undefined {
  const holder = valueField(state, field)
  return holder === undefined ? undefined : kindOf(holder).columnType(holder)
}

/** A field's type in words, for prompts: `char, at most 20 characters`. */
export function typeInWords(state: ProjectState, field: Field): string {
  const words = fieldTypeInWords(valueField(state, field) ?? field)
  return isForeignKey(field) ? `the key of ${String(field.to)}: ${words}` : words
}

/** A literal in the form in which a field keeps it; undefined where it cannot: of another type, too long, not among its choices, or NULL. */
export function literalIn(holder: Field, value: unknown): Value | undefined {
  const literal = value === null ? undefined : kindOf(holder).literal(value, holder)
  if (literal === undefined || holder.choices === undefined || holder.enforce === false) return literal
  return holder.choices.some((choice) => structuralEqual(choice, literal)) ? literal : undefined
}
