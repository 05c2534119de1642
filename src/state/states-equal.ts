import { fieldsEqual } from '../fields/database-options.ts'
import { canonicalJson } from '../lib/canonical-json.ts'
import { structuralEqual } from '../lib/structural-equal.ts'
import type { ModelOptions } from '../models/declarations.ts'
import type { ModelState, ProjectState } from './project-state.ts'

/** Whether two States say the same of the database. Identities, the order of models and fields, and what only code reads take no part. */
export function statesEqual(a: ProjectState, b: ProjectState): boolean {
  return (
    objectsEqual(a.objects, b.objects) &&
    a.apps.size === b.apps.size &&
    [...a.apps].every(([app, models]) => {
      const others = b.apps.get(app)
      if (others === models) return true
      if (others?.size !== models.size) return false
      return [...models].every(([name, model]) => {
        const other = others.get(name)
        return other !== undefined && modelsEqual(model, other)
      })
    })
  )
}

/** Which app made an object says nothing of the database. */
function objectsEqual(a: ProjectState['objects'], b: ProjectState['objects']): boolean {
  if (a === b) return true
  return a.size === b.size && [...a].every(([key, { object }]) => structuralEqual(object, b.get(key)?.object))
}

/** Whether two models say the same of the database, by the same name. */
export function modelsEqual(a: ModelState, b: ModelState): boolean {
  if (a === b) return true
  if (a.app !== b.app || a.name !== b.name || a.fields.length !== b.fields.length) return false
  const others = new Map(b.fields.map(({ name, field }) => [name, field]))
  return (
    a.fields.every(({ name, field }) => {
      const other = others.get(name)
      return other !== undefined && fieldsEqual(field, other)
    }) && optionsEqual(a.options, b.options)
  )
}

/** Whether two sets of options say the same. The order of indexes and of constraints does not matter; none and an empty list are one. */
export function optionsEqual(a: ModelOptions, b: ModelOptions): boolean {
  return structuralEqual(comparable(a), comparable(b))
}

function comparable(options: ModelOptions): unknown {
  const { indexes = [], constraints = [], ...rest } = options
  return { ...rest, indexes: indexes.map(canonicalJson).sort(), constraints: constraints.map(canonicalJson).sort() }
}
