import type { Field } from '../fields/field.ts'
import { invariant } from '../lib/invariant.ts'
import type { ModelOptions } from '../models/declarations.ts'
import {
  emptyState,
  findModel,
  type ModelKey,
  type ModelState,
  modelKey,
  type ProjectState,
  splitModelKey,
} from './project-state.ts'
import { relationsTo } from './relations.ts'
import { repointed, stateField } from './state-field.ts'

/** A model that has no identity yet. */
export interface NewModel {
  readonly app: string
  readonly name: string
  readonly fields: { readonly [name: string]: Field }
  readonly options?: ModelOptions
}

/** The State with one more model, which gets its identity here, as do its fields. */
export function withNewModel(state: ProjectState, { app, name, fields, options = {} }: NewModel): ProjectState {
  let next = state.nextIdentity
  const identity = (): string => String(next++)
  const model: ModelState = {
    app,
    name,
    identity: identity(),
    fields: Object.entries(fields).map(([fieldName, field]) => ({
      name: fieldName,
      identity: identity(),
      field: stateField(field, app, name),
    })),
    options: withoutAbsent(options),
  }
  return { ...withModel(state, model), nextIdentity: next }
}

/** The State with this model in the place of the one under the same key, or after all others of its app. */
export function withModel(state: ProjectState, model: ModelState): ProjectState {
  const models = new Map(state.apps.get(model.app))
  return { ...state, apps: new Map(state.apps).set(model.app, models.set(model.name, model)) }
}

/** The State with the model under a key replaced by what `change` makes of it. */
export function withChangedModel(
  state: ProjectState,
  key: string,
  change: (model: ModelState) => ModelState,
): ProjectState {
  const model = modelUnder(state, key)
  const changed = change(model)
  return changed === model ? state : withModel(state, changed)
}

/** The State without a model. An app without models is left out. */
export function withoutModel(state: ProjectState, key: string): ProjectState {
  const { app, name } = splitModelKey(key)
  const models = new Map(state.apps.get(app))
  models.delete(name)
  const apps = new Map(state.apps)
  if (models.size === 0) apps.delete(app)
  else apps.set(app, models)
  return { ...state, apps }
}

/** The State with a model under another name, in its old place. Every relation to it follows, in all apps. */
export function withRenamedModel(state: ProjectState, key: string, name: string): ProjectState {
  const model = modelUnder(state, key)
  const models = [...(state.apps.get(model.app) ?? [])].map(([current, other]): [string, ModelState] =>
    current === model.name ? [name, { ...model, name }] : [current, other],
  )
  const renamed = { ...state, apps: new Map(state.apps).set(model.app, new Map(models)) }
  return withRepointedRelations(renamed, state, key, modelKey(model.app, name))
}

/** The State with a model in another app. Every relation to it follows, in all apps. */
export function withMovedModel(state: ProjectState, key: string, app: string): ProjectState {
  const model = modelUnder(state, key)
  const moved = withModel(withoutModel(state, key), { ...model, app })
  return withRepointedRelations(moved, state, key, modelKey(app, model.name))
}

/** The State with some of a model's options changed; an option that is given as undefined, or as an empty list, is gone. */
export function withOptions(
  state: ProjectState,
  key: string,
  options: { readonly [Option in keyof ModelOptions]?: ModelOptions[Option] | undefined },
): ProjectState {
  return withChangedModel(state, key, (model) => ({
    ...model,
    options: withoutAbsent({ ...model.options, ...options }),
  }))
}

/** The model under a key that is known to be there. */
export function modelUnder(state: ProjectState, key: string): ModelState {
  const model = findModel(state, key)
  invariant(model !== undefined, `the State has a model ${key}`)
  return model
}

/** A State that holds the given models and nothing else. */
export function stateOf(models: Iterable<NewModel>): ProjectState {
  let state = emptyState
  for (const model of models) state = withNewModel(state, model)
  return state
}

/** Relations are looked up in the State before, where the old key still stands for the model. */
function withRepointedRelations(after: ProjectState, before: ProjectState, from: string, to: ModelKey): ProjectState {
  let state = after
  const referring = new Set(relationsTo(before, from).map(({ model }) => model))
  for (const { app, name } of referring) {
    const key = modelKey(app, name) === from ? to : modelKey(app, name)
    state = withChangedModel(state, key, (model) => ({
      ...model,
      fields: model.fields.map((entry) => {
        const field = repointed(entry.field, from, to)
        return field === entry.field ? entry : { ...entry, field }
      }),
    }))
  }
  return state
}

function withoutAbsent(
  options: {
    readonly [Option in keyof ModelOptions]?: ModelOptions[Option] | undefined
  },
): ModelOptions {
  const present = Object.entries(options).filter(
    ([, content]) => content !== undefined && !(Array.isArray(content) && content.length === 0),
  )
  return Object.fromEntries(present)
}
