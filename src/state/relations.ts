import type { Field } from '../fields/field.ts'
import { type FieldState, findModel, type ModelState, type ProjectState } from './project-state.ts'
import { namedModels } from './state-field.ts'

/** A field that names another model, as its target or as its join model. */
export interface Relation {
  readonly model: ModelState
  readonly field: FieldState
}

/** Every field in the State that names the model under a key, its own fields among them. */
export function relationsTo(state: ProjectState, key: string): readonly Relation[] {
  const known = relationsByState.get(state) ?? new Map<string, readonly Relation[]>()
  relationsByState.set(state, known)
  const found = known.get(key) ?? [...state.apps.values()].flatMap((models) => relationsIn(models).get(key) ?? [])
  known.set(key, found)
  return found
}

/** The model that a relation points at, if the State has it. */
export function resolveTarget(state: ProjectState, field: Field): ModelState | undefined {
  return typeof field.to === 'string' ? findModel(state, field.to) : undefined
}

const relationsByState = new WeakMap<ProjectState, Map<string, readonly Relation[]>>()

/** By app as well, so that a new State looks only at the apps that changed. */
const relationsByApp = new WeakMap<ReadonlyMap<string, ModelState>, ReadonlyMap<string, readonly Relation[]>>()

function relationsIn(models: ReadonlyMap<string, ModelState>): ReadonlyMap<string, readonly Relation[]> {
  const known = relationsByApp.get(models)
  if (known !== undefined) return known
  const found = new Map<string, Relation[]>()
  for (const model of models.values()) {
    for (const field of model.fields) {
      for (const key of new Set(namedModels(field.field))) {
        const relations = found.get(key)
        if (relations === undefined) found.set(key, [{ model, field }])
        else relations.push({ model, field })
      }
    }
  }
  relationsByApp.set(models, found)
  return found
}
