import { hasColumn } from '../fields/database-options.ts'
import { alterField } from '../operations/alter-field.ts'
import { renameField } from '../operations/rename-field.ts'
import { columnName } from '../state/names.ts'
import { findField } from '../state/project-state.ts'
import { modelUnder } from '../state/with-model.ts'
import { isColumnTaken } from './column-taken.ts'
import type { Draft } from './draft.ts'
import type { ModelPair } from './resolve-field-renames.ts'

/**
 * Gives the fields of a model their new names. A column that keeps its name, or whose new name is still taken by another, is held by its name first;
 * in the latter case it gets its new one later, when that is free.
 */
export function renameFields(draft: Draft, { key, after }: ModelPair, renamed: ReadonlyMap<string, string>): void {
  for (const { name, field: wanted } of after.fields) {
    const oldName = renamed.get(`${key}.${name}`)
    const model = modelUnder(draft.state, key)
    const old = oldName === undefined ? undefined : findField(model, oldName)?.field
    if (oldName === undefined || old === undefined) continue
    const column = columnName(oldName, old)
    const follows = columnName(name, old)
    const keeps = columnName(name, wanted) === column || isColumnTaken(model, follows, oldName)
    if (hasColumn(old) && old.column === undefined && follows !== column && keeps) {
      draft.emit(model.app, alterField({ model: model.name, name: oldName, field: { ...old, column } }))
    }
    draft.emit(model.app, renameField({ model: model.name, from: oldName, to: name }))
  }
}
