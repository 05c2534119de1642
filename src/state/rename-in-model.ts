import type { Field } from '../fields/field.ts'
import type { ConstraintDeclaration, IndexDeclaration, ModelOptions, PartDeclaration } from '../models/declarations.ts'
import { mapColumns } from '../schema/expression.ts'

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
  return constraint.kind === 'check'
    ? { ...constraint, condition: mapColumns(constraint.condition, rename) }
    : renamedInIndex(constraint, rename)
}

function renamedInIndex<Declaration extends Pick<IndexDeclaration, 'parts' | 'where'>>(
  index: Declaration,
  rename: Rename,
): Declaration {
  return {
    ...index,
    parts: index.parts.map((part) => renamedInPart(part, rename)),
    ...(index.where && { where: mapColumns(index.where, rename) }),
  }
}

function renamedInPart(part: PartDeclaration, rename: Rename): PartDeclaration {
  return 'field' in part
    ? { ...part, field: rename(part.field) }
    : { ...part, expression: mapColumns(part.expression, rename) }
}
