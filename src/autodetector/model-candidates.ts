import { findField, keyOf, type ModelState, type ProjectState } from '../state/project-state.ts'
import type { Candidate } from './field-candidates.ts'
import { fieldChanges } from './field-changes.ts'
import { nameSimilarity } from './name-similarity.ts'

/**
 * The removed models that an added one may have been, most alike first: at least half of their fields are the same by name and kind, or all are by
 * kind. A model of another app is named with its app.
 */
export function modelCandidates(removed: readonly ModelState[], added: ModelState): readonly Candidate[] {
  return removed
    .map((model) => ({ model, share: sharedFields(model, added), similarity: nameSimilarity(model.name, added.name) }))
    .filter(({ model, share }) => share >= 0.5 || sameKinds(model, added))
    .sort(
      (a, b) =>
        b.share - a.share ||
        b.similarity - a.similarity ||
        Number(b.model.app === added.app) - Number(a.model.app === added.app) ||
        (keyOf(a.model) < keyOf(b.model) ? -1 : 1),
    )
    .map(({ model }) => ({
      name: model.app === added.app ? model.name : keyOf(model),
      alsoChanges: modelChanges(model, added),
    }))
}

/**
 * Whether an operation can get a model from one name to another: it is renamed in its old app or in its new one, and that name must be free there
 * before and after.
 */
export function canBecome(old: ModelState, added: ModelState, from: ProjectState, to: ProjectState): boolean {
  return (
    old.app === added.app ||
    old.name === added.name ||
    renamesFirst(old, added, from, to) ||
    renamesLast(old, added, from, to)
  )
}

/** Whether a model that moves to another app under another name can take that name before it moves. */
export function renamesFirst(old: ModelState, added: ModelState, from: ProjectState, to: ProjectState): boolean {
  return isFree(old.app, added.name, from, to)
}

function renamesLast(old: ModelState, added: ModelState, from: ProjectState, to: ProjectState): boolean {
  return isFree(added.app, old.name, from, to)
}

function isFree(app: string, name: string, from: ProjectState, to: ProjectState): boolean {
  return from.apps.get(app)?.has(name) !== true && to.apps.get(app)?.has(name) !== true
}

/** The share of the fields that two models have in common by name and kind, from 0 to 1. An `id` that every model has says nothing. */
function sharedFields(a: ModelState, b: ModelState): number {
  const [left, right] = [telling(a), telling(b)]
  const kinds = new Map(left.map(({ name, field }) => [name, field.kind]))
  const shared = right.filter(({ name, field }) => kinds.get(name) === field.kind).length
  const most = Math.max(left.length, right.length)
  return most === 0 ? 0 : shared / most
}

function sameKinds(a: ModelState, b: ModelState): boolean {
  const kinds = (model: ModelState): string =>
    telling(model)
      .map(({ field }) => field.kind)
      .sort()
      .join()
  return kinds(a) === kinds(b)
}

function telling(model: ModelState): ModelState['fields'] {
  return model.fields.filter(({ name }) => name !== 'id')
}

function modelChanges(old: ModelState, added: ModelState): readonly string[] {
  return [
    ...old.fields.filter(({ name }) => findField(added, name) === undefined).map(({ name }) => `without ${name}`),
    ...added.fields.flatMap(({ name, field }) => {
      const before = findField(old, name)?.field
      if (before === undefined) return [`with ${name}`]
      // What a relation points at may itself have been renamed, which only the next question tells.
      return fieldChanges({ ...before, to: undefined }, { ...field, to: undefined }).map(
        (change) => `${name}: ${change}`,
      )
    }),
  ]
}
