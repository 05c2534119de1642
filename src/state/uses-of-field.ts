import { assertNever } from '../lib/assert-never.ts'
import type {
  ConstraintDeclaration,
  CoveringDeclaration,
  IndexDeclaration,
  PartDeclaration,
} from '../models/declarations.ts'
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

/** The names of the fields that an index, or a unique constraint, is over or holds. */
export function fieldsOfIndex(index: CoveringDeclaration): ReadonlySet<string> {
  return new Set([...fieldsOfParts(index.parts), ...fieldsOfWhere(index), ...(index.include ?? [])])
}

/** The names of the fields that a constraint is over. */
export function fieldsOfConstraint(constraint: ConstraintDeclaration): ReadonlySet<string> {
  switch (constraint.kind) {
    case 'check':
      return fieldsIn([constraint.condition])
    case 'unique':
      return fieldsOfIndex(constraint)
    case 'exclusion':
      return new Set([...fieldsOfParts(constraint.elements), ...fieldsOfWhere(constraint)])
    default:
      return assertNever(constraint)
  }
}

type Part = { readonly field: string } | { readonly expression: Expression }

function fieldsOfParts(parts: readonly Part[]): Iterable<string> {
  return parts.flatMap((part) => ('field' in part ? [part.field] : [...fieldsIn([part.expression])]))
}

function fieldsOfWhere({ where }: { readonly where?: Expression }): Iterable<string> {
  return where === undefined ? [] : fieldsIn([where])
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
