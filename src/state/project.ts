import { fail } from '../errors/error.ts'
import { structuralEqual } from '../lib/structural-equal.ts'
import type { Dialect } from '../schema/dialect.ts'
import type { Feature } from '../schema/feature.ts'
import type { Schema, SchemaObject, Table } from '../schema/schema.ts'
import { projectModel } from './project-model.ts'
import { findModel, keyOf, type ModelState, modelsOf, type ProjectState } from './project-state.ts'
import { relationsTo } from './relations.ts'
import { facetsOf } from './table-facets.ts'

/** The Schema that a State asks for, in one dialect's terms. Fails with `migrations.operationTableTwice` when two models claim one table. */
export function project(state: ProjectState, dialect: Dialect): Schema {
  return schemaOf(state, modelsOf(state), dialect)
}

/**
 * The tables in which the Schemas of two States of one lineage can differ, and no others: of the models that are not the same object, and of those
 * who refer to a model whose name, table or key changed, and the join models of those that changed. A model that is unmanaged on either side is left
 * out of both, for becoming unmanaged drops nothing and becoming managed creates nothing.
 */
export function projectChanged(
  before: ProjectState,
  after: ProjectState,
  dialect: Dialect,
): { readonly before: Schema; readonly after: Schema } {
  const changed = changedModels(before, after)
  const unmanaged = new Set(
    [...changed.before, ...changed.after].flatMap(({ identity, options, elsewhere }) =>
      options.managed === false || elsewhere ? [identity] : [],
    ),
  )
  const managed = (models: ReadonlySet<ModelState>): Iterable<ModelState> =>
    [...models].filter(({ identity }) => !unmanaged.has(identity))
  return {
    before: schemaOf(before, managed(changed.before), dialect),
    after: schemaOf(after, managed(changed.after), dialect),
  }
}

interface ChangedModels {
  readonly before: ReadonlySet<ModelState>
  readonly after: ReadonlySet<ModelState>
}

function changedModels(before: ProjectState, after: ProjectState): ChangedModels {
  const changed = { before: new Set(onlyIn(before, after)), after: new Set(onlyIn(after, before)) }
  const pending = new Set([...changed.before, ...changed.after].map(keyOf))
  const add = (key: string): void => {
    const old = findModel(before, key)
    const now = findModel(after, key)
    if (old !== undefined) changed.before.add(old)
    if (now !== undefined) changed.after.add(now)
  }
  for (const key of joinModels([...changed.before, ...changed.after])) add(key)
  // A key that is itself a foreign key passes a change on, so the set grows while it is walked.
  for (const key of pending) {
    if (sameFacets(before, after, key)) continue
    for (const state of [before, after]) {
      for (const relation of relationsTo(state, key)) {
        const referring = keyOf(relation.model)
        add(referring)
        pending.add(referring)
      }
    }
  }
  return changed
}

/** The models whose tables hold the pairs of some models' relations: a relation that comes or goes may copy them. */
function joinModels(models: readonly ModelState[]): ReadonlySet<string> {
  return new Set(models.flatMap(({ fields }) => fields.flatMap(({ field }) => field.through ?? [])).map(String))
}

function sameFacets(before: ProjectState, after: ProjectState, key: string): boolean {
  const old = findModel(before, key)
  const now = findModel(after, key)
  return old !== undefined && now !== undefined && structuralEqual(facetsOf(before, old), facetsOf(after, now))
}

/** The models of one State that the other does not share, found by comparing maps by pointer. */
function* onlyIn(state: ProjectState, other: ProjectState): Generator<ModelState> {
  if (state.apps === other.apps) return
  for (const [app, models] of state.apps) {
    const others = other.apps.get(app)
    if (others === models) continue
    for (const [name, model] of models) if (others?.get(name) !== model) yield model
  }
}

function schemaOf(state: ProjectState, models: Iterable<ModelState>, dialect: Dialect): Schema {
  const tables = new Map<string, Table>()
  const owners = new Map<string, ModelState>()
  for (const model of models) {
    for (const table of projectModel(state, model, dialect)) {
      const owner = owners.get(table.name)
      if (owner !== undefined) {
        fail('migrations.operationTableTwice', { table: table.name, models: [keyOf(owner), keyOf(model)] })
      }
      tables.set(table.name, table)
      owners.set(table.name, model)
    }
  }
  return { tables, ...projectObjects(state, dialect), others: [] }
}

/** The objects that this database has; one that ignores a kind of them has none. */
function projectObjects(state: ProjectState, { support, capabilities }: Dialect): Pick<Schema, 'objects'> {
  const known = [...state.objects].filter(
    ([, { object }]) =>
      'works' in support[featureOf[object.kind]] && (object.kind !== 'enum' || capabilities.enumTypes),
  )
  if (known.length === 0) return {}
  return { objects: new Map(known.map(([key, { object }]) => [key, object])) }
}

const featureOf = {
  enum: 'nativeEnum',
  extension: 'extension',
  collation: 'createCollation',
} as const satisfies Record<SchemaObject['kind'], Feature>
