import { fieldsEqual, hasColumn } from '../fields/database-options.ts'
import { isDefaultFunction } from '../fields/default-functions.ts'
import type { Field } from '../fields/field.ts'
import { defined } from '../lib/defined.ts'
import { addField } from '../operations/add-field.ts'
import { alterField } from '../operations/alter-field.ts'
import { canCopy, copyBetween } from '../operations/copied-pairs.ts'
import type { Value } from '../schema/value.ts'
import { columnName } from '../state/names.ts'
import { findField, keyOf, type ModelState, type ProjectState } from '../state/project-state.ts'
import { withField } from '../state/with-field.ts'
import { modelUnder } from '../state/with-model.ts'
import { isColumnTaken } from './column-taken.ts'
import type { Work } from './work.ts'

/** Adds a field as a model wants it, with what existing rows get. For the safe steps it may be NULL for now. */
export function addWanted({ draft, fills, copies }: Work, model: ModelState, name: string, field: Field): void {
  const decision = fills.get(`${keyOf(model)}.${name}`)
  const wanted = copies.get(`${keyOf(model)}.${name}`)
  const copyFrom = wanted !== undefined && canCopyTo(draft.state, model, name, field, wanted) ? wanted : undefined
  const first: Field = decision?.kind === 'safeSteps' ? { ...field, null: true } : field
  draft.emit(
    model.app,
    addField({
      model: model.name,
      name,
      field: first,
      ...(decision?.kind === 'fill' ? { fillExisting: decision.value } : {}),
      ...defined({ copyFrom }),
    }),
  )
}

/**
 * Alters a field to what a model wants; nothing, where it is so already. For the safe steps it may be NULL for now. Where its column is to have
 * another name `meanwhile`, it gets that; where the name is still another one's, it keeps its own.
 */
export function alterToWanted(
  { draft, fills, restores }: Work,
  model: ModelState,
  name: string,
  meanwhile?: string,
): void {
  const key = keyOf(model)
  const wanted = findField(model, name)?.field
  const before = modelUnder(draft.state, key)
  const present = findField(before, name)?.field
  if (wanted === undefined || present === undefined) return
  const decision = fills.get(`${key}.${name}`)
  const loose: Field = decision?.kind === 'safeSteps' ? { ...wanted, null: true } : wanted
  const mustKeep = hasColumn(loose) && isColumnTaken(before, columnName(name, loose), name)
  const column = meanwhile ?? (mustKeep ? columnName(name, present) : undefined)
  const field: Field = column === undefined ? loose : { ...loose, column }
  if (fieldsEqual(present, field)) return
  const fillRestored = restores.get(`${key}.${name}`)
  const fill = decision?.kind === 'fill' ? decision.value : literalDefault(field)
  const fillExisting = present.null === true && field.null !== true ? fill : undefined
  draft.emit(
    model.app,
    alterField({
      model: model.name,
      name,
      field,
      ...(fillExisting === undefined ? {} : { fillExisting }),
      ...(fillRestored === undefined ? {} : { fillRestored }),
    }),
  )
}

/** Gives up the name of a column that another field is to have; the field is as it was in all else. */
export function stepAside({ draft }: Work, model: ModelState, name: string): void {
  const present = findField(modelUnder(draft.state, keyOf(model)), name)?.field
  if (present === undefined) return
  const field: Field = { ...present, column: `${columnName(name, present)}_moving` }
  draft.emit(model.app, alterField({ model: model.name, name, field }))
}

/** The value that replaces NULL where the field itself says one. */
function literalDefault({ default: given }: Field): Value | undefined {
  return given === undefined || isDefaultFunction(given) ? undefined : given
}

/** Not where a join model loses one of its keys, which is gone by then, with all that it said. */
function canCopyTo(state: ProjectState, model: ModelState, name: string, field: Field, from: string): boolean {
  const after = withField(state, keyOf(model), name, field)
  return canCopy(after, copyBetween(after, keyOf(model), from, name))
}
