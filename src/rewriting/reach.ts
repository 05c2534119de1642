import { findModel, keyOf, type ProjectState } from '../state/project-state.ts'
import { relationsTo } from '../state/relations.ts'
import { namedModels } from '../state/state-field.ts'

/**
 * The models that code over some models can ask about although it does not declare them: those that relations lead to in these States, in either
 * direction and over any number of steps.
 */
export function reachedFrom(models: readonly string[], states: readonly ProjectState[]): ReadonlySet<string> {
  const reached = new Set<string>(models)
  for (const key of reached) {
    for (const state of states) {
      for (const { field } of findModel(state, key)?.fields ?? []) {
        for (const named of namedModels(field)) reached.add(named)
      }
      for (const { model } of relationsTo(state, key)) reached.add(keyOf(model))
    }
  }
  for (const model of models) reached.delete(model)
  return reached
}
