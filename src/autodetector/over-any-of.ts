import { canonicalJson } from '../lib/canonical-json.ts'
import type { ConstraintDeclaration, IndexDeclaration } from '../models/declarations.ts'
import { columnName } from '../state/names.ts'
import type { FieldState } from '../state/project-state.ts'
import { fieldsOfConstraint, fieldsOfIndex } from '../state/uses-of-field.ts'

/**
 * Tells whether an index or constraint is over any of some fields: by name, or, in SQL of the user's own, by a word that is the name of its column.
 */
export function overAnyOf(
  fields: readonly FieldState[],
): (declaration: IndexDeclaration | ConstraintDeclaration) => boolean {
  const names = new Set(fields.map(({ name }) => name))
  const columns = new Set(fields.map(({ name, field }) => columnName(name, field).toLowerCase()))
  return (declaration) => {
    if (names.size === 0) return false
    const over = 'kind' in declaration ? fieldsOfConstraint(declaration) : fieldsOfIndex(declaration)
    if (!over.isDisjointFrom(names)) return true
    const text = canonicalJson(declaration)
    return text.includes('"kind":"sql"') && !columns.isDisjointFrom(new Set(text.toLowerCase().match(/\w+/g)))
  }
}
