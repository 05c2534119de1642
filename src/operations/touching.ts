import type { Field } from '../fields/field.ts'
import { modelKey } from '../state/project-state.ts'
import { namedModels, qualifiedKey } from '../state/state-field.ts'
import type { OperationContext, Touches } from './operation-definition.ts'

/** What an operation touches that may touch anything. */
export const touchesAnything: Touches = { models: ['*'] }

/** What an operation touches that is about an enum, an extension or a collation. */
export const touchesNoModel: Touches = { models: [] }

/** What an operation touches that concerns one model of its app, and the models that the given fields name. */
export function touchesModel({ app }: OperationContext, model: string, fields: readonly Field[] = []): Touches {
  const named = fields.flatMap(namedModels).map((key) => qualifiedKey(key, app, model))
  return { models: [...new Set([modelKey(app, model), ...named])] }
}
