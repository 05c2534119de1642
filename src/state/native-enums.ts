import { nativeEnumOf } from '../fields/native-enum.ts'
import { type EnumType, objectKey } from '../schema/schema.ts'
import { keyOf, type ModelState, modelsOf, type OwnedObject, type ProjectState } from './project-state.ts'

/** A field whose column is of a native type. */
export interface EnumUse {
  readonly app: string
  readonly model: ModelState
  /** `app.Model.field`. */
  readonly owner: string
  readonly object: EnumType
}

/** The fields of all models whose columns are of native types. */
export function* enumUses(state: ProjectState): Generator<EnumUse> {
  for (const model of modelsOf(state)) {
    for (const { name, field } of model.fields) {
      const object = nativeEnumOf(field)
      if (object !== undefined) yield { app: model.app, model, owner: `${keyOf(model)}.${name}`, object }
    }
  }
}

/** The State with the native types that its fields name: the app of the first field has each. */
export function withNativeEnums(state: ProjectState): ProjectState {
  const objects = new Map<string, OwnedObject>(state.objects)
  for (const { app, object } of enumUses(state)) {
    const key = objectKey(object)
    if (!objects.has(key)) objects.set(key, { app, object })
  }
  return { ...state, objects }
}
