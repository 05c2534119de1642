import type { GodwitError } from '../errors/error.ts'
import type { AnyModel } from '../models/model.ts'
import { mistake } from './mistakes/mistake.ts'
import { isModelName } from './mistakes/names.ts'
import { type ModelKey, modelKey } from './project-state.ts'

/** A model and the app that exports it. */
export interface BoundModel {
  readonly app: string
  readonly key: ModelKey
  readonly model: AnyModel
}

/** All models of a project: in order, by key, and by the object that thunks return. */
export interface BoundModels {
  readonly byKey: ReadonlyMap<string, BoundModel>
  readonly byModel: ReadonlyMap<AnyModel, BoundModel>
  readonly mistakes: readonly GodwitError[]
}

/** Gives each model its app. What is exported twice by one app is one model. */
export function bindModels(apps: ReadonlyMap<string, readonly AnyModel[]>): BoundModels {
  const byKey = new Map<string, BoundModel>()
  const byModel = new Map<AnyModel, BoundModel>()
  const mistakes: GodwitError[] = []
  for (const [app, models] of apps) {
    for (const model of new Set(models)) {
      const bound = { app, key: modelKey(app, model.name), model }
      const elsewhere = byModel.get(model)
      if (elsewhere !== undefined) {
        mistakes.push(mistake('models.sharedModel', { model: model.name, apps: [elsewhere.app, app] }))
      } else if (!isModelName(model.name)) {
        mistakes.push(mistake('models.invalidModelName', { app, model: String(model.name) }))
      } else if (byKey.has(bound.key)) {
        mistakes.push(mistake('models.duplicateModel', { app, model: model.name }))
      } else byKey.set(bound.key, bound)
      byModel.set(model, elsewhere ?? bound)
    }
  }
  return { byKey, byModel, mistakes }
}
