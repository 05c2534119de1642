import { snakeCase } from '../lib/snake-case.ts'
import type { ConstraintDeclaration, IndexDeclaration, PartDeclaration } from '../models/declarations.ts'
import { fieldsIn } from '../state/uses-of-field.ts'

/** An index in the name of a migration: its own name, or its fields. */
export function indexFragment(index: IndexDeclaration): string {
  return index.name ?? `${partsFragment(index.parts)}_idx`
}

/** A constraint in the name of a migration: its own name, or its fields. */
export function constraintFragment(constraint: ConstraintDeclaration): string {
  return constraint.kind === 'unique' && constraint.name === undefined
    ? `${partsFragment(constraint.parts)}_uniq`
    : (constraint.name ?? 'check')
}

function partsFragment(parts: readonly PartDeclaration[]): string {
  return parts
    .flatMap((part) => ('field' in part ? [part.field] : [...fieldsIn([part.expression])]))
    .map(snakeCase)
    .join('_')
}
