import type { ConstraintDeclaration, IndexDeclaration, PartDeclaration } from '../models/declarations.ts'
import { columnsOf, type Expression } from '../schema/expression.ts'
import type { ModelState } from './project-state.ts'

/** What in a model names a field, in words: `the index post_title`, `the generated field slug`. */
export function usesOfField(model: ModelState, name: string): readonly string[] {
  const { primaryKey = [], indexes = [], constraints = [] } = model.options
  return [
    ...(primaryKey.includes(name) ? ['the primary key'] : []),
    ...model.fields
      .filter(({ field }) => field.expression !== undefined && fieldsIn([field.expression]).has(name))
      .map((entry) => `the generated field ${entry.name}`),
    ...indexes.filter((index) => fieldsOfIndex(index).has(name)).map((index) => wordsForIndex(index)),
    ...constraints
      .filter((constraint) => fieldsOfConstraint(constraint).has(name))
      .map((constraint) => wordsForConstraint(constraint)),
  ]
}

/** The names of the fields that an index, or a unique constraint, is over. */
export function fieldsOfIndex(index: Pick<IndexDeclaration, 'parts' | 'where'>): ReadonlySet<string> {
  const named = index.parts.flatMap((part) => ('field' in part ? [part.field] : []))
  const computed = index.parts.flatMap((part) => ('expression' in part ? [part.expression] : []))
  return new Set([...named, ...fieldsIn([...computed, ...(index.where === undefined ? [] : [index.where])])])
}

/** The names of the fields that a constraint is over. */
export function fieldsOfConstraint(constraint: ConstraintDeclaration): ReadonlySet<string> {
  return constraint.kind === 'check' ? fieldsIn([constraint.condition]) : fieldsOfIndex(constraint)
}

/** An index in words: `the index post_title`, `the index on title, -issuedAt`. */
export function wordsForIndex(index: IndexDeclaration): string {
  return index.name === undefined ? `the index on ${wordsForParts(index.parts)}` : `the index ${index.name}`
}

/** A constraint in words: `the constraint total_positive`, `the unique constraint on owner, number`. */
export function wordsForConstraint(constraint: ConstraintDeclaration): string {
  if (constraint.name !== undefined) return `the constraint ${constraint.name}`
  return constraint.kind === 'unique' ? `the unique constraint on ${wordsForParts(constraint.parts)}` : 'a check'
}

/** The parts of an index in words: `title, -issuedAt`. */
export function wordsForParts(parts: readonly PartDeclaration[]): string {
  return parts
    .map((part) => `${part.descending ? '-' : ''}${'field' in part ? part.field : 'an expression'}`)
    .join(', ')
}

/** The names of the fields that expressions read. */
export function fieldsIn(expressions: readonly Expression[]): ReadonlySet<string> {
  return new Set(expressions.flatMap((expression) => [...columnsOf(expression)]))
}
