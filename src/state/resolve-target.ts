import type { GodwitError } from '../errors/error.ts'
import { isModel } from '../models/model.ts'
import type { BoundModel, BoundModels } from './bind-models.ts'
import { mistake } from './mistakes/mistake.ts'
import { type ModelKey, modelKey } from './project-state.ts'

/** What a relation's target came to: a model's key, or why there is none. */
export type ResolvedTarget = { readonly key: ModelKey } | { readonly mistake: GodwitError }

/** Finds the model that a relation of `source` points at: by a thunk, `'self'`, `'Model'` of its own app, or `'app.Model'`. */
export function resolveTarget(models: BoundModels, source: BoundModel, field: string, target: unknown): ResolvedTarget {
  const about = { model: source.key, field }
  if (typeof target === 'string') return namedTarget(models, source, field, target)
  if (isModel(target)) return { mistake: mistake('models.targetNotThunk', about) }
  if (target === undefined) return { mistake: mistake('models.targetUndefined', about) }
  if (!isThunk(target)) return { mistake: mistake('models.targetNotModel', about) }
  const found = called(target)
  if (found === undefined) return { mistake: mistake('models.targetUndefined', about) }
  if (!isModel(found)) return { mistake: mistake('models.targetNotModel', about) }
  const bound = models.byModel.get(found)
  return bound === undefined
    ? { mistake: mistake('models.targetInNoApp', { ...about, target: found.name }) }
    : { key: bound.key }
}

function namedTarget(models: BoundModels, source: BoundModel, field: string, target: string): ResolvedTarget {
  if (target === 'self') return { key: source.key }
  const key = target.includes('.') ? target : modelKey(source.app, target)
  const bound = models.byKey.get(key)
  if (bound !== undefined) return { key: bound.key }
  const known = target.includes('.')
    ? [...models.byKey.keys()]
    : [...models.byKey.values()].map((other) => (other.app === source.app ? other.model.name : other.key))
  return { mistake: mistake('models.targetUnknown', { model: source.key, field, target, known }) }
}

function isThunk(target: unknown): target is () => unknown {
  return typeof target === 'function'
}

function called(thunk: () => unknown): unknown {
  try {
    return thunk()
  } catch (error) {
    // A binding that a circular import has not filled yet throws; everything else is the thunk's own failure.
    if (error instanceof ReferenceError) return undefined
    throw error
  }
}
