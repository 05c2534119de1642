import { structuralEqual } from '../lib/structural-equal.ts'
import type { Field } from './field.ts'
import type { OptionPurpose, RelationKind } from './field-kind.ts'
import { kindOf } from './kinds.ts'

/** The field reduced to its kind and the options that shape the database. Choices that no CHECK enforces shape nothing. */
export function databaseOptions(field: Field): Field {
  const { choices, ...rest } = onlyOptions(field, (purpose) => purpose === 'database')
  return {
    ...rest,
    ...(choices === undefined || field.enforce === false ? {} : { choices }),
    ...(field.output === undefined ? {} : { output: databaseOptions(field.output) }),
    ...(field.of === undefined ? {} : { of: databaseOptions(field.of) }),
  }
}

/** Whether two fields are the same to every database. */
export function fieldsEqual(a: Field, b: Field): boolean {
  return a === b || (a.kind === b.kind && structuralEqual(databaseOptions(a), databaseOptions(b)))
}

/** The field as a State keeps it: without the answers to the autodetector. */
export function withoutHints(field: Field): Field {
  return onlyOptions(field, (purpose) => purpose !== 'hint')
}

/** How a field points at another model; undefined when it does not. */
export function relationOf(field: Pick<Field, 'kind'>): RelationKind | undefined {
  return kindOf(field).relation
}

/** Whether a field has a column of its own in its model's table. */
export function hasColumn(field: Pick<Field, 'kind'>): boolean {
  return relationOf(field) !== 'manyToMany'
}

/** A field's type as a prompt says it: `char, at most 20 characters`. */
export function fieldTypeInWords(field: Field): string {
  const words = kindOf(field).inWords?.(field) ?? field.kind
  return field.choices === undefined || field.enforce === false
    ? words
    : `${words}, one of ${field.choices.map((choice) => JSON.stringify(choice)).join(', ')}`
}

function onlyOptions(field: Field, wanted: (purpose: OptionPurpose | undefined) => boolean): Field {
  const { options } = kindOf(field)
  const kept = Object.entries(field).filter(([name]) => name !== 'kind' && wanted(options[name]))
  return { kind: field.kind, ...Object.fromEntries(kept) }
}
