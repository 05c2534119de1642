import { applyUnchecked } from '../operations/definitions.ts'
import type { CreateModel, Operation } from '../operations/operation.ts'
import { emptyState, modelKey } from '../state/project-state.ts'
import { modelUnder, withNewModel } from '../state/with-model.ts'

/**
 * One `createModel` that does what another and a later change of that model do. The change is applied to a State that holds nothing but the model,
 * without the targets of its relations, so that each operation says only once what it does. Values for existing rows go: a new table has none.
 */
export function foldIntoCreateModel(first: CreateModel, second: Operation, app: string): CreateModel {
  const alone = withNewModel(emptyState, { app, ...first })
  const changed = applyUnchecked(second, alone, { app, migration: '' })
  const name = second.kind === 'renameModel' ? second.to : first.name
  const { fields, options } = modelUnder(changed, modelKey(app, name))
  return {
    kind: 'createModel',
    name,
    fields: Object.fromEntries(fields.map((entry) => [entry.name, entry.field])),
    ...(Object.keys(options).length > 0 && { options }),
  }
}
