import { deleteModel } from '../operations/delete-model.ts'
import { removeConstraint } from '../operations/remove-constraint.ts'
import { removeField } from '../operations/remove-field.ts'
import { removeIndex } from '../operations/remove-index.ts'
import { validated } from '../operations/validated.ts'
import { keyOf, type ModelState, modelsOf } from '../state/project-state.ts'
import { namedModels } from '../state/state-field.ts'
import { creationOrder, type OrderedModel } from './creation-order.ts'
import type { Draft } from './draft.ts'
import { overAnyOf } from './over-any-of.ts'
import { readersFirst, withReaders } from './readers.ts'
import type { Work } from './work.ts'

/**
 * Deletes models, those that refer to others before those others; circles are opened by removing a field. Returns what deletes the models that are
 * still referred to by models that stay: to be called once those refer to something else.
 */
export function deleteModels({ draft, deleted }: Work): () => void {
  const order = creationOrder(deleted).toReversed()
  for (const ordered of order) openCircle(draft, ordered)
  const referrers = referrersOf(deleted, modelsOf(draft.state))
  const blocked = order.filter(({ model }) => {
    const key = keyOf(model)
    if ((referrers.get(key)?.size ?? 0) > 0) return true
    draft.emit(model.app, deleteModel({ name: model.name }))
    for (const target of targetsOf(model)) referrers.get(target)?.delete(key)
    return false
  })
  return () => {
    for (const { model } of blocked) draft.emit(model.app, deleteModel({ name: model.name }))
  }
}

function openCircle(draft: Draft, { model, deferred }: OrderedModel): void {
  const going = withReaders(model, deferred)
  const isOver = overAnyOf(going)
  for (const constraint of model.options.constraints?.filter(isOver) ?? []) {
    draft.emit(model.app, removeConstraint({ model: model.name, constraint: validated(constraint) }))
  }
  for (const index of model.options.indexes?.filter(isOver) ?? []) {
    draft.emit(model.app, removeIndex({ model: model.name, index }))
  }
  for (const { name } of readersFirst(going)) draft.emit(model.app, removeField({ model: model.name, name }))
}

/** For each of some models, the keys of the other models that name it. */
function referrersOf(wanted: readonly ModelState[], all: Iterable<ModelState>): ReadonlyMap<string, Set<string>> {
  const referrers = new Map(wanted.map((model) => [keyOf(model) as string, new Set<string>()]))
  for (const model of all) {
    const key = keyOf(model)
    for (const target of targetsOf(model)) if (target !== key) referrers.get(target)?.add(key)
  }
  return referrers
}

function targetsOf(model: ModelState): readonly string[] {
  return model.fields.flatMap(({ field }) => namedModels(field))
}
