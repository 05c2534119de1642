import type { GodwitError } from '../../errors/error.ts'
import { hasColumn } from '../../fields/database-options.ts'
import type { PartDeclaration } from '../../models/declarations.ts'
import { columnsOf, type Expression } from '../../schema/expression.ts'
import { type FieldState, keyOf, type ModelState, modelsOf, type ProjectState } from '../project-state.ts'
import { mistake } from './mistake.ts'

/** Indexes, constraints, keys and computed fields that name fields which the model does not have, or which have no column. */
export function* memberMistakes(state: ProjectState): Generator<GodwitError> {
  for (const model of modelsOf(state)) {
    const fields = new Map(model.fields.map((field) => [field.name, field]))
    const { primaryKey, indexes = [], constraints = [] } = model.options
    if (primaryKey !== undefined) {
      yield* namesIn(model, fields, 'The primary key', primaryKey)
      yield* repeated(model, 'The primary key', primaryKey)
    }
    for (const { name, parts, where } of indexes) yield* partMistakes(model, fields, named('index', name), parts, where)
    for (const constraint of constraints) {
      const place = named('constraint', constraint.name)
      if (constraint.kind === 'check') yield* namesIn(model, fields, place, columnsOf(constraint.condition))
      else yield* partMistakes(model, fields, place, constraint.parts, constraint.where)
    }
    for (const { name, field } of model.fields) {
      if (field.expression !== undefined) yield* generatedMistakes(model, fields, name, field.expression)
    }
  }
}

type FieldsByName = ReadonlyMap<string, FieldState>

function named(what: string, name: string | undefined): string {
  return name === undefined ? `An ${what === 'index' ? 'index' : 'unnamed constraint'}` : `The ${what} "${name}"`
}

function* partMistakes(
  model: ModelState,
  fields: FieldsByName,
  place: string,
  parts: readonly PartDeclaration[],
  where: Expression | undefined,
): Generator<GodwitError> {
  if (parts.length === 0) yield mistake('models.emptyPart', { model: keyOf(model), place })
  const plain = parts.flatMap((part) => ('field' in part ? [part.field] : []))
  const computed = parts.flatMap((part) => ('expression' in part ? [...columnsOf(part.expression)] : []))
  yield* repeated(model, place, plain)
  yield* namesIn(
    model,
    fields,
    place,
    new Set([...plain, ...computed, ...(where === undefined ? [] : columnsOf(where))]),
  )
}

function* repeated(model: ModelState, place: string, names: readonly string[]): Generator<GodwitError> {
  const twice = names.find((name, position) => names.indexOf(name) !== position)
  if (twice !== undefined) yield mistake('models.repeatedMember', { model: keyOf(model), place, field: twice })
}

function* namesIn(
  model: ModelState,
  fields: FieldsByName,
  place: string,
  names: Iterable<string>,
): Generator<GodwitError> {
  for (const name of names) {
    const found = fields.get(name)
    if (found === undefined) {
      yield mistake('models.unknownMember', { model: keyOf(model), place, field: name, known: [...fields.keys()] })
    } else if (!hasColumn(found.field)) {
      yield mistake('models.memberWithoutColumn', { model: keyOf(model), place, field: name })
    }
  }
}

function* generatedMistakes(
  model: ModelState,
  fields: FieldsByName,
  name: string,
  expression: Expression,
): Generator<GodwitError> {
  const reads = columnsOf(expression)
  yield* namesIn(model, fields, `The expression of "${name}"`, reads)
  for (const read of reads) {
    if (fields.get(read)?.field.expression !== undefined) {
      yield mistake('models.generatedReadsGenerated', { model: keyOf(model), field: name, reads: read })
    }
  }
}
