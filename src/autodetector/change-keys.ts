import { structuralEqual } from '../lib/structural-equal.ts'
import type { ModelOptions } from '../models/declarations.ts'
import { alterModelOptions } from '../operations/alter-model-options.ts'
import { findField, findModel, type ModelState } from '../state/project-state.ts'
import { namedModels } from '../state/state-field.ts'
import { keyFields } from '../state/table-facets.ts'
import { modelUnder } from '../state/with-model.ts'
import { addWanted, alterToWanted } from './change-field.ts'
import type { ModelChanges } from './model-changes.ts'
import type { Work } from './work.ts'

/**
 * Completes the primary keys that change, before anything new can point at their models: fields give the key up, others come in. A key that is itself
 * a relation to a model yet to be created has to wait.
 */
export function changeKeys(work: Work): void {
  for (const changes of work.kept) {
    if (changesKey(changes)) changeKey(work, changes)
  }
}

/** Whether other fields than before make up the primary key. */
export function changesKey({ before, after }: Pick<ModelChanges, 'before' | 'after'>): boolean {
  return !structuralEqual(keyNames(before), keyNames(after))
}

function changeKey(work: Work, { key, after, altered }: ModelChanges): void {
  const { draft } = work
  const flagged = altered.filter((change) => change.before.primaryKey !== change.after.primaryKey)
  const leaving = flagged.filter((change) => change.before.primaryKey === true)
  const coming = flagged.filter((change) => change.before.primaryKey !== true)
  for (const { name } of [...leaving, ...coming]) alterToWanted(work, after, name)
  const wanted = new Set(keyNames(after))
  for (const { name, field } of after.fields) {
    const isMissing = wanted.has(name) && findField(modelUnder(draft.state, key), name) === undefined
    const canPoint = namedModels(field).every((target) => findModel(draft.state, target) !== undefined)
    if (isMissing && canPoint) addWanted(work, after, name, field)
  }
  const present = modelUnder(draft.state, key)
  const { primaryKey } = after.options
  if (structuralEqual(primaryKey, present.options.primaryKey)) return
  if (primaryKey?.some((name) => findField(present, name) === undefined)) return
  const { managed } = present.options
  const options: ModelOptions = { ...(managed === false && { managed }), ...(primaryKey && { primaryKey }) }
  draft.emit(after.app, alterModelOptions({ name: after.name, options }))
}

function keyNames(model: ModelState): readonly string[] {
  return keyFields(model).map(({ name }) => name)
}
