import type { Field } from '../fields/field.ts'
import type { ModelOptions } from '../models/declarations.ts'
import { type Identity, objectKey, type SchemaObject } from '../schema/schema.ts'

/** `app.Model`: how States, relations and operations name a model. */
export type ModelKey = string & { readonly __brand: 'ModelKey' }

/** The models at one point of history. Immutable and structurally shared; knows no database. */
export interface ProjectState {
  /** By app label, then by model name: a change copies one app, not the project. */
  readonly apps: ReadonlyMap<string, ReadonlyMap<string, ModelState>>
  /** Enum types, extensions and collations that migrations made, by `objectKey`. */
  readonly objects: ReadonlyMap<string, OwnedObject>
  /** The number of the next identity. */
  readonly nextIdentity: number
}

export interface ModelState {
  readonly app: string
  readonly name: string
  readonly identity: Identity
  /** In the order of declaration; equality ignores the order. */
  readonly fields: readonly FieldState[]
  readonly options: ModelOptions
  /** Its tables are in another database than the one that the State is seen from. */
  readonly elsewhere?: true
}

export interface FieldState {
  readonly name: string
  readonly identity: Identity
  readonly field: Field
}

/** An object of the database that is no table, and the app whose migrations made it. */
export interface OwnedObject {
  readonly app: string
  readonly object: SchemaObject
}

export const emptyState: ProjectState = { apps: new Map(), objects: new Map(), nextIdentity: 1 }

/** The State with an object more, or with another in the place of that of the same name. */
export function withObject(state: ProjectState, app: string, object: SchemaObject): ProjectState {
  return { ...state, objects: new Map(state.objects).set(objectKey(object), { app, object }) }
}

/** The State without an object. */
export function withoutObject(state: ProjectState, object: Pick<SchemaObject, 'kind' | 'name'>): ProjectState {
  const objects = new Map(state.objects)
  objects.delete(objectKey(object))
  return { ...state, objects }
}

export function modelKey(app: string, name: string): ModelKey {
  return `${app}.${name}` as ModelKey
}

/** The key's two halves. */
export function splitModelKey(key: string): { readonly app: string; readonly name: string } {
  const dot = key.indexOf('.')
  return { app: key.slice(0, dot), name: key.slice(dot + 1) }
}

export function keyOf(model: ModelState): ModelKey {
  return modelKey(model.app, model.name)
}

/** The model under a key, if the State has it. */
export function findModel(state: ProjectState, key: string): ModelState | undefined {
  const { app, name } = splitModelKey(key)
  return state.apps.get(app)?.get(name)
}

export function findField(model: ModelState, name: string): FieldState | undefined {
  return model.fields.find((field) => field.name === name)
}

/** Every model, by app and then in the order of creation. */
export function* modelsOf(state: ProjectState): Generator<ModelState> {
  for (const models of state.apps.values()) yield* models.values()
}
