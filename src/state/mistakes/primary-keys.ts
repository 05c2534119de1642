import type { GodwitError } from '../../errors/error.ts'
import { hasColumn } from '../../fields/database-options.ts'
import {
  type FieldState,
  findField,
  findModel,
  keyOf,
  type ModelState,
  modelsOf,
  type ProjectState,
} from '../project-state.ts'
import { primaryKeyOf } from './key-field.ts'
import { mistake } from './mistake.ts'

/** Two keys, keys of too few fields, fields that no key can have, and keys that lead back to themselves. */
export function* primaryKeyMistakes(state: ProjectState): Generator<GodwitError> {
  for (const model of modelsOf(state)) {
    const composite = model.options.primaryKey
    const single = model.fields.filter(({ field }) => field.primaryKey).map(({ name }) => `"${name}"`)
    const keys = composite === undefined ? single : [...single, `the option primaryKey (${composite.join(', ')})`]
    if (keys.length > 1) yield mistake('models.twoPrimaryKeys', { model: keyOf(model), keys })
    if (composite !== undefined) yield* compositeMistakes(model, composite)
    const key = primaryKeyOf(model)
    if (key !== undefined && isCycle(state, key)) {
      yield mistake('models.keyCycle', { model: keyOf(model), field: key.name })
    }
  }
}

function* compositeMistakes(model: ModelState, composite: readonly string[]): Generator<GodwitError> {
  if (composite.length < 2) yield mistake('models.shortPrimaryKey', { model: keyOf(model), fields: composite })
  for (const name of composite) {
    const member = findField(model, name)
    if (member === undefined || !hasColumn(member.field)) continue
    const odd = unusable(member)
    if (odd !== undefined) yield mistake('models.unusableKeyField', { model: keyOf(model), field: name, ...odd })
  }
}

function unusable({ field }: FieldState): { readonly problem: string; readonly fix: string } | undefined {
  if (field.null) return { problem: 'may be NULL', fix: 'Remove null: true from the field.' }
  if (field.kind === 'generated') return { problem: 'is computed', fix: 'Use a field that is written.' }
  return undefined
}

function isCycle(state: ProjectState, key: FieldState): boolean {
  if (key.field.to === undefined) return false
  const visited = new Set<ModelState>()
  for (let field: FieldState['field'] | undefined = key.field; field?.to !== undefined; ) {
    const target = findModel(state, String(field.to))
    if (target === undefined || visited.has(target)) return target !== undefined
    visited.add(target)
    field = primaryKeyOf(target)?.field
  }
  return false
}
