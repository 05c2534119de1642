import { GodwitError } from '../errors/error.ts'
import type { Table } from '../schema/schema.ts'
import { rules } from '../state/mistakes/rules.ts'
import { withNativeEnums } from '../state/native-enums.ts'
import { projectModel } from '../state/project-model.ts'
import { keyOf, type ModelState, type ProjectState } from '../state/project-state.ts'
import { type ReadModel, type ReadModels, readModels } from './read-models.ts'
import type { Source } from './source.ts'

/** Models that can stand in a models.ts, and the State that they make with those that are known. */
export interface Accepted extends ReadModels {
  readonly state: ProjectState
}

/**
 * Reads tables as models that keep the rules which all models are held to. A table whose model would break one is left out and read no more, so that
 * it keeps nobody from the others.
 */
export function acceptModels(tables: readonly Table[], source: Source): Accepted {
  const read = readModels(tables, source)
  const state = withModels(read.models, source)
  const broken = new Map<string, string>()
  for (const mistake of rules.flatMap((rule) => [...rule(state)])) {
    const found = read.models.findLast(({ model }) => concerns(mistake, keyOf(model)))
    if (found !== undefined) broken.set(found.table.name, mistake.message)
  }
  for (const { table, model } of read.models) {
    const refusal = broken.size === 0 ? refusalOf(() => projectModel(state, model, source.dialect)) : undefined
    if (refusal !== undefined) broken.set(table.name, refusal)
  }
  if (broken.size === 0) return { ...read, state }
  const again = acceptModels(
    tables.filter(({ name }) => !broken.has(name)),
    source,
  )
  return { ...again, unread: [...[...broken].map(([table, why]) => ({ table, why })), ...again.unread] }
}

/** What a table can have and no model can ask for, such as a key over a part of each text, is found when it is projected. */
function refusalOf(body: () => void): string | undefined {
  try {
    body()
    return undefined
  } catch (error) {
    if (error instanceof GodwitError) return error.message
    throw error
  }
}

/** A mistake says whose it is in its details: by the key of the model, by `app.Model.field`, or with words before it. */
function concerns({ details }: GodwitError, key: string): boolean {
  const texts = Object.values(details).flat()
  return texts.some((text) => {
    const last = typeof text === 'string' ? (text.split(' ').at(-1) ?? '') : ''
    return last === key || last.startsWith(`${key}.`)
  })
}

function withModels(models: readonly ReadModel[], { known, app }: Source): ProjectState {
  const own = new Map<string, ModelState>(known.apps.get(app))
  for (const { model } of models) own.set(model.name, model)
  return withNativeEnums({ ...known, apps: new Map(known.apps).set(app, own) })
}
