import { alterModelOptions } from '../operations/alter-model-options.ts'
import { removeConstraint } from '../operations/remove-constraint.ts'
import { removeField } from '../operations/remove-field.ts'
import { removeIndex } from '../operations/remove-index.ts'
import { validated } from '../operations/validated.ts'
import { modelUnder } from '../state/with-model.ts'
import { readersFirst } from './readers.ts'
import type { Work } from './work.ts'

/** Removes indexes and constraints, which stand in the way of the fields that they are over. */
export function removeDeclarations({ draft, kept }: Work): void {
  for (const { after, constraints, indexes } of kept) {
    for (const constraint of constraints.removed) {
      draft.emit(after.app, removeConstraint({ model: after.name, constraint: validated(constraint) }))
    }
    for (const index of indexes.removed) draft.emit(after.app, removeIndex({ model: after.name, index }))
  }
}

/** Hands a table over to other hands before anything else is said of it, and frees the fields of a composite key that go. */
export function loosenOptions({ draft, kept }: Work): void {
  for (const { key, after, removed } of kept) {
    const { options } = modelUnder(draft.state, key)
    const gone = new Set(removed.map(({ name }) => name))
    const keyGoes = options.primaryKey?.some((name) => gone.has(name)) === true
    const handsOver = after.options.managed === false && options.managed !== false
    if (!keyGoes && !handsOver) continue
    const managed = handsOver ? false : options.managed
    const primaryKey = keyGoes ? undefined : options.primaryKey
    draft.emit(
      after.app,
      alterModelOptions({
        name: after.name,
        options: { ...(managed === undefined ? {} : { managed }), ...(primaryKey === undefined ? {} : { primaryKey }) },
      }),
    )
  }
}

/** Removes fields: those that are computed from others before those others. What is to be copied stays until it is. */
export function removeFields({ draft, kept, restores, copies }: Work): void {
  for (const { key, after, removed } of kept) {
    const copied = new Set(after.fields.map(({ name }) => copies.get(`${key}.${name}`)))
    for (const { name } of readersFirst(removed)) {
      if (copied.has(name)) continue
      const fillRestored = restores.get(`${key}.${name}`)
      draft.emit(
        after.app,
        removeField({ model: after.name, name, ...(fillRestored === undefined ? {} : { fillRestored }) }),
      )
    }
  }
}
