import { defined } from '../lib/defined.ts'
import { alterModelTable } from '../operations/alter-model-table.ts'
import { moveModel } from '../operations/move-model.ts'
import { renameModel } from '../operations/rename-model.ts'
import { splitTableName, tableName } from '../state/names.ts'
import { modelKey, type ProjectState } from '../state/project-state.ts'
import { modelUnder } from '../state/with-model.ts'
import type { Draft } from './draft.ts'
import { renamesFirst } from './model-candidates.ts'

/** Gives models their new names and apps. A table that keeps its name is given it first, so that nothing happens to it on the way. */
export function renameModels(
  draft: Draft,
  renamed: ReadonlyMap<string, string>,
  { from, to }: { from: ProjectState; to: ProjectState },
): void {
  for (const [key, oldKey] of [...renamed].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const old = modelUnder(from, oldKey)
    const wanted = modelUnder(to, key)
    const { table, schema } = splitTableName(tableName(old.app, old.name, old.options))
    if (wanted.options.table === table && old.options.table !== table) {
      draft.emit(old.app, alterModelTable({ name: old.name, table, ...defined({ schema }) }))
    }
    const moves = old.app !== wanted.app
    const renames = old.name !== wanted.name
    const early = !moves || renamesFirst(old, wanted, from, to)
    const rename = renameModel({ from: old.name, to: wanted.name })
    if (renames && early) draft.emit(old.app, rename)
    if (moves) draft.emit(wanted.app, moveModel({ model: modelKey(old.app, early ? wanted.name : old.name) }))
    if (renames && !early) draft.emit(wanted.app, rename)
  }
}
