import { nativeEnumOf } from '../fields/native-enum.ts'
import { structuralEqual } from '../lib/structural-equal.ts'
import {
  findModel,
  keyOf,
  type ModelState,
  modelsOf,
  type ProjectState,
  splitModelKey,
} from '../state/project-state.ts'
import { namedModels } from '../state/state-field.ts'
import { enumsOf } from './enum-changes.ts'

/**
 * The named apps, and all others without whose changes theirs cannot be made: those that have a new model which theirs point at, those that still point
 * at a model which goes, and, where models come and go, those between which one may have moved. With a model that moves, its enum type stays with the
 * app that made it.
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
  for (const state of [from, to]) {
    for (const [name, owner, app] of enumsUsed(state, from)) {
      if (structuralEqual(enumsOf(from).get(name)?.values, enumsOf(to).get(name)?.values)) continue
      need(app, owner)
      need(owner, app)
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

/** The enum types of the migrations that fields of a State are of: name, the app that made it, and that of the field. */
function* enumsUsed(state: ProjectState, from: ProjectState): Generator<readonly [string, string, string]> {
  const known = enumsOf(from)
  if (known.size === 0) return
  for (const model of modelsOf(state)) {
    for (const { field } of model.fields) {
      const owned = known.get(nativeEnumOf(field)?.name ?? '')
      if (owned !== undefined && owned.app !== model.app) yield [owned.name, owned.app, model.app]
    }
  }
}

function targetsOf(model: ModelState): readonly string[] {
  return model.fields.flatMap(({ field }) => namedModels(field))
}
