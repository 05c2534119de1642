import { GodwitError } from '../errors/error.ts'
import { type Change, isObjectChange } from '../schema/change.ts'
import type { Schema } from '../schema/schema.ts'
import { rules } from '../state/mistakes/rules.ts'
import { withNativeEnums } from '../state/native-enums.ts'
import { projectModel } from '../state/project-model.ts'
import {
  keyOf,
  type ModelState,
  modelsOf,
  type ProjectState,
  withObject,
  withoutObject,
} from '../state/project-state.ts'
import { relationsTo } from '../state/relations.ts'
import { withModel, withoutModel } from '../state/with-model.ts'
import { type AdoptingSite, adoptedModel } from './adopted-model.ts'
import type { Discrepancy, Sides } from './discrepancy.ts'

/**
 * The State that says what a database is, as far as models can: what differs is read anew, and all else stays as it was. What is still another is for a
 * comparison to tell.
 */
export function adoptedState(state: ProjectState, discrepancies: readonly Discrepancy[], sides: Sides): ProjectState {
  const own = discrepancies.filter(({ remembered }) => remembered === undefined)
  const changes = own.flatMap((discrepancy) => discrepancy.changes)
  const withTypes = adoptedObjects(state, changes)
  const byTable = Map.groupBy(own, ({ table }) => table ?? '')
  let next = withTypes
  for (const model of modelsOf(withTypes)) {
    const adopted = adopt(model, byTable, { ...sides, state: next })
    if (adopted !== undefined && keepsTheRules(adopted, next, model, sides)) next = adopted
  }
  return next
}

/** The State with one model as its tables are; undefined where nothing of it differs. */
function adopt(
  model: ModelState,
  differing: ReadonlyMap<string, readonly Discrepancy[]>,
  site: AdoptingSite & Pick<Sides, 'declared'>,
): ProjectState | undefined {
  const { state, dialect } = site
  const [table, ...joins] = projectModel(state, model, dialect)
  if (table === undefined) return undefined
  const changesOf = (name: string): readonly Change[] =>
    (differing.get(nameIn(site.declared, name)) ?? []).flatMap(({ changes }) => changes)
  const isMissing = (name: string): boolean => changesOf(name).some(({ kind }) => kind === 'createTable')
  if (isMissing(table.name)) {
    return relationsTo(state, keyOf(model)).some((relation) => relation.model.name !== model.name)
      ? undefined
      : withoutModel(state, keyOf(model))
  }
  const lost = joins.filter(({ name }) => isMissing(name))
  const kept =
    lost.length === 0 ? model : { ...model, fields: model.fields.filter((entry) => !makes(entry, lost, model, site)) }
  const changes = changesOf(table.name)
  if (changes.length === 0) return kept === model ? undefined : withModel(state, kept)
  const found = site.inspected.tables.get(nameIn(site.declared, table.name))
  if (found === undefined) return undefined
  const read = adoptedModel({ model: kept, found, changes }, site)
  return read && withModel(state, read)
}

/** Whether a field is the many-to-many that makes one of these tables. */
function makes(
  entry: ModelState['fields'][number],
  tables: readonly { readonly name: string }[],
  model: ModelState,
  { state, dialect }: AdoptingSite,
): boolean {
  if (entry.field.to === undefined) return false
  const without = { ...model, fields: model.fields.filter((other) => other !== entry) }
  const left = new Set(projectModel(withModel(state, without), without, dialect).map(({ name }) => name))
  return tables.some(({ name }) => !left.has(name))
}

/** A server leaves out the schema of a table where it is the default one. */
function nameIn({ tables }: Schema, name: string): string {
  return tables.has(name) ? name : name.slice(name.indexOf('.') + 1)
}

/** The State with the enum types, extensions and collations that are there; the fields of a type say its values. */
function adoptedObjects(state: ProjectState, changes: readonly Change[]): ProjectState {
  let next = state
  for (const change of changes) {
    if (!isObjectChange(change)) continue
    if (change.kind === 'createObject') next = withoutObject(next, change.object)
    if (change.kind !== 'alterEnum') continue
    const { name, values } = change.before
    const key = `enum ${name}`
    const owner = state.objects.get(key)
    if (owner !== undefined) next = withObject(next, owner.app, change.before)
    for (const model of modelsOf(next)) {
      if (!model.fields.some(({ field }) => field.native === name)) continue
      const fields = model.fields.map((entry) =>
        entry.field.native === name ? { ...entry, field: { ...entry.field, values } } : entry,
      )
      next = withModel(next, { ...model, fields })
    }
  }
  return next
}

/** What no model may say is no way out. */
function keepsTheRules(
  state: ProjectState,
  before: ProjectState,
  { app, name }: ModelState,
  { dialect }: Sides,
): boolean {
  if (mistakesIn(state) > mistakesIn(before)) return false
  const model = state.apps.get(app)?.get(name)
  try {
    if (model !== undefined) projectModel(withNativeEnums(state), model, dialect)
    return true
  } catch (error) {
    if (error instanceof GodwitError) return false
    throw error
  }
}

function mistakesIn(state: ProjectState): number {
  return rules.flatMap((rule) => [...rule(state)]).length
}
