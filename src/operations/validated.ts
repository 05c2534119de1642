import type { ConstraintDeclaration } from '../models/declarations.ts'

/** A constraint as a model declares it: whether its rows were looked at is no part of that. */
export function validated(constraint: ConstraintDeclaration): ConstraintDeclaration {
  if (constraint.kind !== 'check') return constraint
  const { notValid: _, ...valid } = constraint
  return valid
}
