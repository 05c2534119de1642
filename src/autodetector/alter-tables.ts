import { defined } from '../lib/defined.ts'
import { alterModelTable } from '../operations/alter-model-table.ts'
import { heldNames } from '../operations/held-names.ts'
import { splitTableName, tableName } from '../state/names.ts'
import { findModel, keyOf, type ModelState } from '../state/project-state.ts'
import { modelUnder } from '../state/with-model.ts'
import { components } from './components.ts'
import { takersInTurn } from './takers-in-turn.ts'
import type { Work } from './work.ts'

/** A model whose table is to have another name, or to stand in another schema. */
interface TableChange {
  readonly before: ModelState
  readonly after: ModelState
}

/**
 * Gives tables their names, once those of deleted models are free and before new models take theirs. One that takes the name of another comes after
 * it; where they swap, and where a model goes only later, one steps aside.
 */
export function alterTables(work: Work): void {
  const { draft, kept, created } = work
  const changes = kept
    .map(({ key, after }): TableChange => ({ before: modelUnder(draft.state, key), after }))
    .filter(({ before: { options }, after }) => {
      return options.table !== after.options.table || options.schema !== after.options.schema
    })
  const going = work.deleted.flatMap((model) => findModel(draft.state, keyOf(model)) ?? [])
  const wanted = new Set(
    going.length === 0 ? [] : [...kept.map(({ after }) => after), ...created].flatMap((model) => [...heldNames(model)]),
  )
  for (const model of going) {
    if (wanted.has(`object ${tableOf(model)}`.toLowerCase())) stepAside(work, model)
  }
  const owners = new Map(changes.map((change) => [tableOf(change.before), change]))
  const ownerOfWanted = ({ after }: TableChange): readonly TableChange[] => {
    const owner = owners.get(tableOf(after))
    return owner === undefined ? [] : [owner]
  }
  for (const group of components(changes, ownerOfWanted)) {
    const [first] = group
    if (first !== undefined && group.length > 1) stepAside(work, first.before)
    for (const { after } of takersInTurn(group, ownerOfWanted)) {
      const { table, schema } = after.options
      draft.emit(after.app, alterModelTable({ name: after.name, ...defined({ table, schema }) }))
    }
  }
}

function tableOf(model: ModelState): string {
  return tableName(model.app, model.name, model.options)
}

function stepAside({ draft }: Work, model: ModelState): void {
  const { schema, table } = splitTableName(tableOf(model))
  draft.emit(model.app, alterModelTable({ name: model.name, table: `${table}_moving`, ...defined({ schema }) }))
}
