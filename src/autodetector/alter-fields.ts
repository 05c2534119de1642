import { hasColumn } from '../fields/database-options.ts'
import type { Field } from '../fields/field.ts'
import { columnName } from '../state/names.ts'
import { findModel } from '../state/project-state.ts'
import { alterToWanted, stepAside } from './change-field.ts'
import { changesKey } from './change-keys.ts'
import { isColumnTaken } from './column-taken.ts'
import { components } from './components.ts'
import { isGenerated } from './field-facts.ts'
import type { ModelChanges } from './model-changes.ts'
import { takersInTurn } from './takers-in-turn.ts'
import type { Work } from './work.ts'

type Alteration = ModelChanges['altered'][number]

/**
 * Alters fields, but for those that are computed, which only make way. One that takes the column name of another comes after it; where they swap, one
 * steps aside.
 */
export function alterFields(work: Work): void {
  for (const { after, altered } of work.kept) {
    for (const { name, before } of altered) {
      if (isGenerated(before) && isColumnTaken(after, columnName(name, before), name)) stepAside(work, after, name)
    }
    const plain = altered.filter((change) => !isGenerated(change.after))
    const owners = new Map(plain.flatMap((change) => columnOf(change.name, change.before, change)))
    const ownerOfWanted = (change: Alteration): readonly Alteration[] =>
      columnOf(change.name, change.after, change).flatMap(([column]) => owners.get(column) ?? [])
    for (const group of components(plain, ownerOfWanted)) {
      const [first] = group
      if (first !== undefined && group.length > 1) {
        alterToWanted(work, after, first.name, `${columnName(first.name, first.before)}_moving`)
      }
      for (const { name } of takersInTurn(group, ownerOfWanted)) alterToWanted(work, after, name)
    }
  }
}

/**
 * Alters the fields that stop pointing at a model whose primary key is about to change: they must not be caught up in that. Where the name that the
 * column is to have is not free yet, it follows later.
 */
export function releaseFields(work: Work): void {
  const rekeyed = new Set(work.kept.filter(changesKey).map(({ key }) => key))
  for (const { after, altered } of work.kept) {
    for (const change of altered) {
      const leaves = rekeyed.has(String(change.before.to)) && change.before.to !== change.after.to
      const arrives = change.after.to === undefined || isSettled(work, String(change.after.to), rekeyed)
      if (leaves && arrives) alterToWanted(work, after, change.name)
    }
  }
}

function isSettled({ draft }: Work, key: string, rekeyed: ReadonlySet<string>): boolean {
  return !rekeyed.has(key) && findModel(draft.state, key) !== undefined
}

function columnOf(name: string, field: Field, change: Alteration): readonly [string, Alteration][] {
  return hasColumn(field) ? [[columnName(name, field).toLowerCase(), change]] : []
}
