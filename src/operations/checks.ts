import { fail } from '../errors/error.ts'
import { hasColumn, relationOf } from '../fields/database-options.ts'
import type { Field } from '../fields/field.ts'
import { didYouMean } from '../lib/did-you-mean.ts'
import { columnName } from '../state/names.ts'
import {
  type FieldState,
  findField,
  findModel,
  keyOf,
  type ModelState,
  modelKey,
  modelsOf,
  type ProjectState,
} from '../state/project-state.ts'
import { qualifiedKey } from '../state/state-field.ts'
import { keyFields } from '../state/table-facets.ts'
import type { OperationContext } from './operation-definition.ts'

/** The migration and the operation, as every sentence about an operation names them. */
export function siteOf({ app, migration, operation = 'an operation' }: OperationContext): {
  readonly migration: string
  readonly operation: string
} {
  return { migration: `${app}.${migration}`, operation }
}

/** The model of the migration's own app by this name. Fails with `migrations.operationUnknownModel`. */
export function requireModel(state: ProjectState, name: string, context: OperationContext): ModelState {
  return requireKey(state, modelKey(context.app, name), context)
}

/** The model under a key. Fails with `migrations.operationUnknownModel`. */
export function requireKey(state: ProjectState, key: string, context: OperationContext): ModelState {
  const model = findModel(state, key)
  if (model === undefined) {
    fail('migrations.operationUnknownModel', { ...siteOf(context), model: key, hint: didYouMean(key, keysOf(state)) })
  }
  return model
}

/** Fails with `migrations.operationModelExists` when the State has a model under the key. */
export function requireNoModel(state: ProjectState, key: string, context: OperationContext): void {
  if (findModel(state, key) !== undefined) fail('migrations.operationModelExists', { ...siteOf(context), model: key })
}

/** The field of a model. Fails with `migrations.operationUnknownField`. */
export function requireField(model: ModelState, name: string, context: OperationContext): FieldState {
  const field = findField(model, name)
  if (field === undefined) {
    const hint = didYouMean(
      name,
      model.fields.map((known) => known.name),
    )
    fail('migrations.operationUnknownField', { ...siteOf(context), model: keyOf(model), field: name, hint })
  }
  return field
}

/** Fails with `migrations.operationFieldExists` when the model has the field. */
export function requireNoField(model: ModelState, name: string, context: OperationContext): void {
  if (findField(model, name) !== undefined) {
    fail('migrations.operationFieldExists', { ...siteOf(context), model: keyOf(model), field: name })
  }
}

/** Fails with `migrations.operationColumnTaken` when a field would share its column with another one. */
export function requireFreeColumn(
  others: Iterable<Pick<FieldState, 'name' | 'field'>>,
  model: string,
  name: string,
  field: Field,
  context: OperationContext,
): void {
  if (!hasColumn(field)) return
  const column = columnName(name, field)
  // Column names differ by more than case on every database but PostgreSQL, so they must here.
  const wanted = column.toLowerCase()
  for (const other of others) {
    if (other.name === name || !hasColumn(other.field)) continue
    if (columnName(other.name, other.field).toLowerCase() === wanted) {
      fail('migrations.operationColumnTaken', { ...siteOf(context), model, field: name, other: other.name, column })
    }
  }
}

/** The model that has a relation: its key, by field names, is what a relation to itself points at. */
export interface RelationSource {
  readonly app: string
  readonly name: string
  readonly key: readonly string[]
}

/** A model as the source of its relations. */
export function sourceOf(model: ModelState): RelationSource {
  return { app: model.app, name: model.name, key: keyFields(model).map(({ name }) => name) }
}

/**
 * Checks the models that a field names: they exist and, where a column is to hold their key, have a key of one field. `self` is the field's own model,
 * which may be about to be created. Fails with `migrations.operationUnknownTarget`, `…TargetNotText`, `…TargetKey`.
 */
export function requireTargets(
  state: ProjectState,
  self: RelationSource,
  name: string,
  field: Field,
  context: OperationContext,
): void {
  if (relationOf(field) === undefined) return
  const own = modelKey(self.app, self.name)
  const site = { ...siteOf(context), model: own, field: name }
  const keyOfTarget = (target: unknown): { readonly target: string; readonly key: readonly string[] } => {
    if (typeof target !== 'string') return fail('migrations.operationTargetNotText', site)
    const key = qualifiedKey(target, self.app, self.name)
    if (key === own) return { target: key, key: self.key }
    const model = findModel(state, key)
    if (model === undefined) {
      return fail('migrations.operationUnknownTarget', { ...site, target: key, hint: didYouMean(key, keysOf(state)) })
    }
    return { target: key, key: keyFields(model).map((entry) => entry.name) }
  }
  const found = keyOfTarget(field.to)
  if (field.through !== undefined) keyOfTarget(field.through)
  else if (found.key.length !== 1) fail('migrations.operationTargetKey', { ...site, ...found })
}

/** Fails with `migrations.operationUnknownPart` when one of the names is no field with a column. */
export function requireColumns(
  model: string,
  fields: Iterable<Pick<FieldState, 'name' | 'field'>>,
  names: Iterable<string>,
  subject: string,
  context: OperationContext,
): void {
  const known = new Set([...fields].filter(({ field }) => hasColumn(field)).map(({ name }) => name))
  for (const field of names) {
    if (!known.has(field)) {
      const hint = didYouMean(field, known)
      fail('migrations.operationUnknownPart', { ...siteOf(context), model, subject, field, hint })
    }
  }
}

function keysOf(state: ProjectState): readonly string[] {
  return [...modelsOf(state)].map(keyOf)
}
