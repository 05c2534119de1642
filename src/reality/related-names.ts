import type { Field } from '../fields/field.ts'
import { findModel, keyOf, type ModelState, modelsOf } from '../state/project-state.ts'
import { freshNames, type Names } from './identifiers.ts'
import type { ReadModel } from './read-models.ts'
import type { Source } from './source.ts'

/**
 * Gives a name to the other side of each relation that would have none of its own: a second one between two models, and one that a field of the target
 * hides. The others keep the name of their model.
 */
export function withRelatedNames(models: readonly ReadModel[], { known }: Source): readonly ReadModel[] {
  const byKey = new Map(models.map(({ model }): [string, ModelState] => [keyOf(model), model]))
  const taken = new Map<string, Names>()
  const namesOf = (key: string): Names => {
    const names = taken.get(key) ?? freshNames(namesAt(key, byKey.get(key) ?? findModel(known, key), known))
    taken.set(key, names)
    return names
  }
  return models.map(({ model, ...read }) => {
    const fields = model.fields.map((entry) => {
      const { to } = entry.field
      if (typeof to !== 'string') return entry
      const usual = lowerFirst(model.name)
      const name = namesOf(to).claim(usual, `${usual}By${upperFirst(entry.name)}`)
      const field: Field = name === usual ? entry.field : { ...entry.field, relatedName: name }
      return { ...entry, field }
    })
    return { ...read, model: { ...model, fields } }
  })
}

/** The fields of a model, and what others call their relations to it already. */
function* namesAt(key: string, target: ModelState | undefined, known: Source['known']): Generator<string> {
  for (const { name } of target?.fields ?? []) yield name
  for (const model of modelsOf(known)) {
    for (const { field } of model.fields) if (field.to === key) yield field.relatedName ?? lowerFirst(model.name)
  }
}

function lowerFirst(name: string): string {
  return name.charAt(0).toLowerCase() + name.slice(1)
}

function upperFirst(name: string): string {
  return name.charAt(0).toUpperCase() + name.slice(1)
}
