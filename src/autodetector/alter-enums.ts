import { nativeEnumOf } from '../fields/native-enum.ts'
import { alterEnum } from '../operations/alter-enum.ts'
import { createEnum } from '../operations/create-enum.ts'
import { deleteEnum } from '../operations/delete-enum.ts'
import { differsInValuesOnly } from '../operations/find-object.ts'
import { findField, findModel, modelKey, type ProjectState } from '../state/project-state.ts'
import { namedModels } from '../state/state-field.ts'
import { alterToWanted } from './change-field.ts'
import type { DetectedOperation } from './detection.ts'
import type { Draft } from './draft.ts'
import type { EnumChanges } from './enum-changes.ts'
import type { Work } from './work.ts'

/** Creates enum types and adds values to others, before anything else: nothing can stand in the way, and everything may count on them. */
export function extendEnums(draft: Draft, { created, extended }: EnumChanges): void {
  for (const { app, name, values } of created) draft.emit(app, createEnum({ name, values }))
  for (const { app, name, values } of extended) draft.emit(app, alterEnum({ name, values }))
}

/**
 * Makes enum types anew whose values go or change their order, once what was of them is gone: rows that hold a value that goes must not be in the way
 * of fields that become something else. The fields that stay follow at once, for they are altered as one with the type.
 */
export function replaceEnums(work: Work): void {
  const { draft, kept, enums } = work
  const isReplaced = new Set(enums.replaced.map(({ name }) => name))
  for (const { after, altered } of kept) {
    for (const change of altered) {
      const [old, now] = [nativeEnumOf(change.before)?.name, nativeEnumOf(change.after)?.name]
      if (old === undefined || old === now || !isReplaced.has(old) || (now !== undefined && isReplaced.has(now)))
        continue
      const canPoint = namedModels(change.after).every((key) => findModel(draft.state, key) !== undefined)
      if (canPoint) alterToWanted(work, after, change.name)
    }
  }
  for (const { app, name, values } of enums.replaced) {
    draft.emit(app, alterEnum({ name, values }))
    for (const { after, altered } of kept) {
      for (const change of altered) {
        const isOf = nativeEnumOf(change.before)?.name === name && nativeEnumOf(change.after)?.name === name
        if (isOf) alterToWanted(work, after, change.name)
      }
    }
  }
}

/** Deletes the enum types that nothing is of any more. */
export function deleteEnums({ draft, enums }: Work): void {
  for (const { app, name, values } of enums.deleted) draft.emit(app, deleteEnum({ name, values }))
}

/**
 * Puts what only adds values to an enum into a migration of its own before all others of its app, unless nothing follows there but fields that say the
 * new values as well: a value can't be used in the transaction that adds it.
 */
export function stageEnums(
  operations: readonly DetectedOperation[],
  { extended }: EnumChanges,
  from: ProjectState,
): readonly DetectedOperation[] {
  const names = new Set(extended.map(({ name }) => name))
  const isExtension = ({ operation }: DetectedOperation): boolean =>
    operation.kind === 'alterEnum' && names.has(operation.name)
  const others = operations.filter((one) => !isExtension(one) && !saysValuesOnly(one, names, from))
  const busy = new Set(others.map(({ app }) => app))
  return operations.map((one) => (isExtension(one) && busy.has(one.app) ? { ...one, stage: 'enums' } : one))
}

/** Whether an operation changes nothing but the values of a field of one of these enums. One that was renamed is not found, for that is something else. */
function saysValuesOnly(
  { app, operation }: DetectedOperation,
  enums: ReadonlySet<string>,
  from: ProjectState,
): boolean {
  if (operation.kind !== 'alterField') return false
  const model = findModel(from, modelKey(app, operation.model))
  const before = model && findField(model, operation.name)?.field
  const name = before && nativeEnumOf(before)?.name
  return before !== undefined && name !== undefined && enums.has(name) && differsInValuesOnly(before, operation.field)
}
