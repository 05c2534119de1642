import type { Field } from '../../fields/field.ts'
import { type FieldState, findModel, type ModelState, type ProjectState } from '../project-state.ts'

/** The one field that is a model's primary key; undefined for a composite key. */
export function primaryKeyOf(model: ModelState): FieldState | undefined {
  return model.options.primaryKey === undefined ? model.fields.find(({ field }) => field.primaryKey) : undefined
}

/** The field that gives a relation's column its type: the target's key, followed through keys that are relations. Undefined in a cycle. */
export function keyFieldOf(state: ProjectState, relation: Field): Field | undefined {
  const seen = new Set<Field>()
  let field: Field | undefined = relation
  while (field?.to !== undefined) {
    if (seen.has(field)) return undefined
    seen.add(field)
    const target = findModel(state, String(field.to))
    field = target && primaryKeyOf(target)?.field
  }
  return field
}
