import type { Field } from '../fields/field.ts'
import { type FieldState, keyOf, type ModelState } from '../state/project-state.ts'
import { namedModels } from '../state/state-field.ts'
import { keyFields } from '../state/table-facets.ts'
import { components } from './components.ts'
import { isManyToMany } from './field-facts.ts'

/** A model in its place of the order, and those of its fields that point at a later one: they must be added when all are there. */
export interface OrderedModel {
  readonly model: ModelState
  readonly deferred: ReadonlySet<string>
}

/**
 * Models in an order in which each can be created whole, wherever that is possible. A circle is broken where it costs least: at a join table, else
 * at a foreign key that may be NULL, else at another, and never at a primary key if it can be helped.
 */
export function creationOrder(models: readonly ModelState[]): readonly OrderedModel[] {
  const byKey = new Map(models.map((model) => [keyOf(model) as string, model]))
  const order = orderFrom(models, 0, byKey)
  const place = new Map(order.map((model, index) => [keyOf(model) as string, index]))
  return order.map((model, index) => ({
    model,
    deferred: new Set(
      model.fields
        .filter(({ field }) => namedModels(field).some((key) => (place.get(key) ?? -1) > index))
        .map(({ name }) => name),
    ),
  }))
}

/** One more than the strength of the strongest relation. */
const beyondAll = 4

function strength(field: Field, keys: readonly FieldState[], name: string): number {
  if (isManyToMany(field)) return 0
  if (keys.some((key) => key.name === name)) return 3
  return field.null === true ? 1 : 2
}

function orderFrom(
  models: readonly ModelState[],
  least: number,
  byKey: ReadonlyMap<string, ModelState>,
): readonly ModelState[] {
  if (models.length < 2 || least === beyondAll) return models
  const targetsOf = (model: ModelState): readonly ModelState[] => {
    const keys = keyFields(model)
    return model.fields
      .filter(({ field, name }) => field.to !== undefined && strength(field, keys, name) >= least)
      .flatMap(({ field }) => namedModels(field))
      .flatMap((key) => byKey.get(key) ?? [])
  }
  return components(models, targetsOf).flatMap((group) => orderFrom(group, least + 1, byKey))
}
