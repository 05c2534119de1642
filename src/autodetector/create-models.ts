import type { Field } from '../fields/field.ts'
import type { ModelOptions } from '../models/declarations.ts'
import { createModel } from '../operations/create-model.ts'
import type { FieldState, ModelState } from '../state/project-state.ts'
import { creationOrder } from './creation-order.ts'
import { overAnyOf } from './over-any-of.ts'
import { withReaders } from './readers.ts'
import type { Work } from './work.ts'

/** Creates models, each whole where it can be: fields that point at a model that comes later are left to be added, with all that is over them. */
export function createModels({ draft, created }: Work): void {
  for (const { model, deferred } of creationOrder(created)) {
    const missing = withReaders(model, deferred)
    const fields: Record<string, Field> = {}
    for (const entry of model.fields) if (!missing.includes(entry)) fields[entry.name] = entry.field
    const options = optionsWithout(model, missing)
    draft.emit(
      model.app,
      createModel({ name: model.name, fields, ...(Object.keys(options).length === 0 ? {} : { options }) }),
    )
  }
}

function optionsWithout(model: ModelState, missing: readonly FieldState[]): ModelOptions {
  const { primaryKey, indexes = [], constraints = [], ...rest } = model.options
  const names = new Set(missing.map(({ name }) => name))
  const isOver = overAnyOf(missing)
  const left = {
    primaryKey: primaryKey?.some((name) => names.has(name)) ? [] : (primaryKey ?? []),
    indexes: indexes.filter((index) => !isOver(index)),
    constraints: constraints.filter((constraint) => !isOver(constraint)),
  }
  return { ...rest, ...Object.fromEntries(Object.entries(left).filter(([, list]) => list.length > 0)) }
}
