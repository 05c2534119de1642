import { structuralEqual } from '../lib/structural-equal.ts'
import { addConstraint } from '../operations/add-constraint.ts'
import { addIndex } from '../operations/add-index.ts'
import { alterConstraint } from '../operations/alter-constraint.ts'
import { alterModelOptions } from '../operations/alter-model-options.ts'
import { alterModelTableComment } from '../operations/alter-model-table-comment.ts'
import { findField } from '../state/project-state.ts'
import { modelUnder } from '../state/with-model.ts'
import { addWanted, alterToWanted } from './change-field.ts'
import { isGenerated } from './field-facts.ts'
import type { ModelChanges } from './model-changes.ts'
import { readersLast } from './readers.ts'
import type { Work } from './work.ts'

/** Adds the fields that are not there yet; what is computed from others comes after all of them. */
export function addFields(work: Work, models: readonly ModelChanges[]): void {
  const missing = models.flatMap(({ key, after, added }) =>
    added
      .filter(({ field }) => !isGenerated(field))
      .filter(({ name }) => findField(modelUnder(work.draft.state, key), name) === undefined)
      .map(({ name, field }) => ({ after, name, field, copies: work.copies.has(`${key}.${name}`) })),
  )
  // What copies may copy to another model, of which all must be there by then.
  for (const { after, name, field } of [
    ...missing.filter((one) => !one.copies),
    ...missing.filter((one) => one.copies),
  ]) {
    addWanted(work, after, name, field)
  }
  for (const { after, added, altered } of models) {
    const isAdded = new Set(added.map(({ name }) => name))
    const isAltered = new Set(altered.map(({ name }) => name))
    const computed = after.fields.filter(
      ({ name, field }) => isGenerated(field) && (isAdded.has(name) || isAltered.has(name)),
    )
    for (const { name, field } of readersLast(computed)) {
      if (isAdded.has(name)) addWanted(work, after, name, field)
      else alterToWanted(work, after, name)
    }
  }
}

/** Alters and adds indexes and constraints, now that every field is there. */
export function addDeclarations({ draft }: Work, models: readonly ModelChanges[]): void {
  for (const { after, constraints, indexes } of models) {
    const { app, name: model } = after
    for (const index of indexes.added) draft.emit(app, addIndex({ model, index }))
    for (const { before, after: constraint } of constraints.changed) {
      if (before.name !== undefined) draft.emit(app, alterConstraint({ model, name: before.name, constraint }))
    }
    for (const constraint of constraints.added) draft.emit(app, addConstraint({ model, constraint }))
  }
}

/** Brings the remaining options up to date: a table that Godwit takes over is taken over last, as it is by then. */
export function alterOptions({ draft }: Work, models: readonly ModelChanges[]): void {
  for (const { key, after } of models) {
    const { comment, managed, primaryKey } = after.options
    const present = modelUnder(draft.state, key).options
    if (present.comment !== comment) {
      draft.emit(after.app, alterModelTableComment({ name: after.name, ...(comment === undefined ? {} : { comment }) }))
    }
    if (present.managed === managed && structuralEqual(present.primaryKey, primaryKey)) continue
    const options = {
      ...(managed === undefined ? {} : { managed }),
      ...(primaryKey === undefined ? {} : { primaryKey }),
    }
    draft.emit(after.app, alterModelOptions({ name: after.name, options }))
  }
}
