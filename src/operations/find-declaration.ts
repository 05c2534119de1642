import { fail } from '../errors/error.ts'
import { structuralEqual } from '../lib/structural-equal.ts'
import type { ConstraintDeclaration, IndexDeclaration } from '../models/declarations.ts'
import { keyOf, type ModelState } from '../state/project-state.ts'
import { fieldsOfConstraint, fieldsOfIndex, wordsForConstraint, wordsForIndex } from '../state/uses-of-field.ts'
import { requireColumns, siteOf } from './checks.ts'
import type { OperationContext } from './operation-definition.ts'
import { validated } from './validated.ts'

/** The model's index that is written exactly so. Fails with `migrations.operationUnknownIndex`. */
export function requireIndex(model: ModelState, wanted: IndexDeclaration, context: OperationContext): void {
  const { indexes = [] } = model.options
  if (indexes.some((index) => structuralEqual(index, wanted))) return
  fail('migrations.operationUnknownIndex', {
    ...siteOf(context),
    model: keyOf(model),
    subject: wordsForIndex(wanted),
    known: indexes.map(wordsForIndex),
  })
}

/** Fails when an index cannot be added: it names unknown fields, or its name or definition is there already. */
export function requireNewIndex(model: ModelState, index: IndexDeclaration, context: OperationContext): void {
  requireColumns(keyOf(model), model.fields, fieldsOfIndex(index), wordsForIndex(index), context)
  const { indexes = [] } = model.options
  if (indexes.some((other) => collides(other, index))) {
    const site = { ...siteOf(context), model: keyOf(model) }
    fail('migrations.operationIndexExists', { ...site, subject: wordsForIndex(index) })
  }
}

/** The model's constraint that is written exactly so, validated or not. Fails with `migrations.operationUnknownConstraint`. */
export function requireConstraint(model: ModelState, wanted: ConstraintDeclaration, context: OperationContext): void {
  const { constraints = [] } = model.options
  if (constraints.some((constraint) => isSameConstraint(constraint, wanted))) return
  failUnknownConstraint(model, wordsForConstraint(wanted), context)
}

/** Whether two constraints are written the same, apart from whether their rows were looked at. */
export function isSameConstraint(a: ConstraintDeclaration, b: ConstraintDeclaration): boolean {
  return structuralEqual(validated(a), validated(b))
}

/** The model's constraint of this name. Fails with `migrations.operationUnknownConstraint`. */
export function requireConstraintNamed(model: ModelState, name: string, context: OperationContext): void {
  if (model.options.constraints?.some((constraint) => constraint.name === name)) return
  failUnknownConstraint(model, name, context)
}

/** Fails when a constraint cannot be added beside `others`: it names unknown fields, or its name or definition is there already. */
export function requireNewConstraint(
  model: ModelState,
  others: readonly ConstraintDeclaration[],
  constraint: ConstraintDeclaration,
  context: OperationContext,
): void {
  const subject = wordsForConstraint(constraint)
  requireColumns(keyOf(model), model.fields, fieldsOfConstraint(constraint), subject, context)
  if (others.some((other) => collides(other, constraint))) {
    fail('migrations.operationConstraintExists', { ...siteOf(context), model: keyOf(model), subject })
  }
}

function failUnknownConstraint(model: ModelState, subject: string, context: OperationContext): never {
  const known = (model.options.constraints ?? []).map(wordsForConstraint)
  fail('migrations.operationUnknownConstraint', { ...siteOf(context), model: keyOf(model), subject, known })
}

function collides(a: { readonly name?: string }, b: { readonly name?: string }): boolean {
  return (a.name !== undefined && a.name === b.name) || structuralEqual(a, b)
}
