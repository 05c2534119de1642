import { hasColumn } from '../fields/database-options.ts'
import type { Field } from '../fields/field.ts'
import { invariant } from '../lib/invariant.ts'
import { alterField } from '../operations/alter-field.ts'
import { canCopy, copyBetween } from '../operations/copied-pairs.ts'
import { heldNames } from '../operations/held-names.ts'
import type { Operation } from '../operations/operation.ts'
import { removeField } from '../operations/remove-field.ts'
import { renameField } from '../operations/rename-field.ts'
import { columnName, joinTableName, splitTableName, tableName } from '../state/names.ts'
import { findField, type ModelState, modelsOf, type ProjectState } from '../state/project-state.ts'
import { modelUnder } from '../state/with-model.ts'
import type { Draft } from './draft.ts'
import { isManyToMany } from './field-facts.ts'
import type { ModelPair } from './resolve-field-renames.ts'
import type { Work } from './work.ts'

/**
 * Moves relations out of the way that stay until what they hold is copied: they give up their names, and their columns and tables where those are
 * wanted. Returns what each is called meanwhile, by what it is copied to.
 */
export function stepAsideForCopies(
  draft: Draft,
  { key, after }: ModelPair,
  to: ProjectState,
  copies: ReadonlyMap<string, string>,
): ReadonlyMap<string, string> {
  const called = new Map<string, string>()
  if (!after.fields.some(({ name }) => copies.has(`${key}.${name}`))) return called
  const isWanted = wantedNames(to, after)
  for (const { name } of after.fields) {
    const old = copies.get(`${key}.${name}`)
    if (old === undefined) continue
    const isInTheWay = (current: string): boolean => {
      const model = modelUnder(draft.state, key)
      const field = findField(model, current)?.field
      return field !== undefined && isWanted(model, current, field)
    }
    const moves = old === name || isInTheWay(old)
    const current = moves ? freeName(modelUnder(draft.state, key), after, old) : old
    if (moves) draft.emit(after.app, renameField({ model: after.name, from: old, to: current }), unnamed)
    // A column or table that was given its name keeps it when the field is renamed.
    if (isInTheWay(current)) draft.emit(after.app, underOtherName(modelUnder(draft.state, key), current), unnamed)
    called.set(`${key}.${name}`, current)
  }
  return called
}

/** The migration is named after what comes of it, not after what is done on the way. */
const unnamed = { fragment: '' } as const

/** Removes the relations whose pairs have been copied. */
export function removeCopied({ draft, kept, copies }: Work): void {
  for (const { key, after } of kept) {
    for (const { name } of after.fields) {
      const from = copies.get(`${key}.${name}`)
      if (from === undefined) continue
      const restores = canCopy(draft.state, copyBetween(draft.state, key, name, from))
      const removal = { model: after.name, name: from, ...(restores && { restoreFrom: name }) }
      draft.emit(after.app, removeField(removal), unnamed)
    }
  }
}

/** Whether somebody else is to have the column or join table of a field. */
function wantedNames(to: ProjectState, after: ModelState): (model: ModelState, name: string, field: Field) => boolean {
  const columns = new Set(
    after.fields.flatMap(({ name, field }) => (hasColumn(field) ? [columnName(name, field).toLowerCase()] : [])),
  )
  const objects = new Set([...modelsOf(to)].flatMap((model) => [...heldNames(model)]))
  return (model, name, field) => {
    if (!isManyToMany(field)) return columns.has(columnName(name, field).toLowerCase())
    return field.through === undefined && objects.has(`object ${joinTableOf(model, name, field)}`)
  }
}

function joinTableOf(model: ModelState, name: string, field: Field): string {
  return joinTableName(tableName(model.app, model.name, model.options), name, field).toLowerCase()
}

function underOtherName(model: ModelState, name: string): Operation {
  const field = findField(model, name)?.field
  invariant(field !== undefined, `${model.name} has the field ${name}`)
  const given = isManyToMany(field)
    ? { table: `${splitTableName(joinTableOf(model, name, field)).table}_moving` }
    : { column: `${columnName(name, field)}_moving` }
  return alterField({ model: model.name, name, field: { ...field, ...given } })
}

function freeName(before: ModelState, after: ModelState, name: string): string {
  const aside = `${name}_moving`
  return findField(before, aside) === undefined && findField(after, aside) === undefined
    ? aside
    : freeName(before, after, aside)
}
