import type { Field } from '../fields/field.ts'
import { findField, type ProjectState } from './project-state.ts'
import { renamedInField, renamedInOptions } from './rename-in-model.ts'
import { stateField } from './state-field.ts'
import { modelUnder, withChangedModel, withModel } from './with-model.ts'

/** The State with a field in the place of the one of this name, whose identity it keeps, or after all others of its model. */
export function withField(state: ProjectState, key: string, name: string, field: Field): ProjectState {
  const model = modelUnder(state, key)
  const kept = stateField(field, model.app, model.name)
  if (findField(model, name) !== undefined) {
    const fields = model.fields.map((entry) => (entry.name === name ? { ...entry, field: kept } : entry))
    return withModel(state, { ...model, fields })
  }
  const added = { name, identity: String(state.nextIdentity), field: kept }
  return {
    ...withModel(state, { ...model, fields: [...model.fields, added] }),
    nextIdentity: state.nextIdentity + 1,
  }
}

/** The State without a field of a model. */
export function withoutField(state: ProjectState, key: string, name: string): ProjectState {
  return withChangedModel(state, key, (model) => ({
    ...model,
    fields: model.fields.filter((field) => field.name !== name),
  }))
}

/** The State with a field under another name, which everything that names it in its model follows. Raw SQL is left as it is. */
export function withRenamedField(state: ProjectState, key: string, from: string, to: string): ProjectState {
  const rename = (name: string): string => (name === from ? to : name)
  return withChangedModel(state, key, (model) => ({
    ...model,
    fields: model.fields.map((entry) => ({
      ...entry,
      name: rename(entry.name),
      field: renamedInField(entry.field, rename),
    })),
    options: renamedInOptions(model.options, rename),
  }))
}
