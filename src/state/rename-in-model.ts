import type { Field } from '../fields/field.ts'
import { assertNever } from '../lib/assert-never.ts'
import type {
  ConstraintDeclaration,
  CoveringDeclaration,
  ExclusionDeclaration,
  ModelOptions,
} from '../models/declarations.ts'
import { type Expression, mapColumns } from '../schema/expression.ts'

type Rename = (name: string) => string

/** A field with the fields that its expression names renamed. */
export function renamedInField(field: Field, rename: Rename): Field {
  return field.expression === undefined ? field : { ...field, expression: mapColumns(field.expression, rename) }
}

/** A model's options with the fields that they name renamed: in the primary key, indexes and constraints. */
export function renamedInOptions(options: ModelOptions, rename: Rename): ModelOptions {
  return {
    ...options,
    ...(options.primaryKey && { primaryKey: options.primaryKey.map(rename) }),
    ...(options.indexes && { indexes: options.indexes.map((index) => renamedInIndex(index, rename)) }),
    ...(options.constraints && {
      constraints: options.constraints.map((constraint) => renamedInConstraint(constraint, rename)),
    }),
  }
}

function renamedInConstraint(constraint: ConstraintDeclaration, rename: Rename): ConstraintDeclaration {
  switch (constraint.kind) {
    case 'check':
      return { ...constraint, condition: mapColumns(constraint.condition, rename) }
    case 'unique':
      return renamedInIndex(constraint, rename)
    case 'exclusion':
      return renamedInExclusion(constraint, rename)
    default:
      return assertNever(constraint)
  }
}

function renamedInIndex<Declaration extends CoveringDeclaration>(index: Declaration, rename: Rename): Declaration {
  return {
    ...index,
    parts: index.parts.map((part) => renamedInPart(part, rename)),
    ...(index.where && { where: mapColumns(index.where, rename) }),
    ...(index.include && { include: index.include.map(rename) }),
  }
}

function renamedInExclusion(exclusion: ExclusionDeclaration, rename: Rename): ExclusionDeclaration {
  return {
    ...exclusion,
    elements: exclusion.elements.map((element) => renamedInPart(element, rename)),
    ...(exclusion.where && { where: mapColumns(exclusion.where, rename) }),
  }
}

function renamedInPart<Part extends { readonly field: string } | { readonly expression: Expression }>(
  part: Part,
  rename: Rename,
): Part {
  return 'field' in part
    ? { ...part, field: rename(part.field) }
    : { ...part, expression: mapColumns(part.expression, rename) }
}
