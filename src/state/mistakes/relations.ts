import type { GodwitError } from '../../errors/error.ts'
import { relationOf } from '../../fields/database-options.ts'
import { type FieldState, findModel, keyOf, type ModelState, modelsOf, type ProjectState } from '../project-state.ts'
import { mistake } from './mistake.ts'
import { isFieldName } from './names.ts'

/** Keys that no single column can hold, names that two relations want, and join models that do not join. */
export function* relationMistakes(state: ProjectState): Generator<GodwitError> {
  const reverse = new Map<string, string>()
  for (const model of modelsOf(state)) {
    for (const relation of model.fields) {
      const target = relation.field.to === undefined ? undefined : findModel(state, String(relation.field.to))
      if (target === undefined) continue
      yield* compositeKeyMistakes(model, relation, target)
      yield* relatedNameMistakes(reverse, model, relation, target)
      yield* throughMistakes(state, model, relation, target)
    }
  }
}

function* compositeKeyMistakes(
  model: ModelState,
  { name, field }: FieldState,
  target: ModelState,
): Generator<GodwitError> {
  if (field.through !== undefined) return
  const needed = relationOf(field) === 'manyToMany' ? new Set([model, target]) : [target]
  for (const keyed of needed) {
    if (keyed.options.primaryKey === undefined) continue
    yield mistake('models.targetCompositeKey', { model: keyOf(model), field: name, target: keyOf(keyed) })
  }
}

function* relatedNameMistakes(
  reverse: Map<string, string>,
  model: ModelState,
  { name, field }: FieldState,
  target: ModelState,
): Generator<GodwitError> {
  const wanted = field.relatedName
  if (wanted === undefined) return
  const owner = `${keyOf(model)}.${name}`
  if (!isFieldName(wanted)) {
    yield mistake('models.invalidField', {
      model: keyOf(model),
      field: name,
      problem: `has the relatedName "${wanted}", which is no name for a field`,
      fix: 'Start it with a letter, then letters and digits: invoices.',
    })
  }
  const place = `${keyOf(target)}.${wanted}`
  const ownField = target.fields.some((other) => other.name === wanted) ? 'a field of its own' : undefined
  const other = ownField ?? reverse.get(place)
  reverse.set(place, `the reverse of ${owner}`)
  if (other === undefined) return
  yield mistake('models.relatedNameTaken', {
    target: keyOf(target),
    name: wanted,
    owners: [other, `the reverse of ${owner}`],
  })
}

function* throughMistakes(
  state: ProjectState,
  model: ModelState,
  { name, field }: FieldState,
  target: ModelState,
): Generator<GodwitError> {
  const through = field.through === undefined ? undefined : findModel(state, String(field.through))
  if (through === undefined) return
  const about = { model: keyOf(model), field: name, through: keyOf(through) }
  const sides = [model, target]
  if (field.throughFields !== undefined) {
    for (const [position, side] of sides.entries()) {
      const named = String(field.throughFields[position])
      if (keysTo(through, side).includes(named)) continue
      yield mistake('models.throughFieldsWrong', { ...about, named, side: keyOf(side) })
    }
    return
  }
  // A relation to the same model needs two keys to it, the first of which is the source's.
  const wanted = model === target ? 2 : 1
  for (const side of new Set(sides)) {
    const found = keysTo(through, side)
    if (found.length === wanted) continue
    yield mistake('models.throughAmbiguous', {
      ...about,
      side: wanted === 2 && found.length === 1 ? `${keyOf(side)} besides "${found[0]}"` : keyOf(side),
      found: found.length < wanted ? [] : found,
    })
  }
}

function keysTo(through: ModelState, side: ModelState): readonly string[] {
  return through.fields
    .filter(({ field }) => field.to === keyOf(side) && relationOf(field) !== 'manyToMany')
    .map(({ name }) => name)
}
