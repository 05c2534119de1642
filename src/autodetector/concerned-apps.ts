import {
  findModel,
  keyOf,
  type ModelState,
  modelsOf,
  type ProjectState,
  splitModelKey,
} from '../state/project-state.ts'
import { namedModels } from '../state/state-field.ts'

/**
 * The named apps, and all others without whose changes theirs cannot be made: those that have a new model which theirs point at, those that still point
 * at a model which goes, and, where models come and go, those between which one may have moved.
 */
export function concernedApps({
  from,
  to,
  apps,
}: {
  from: ProjectState
  to: ProjectState
  apps: Iterable<string>
}): ReadonlySet<string> {
  const isNew = (key: string): boolean => findModel(from, key) === undefined
  const isGone = (key: string): boolean => findModel(to, key) === undefined
  const needs = new Map<string, Set<string>>()
  const need = (app: string, other: string): void => {
    needs.set(app, (needs.get(app) ?? new Set()).add(other))
  }
  for (const model of modelsOf(to)) {
    for (const key of targetsOf(model)) if (isNew(key)) need(model.app, splitModelKey(key).app)
  }
  for (const model of modelsOf(from)) {
    for (const key of targetsOf(model)) {
      if (!isGone(key)) continue
      need(model.app, splitModelKey(key).app)
      need(splitModelKey(key).app, model.app)
    }
  }
  const gaining = new Set([...modelsOf(to)].filter((model) => isNew(keyOf(model))).map(({ app }) => app))
  const losing = new Set([...modelsOf(from)].filter((model) => isGone(keyOf(model))).map(({ app }) => app))

  const concerned = new Set<string>()
  const pending = [...apps]
  for (let app = pending.pop(); app !== undefined; app = pending.pop()) {
    if (concerned.has(app)) continue
    concerned.add(app)
    pending.push(...(needs.get(app) ?? []))
    if (gaining.has(app)) pending.push(...losing)
    if (losing.has(app)) pending.push(...gaining)
  }
  return concerned
}

function targetsOf(model: ModelState): readonly string[] {
  return model.fields.flatMap(({ field }) => namedModels(field))
}
