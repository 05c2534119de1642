import type { Field } from '../../src/fields/field.ts'
import type { ConstraintDeclaration, IndexDeclaration } from '../../src/models/declarations.ts'
import { findField, type ProjectState } from '../../src/state/project-state.ts'
import { withField, withoutField, withRenamedField } from '../../src/state/with-field.ts'
import { modelUnder, withOptions } from '../../src/state/with-model.ts'
import { app } from './app.ts'

/** Models that somebody goes on working with. */
export interface Changed {
  readonly state: ProjectState
  /** What fields were called before, by what they are called now, as `renamedFrom` says it. */
  readonly hints: ReadonlyMap<string, string>
  add(model: string, name: string, field: Field): Changed
  /** Under another name, with the column that Godwit derives from it. */
  rename(model: string, from: string, to: string): Changed
  alter(model: string, name: string, options: Partial<Field>): Changed
  remove(model: string, name: string): Changed
  constrain(model: string, constraint: ConstraintDeclaration): Changed
  index(model: string, index: IndexDeclaration): Changed
}

export function changed(state: ProjectState, hints: ReadonlyMap<string, string> = new Map()): Changed {
  const keyOf = (model: string): string => `${app}.${model}`
  const fieldOf = (model: string, name: string, now: ProjectState = state): Field => {
    const found = findField(modelUnder(now, keyOf(model)), name)
    if (found === undefined) throw new Error(`${model} has no field ${name}`)
    return found.field
  }
  return {
    state,
    hints,
    add: (model, name, field) => changed(withField(state, keyOf(model), name, field), hints),
    rename(model, from, to) {
      const renamed = withRenamedField(state, keyOf(model), from, to)
      const { column: _, ...field } = fieldOf(model, to, renamed)
      const next = withField(renamed, keyOf(model), to, field)
      return changed(next, new Map(hints).set(`${keyOf(model)}.${to}`, from))
    },
    alter: (model, name, options) =>
      changed(withField(state, keyOf(model), name, { ...fieldOf(model, name), ...options }), hints),
    remove: (model, name) => changed(withoutField(state, keyOf(model), name), hints),
    constrain(model, constraint) {
      const { constraints = [] } = modelUnder(state, keyOf(model)).options
      return changed(withOptions(state, keyOf(model), { constraints: [...constraints, constraint] }), hints)
    },
    index(model, index) {
      const { indexes = [] } = modelUnder(state, keyOf(model)).options
      return changed(withOptions(state, keyOf(model), { indexes: [...indexes, index] }), hints)
    },
  }
}
