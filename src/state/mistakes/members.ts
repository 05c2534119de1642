import type { GodwitError } from '../../errors/error.ts'
import { hasColumn } from '../../fields/database-options.ts'
import type {
  ConstraintDeclaration,
  CoveringDeclaration,
  ExclusionDeclaration,
  PartDeclaration,
  UniqueDeclaration,
} from '../../models/declarations.ts'
import { columnsOf, type Expression } from '../../schema/expression.ts'
import { type FieldState, keyOf, type ModelState, modelsOf, type ProjectState } from '../project-state.ts'
import { mistake } from './mistake.ts'
import { prefixMistakes } from './prefix-lengths.ts'

/** Indexes, constraints, keys and computed fields that name fields which the model does not have, or which have no column. */
export function* memberMistakes(state: ProjectState): Generator<GodwitError> {
  for (const model of modelsOf(state)) {
    const fields = new Map(model.fields.map((field) => [field.name, field]))
    const { primaryKey, indexes = [], constraints = [] } = model.options
    if (primaryKey !== undefined) {
      yield* namesIn(model, fields, 'The primary key', primaryKey)
      yield* repeated(model, 'The primary key', primaryKey)
    }
    for (const index of indexes) {
      const place = named('index', index.name)
      yield* coveringMistakes(model, fields, place, index)
      yield* prefixMistakes(model, fields, place, { parts: index.parts, isUnique: false })
    }
    for (const constraint of constraints) yield* constraintMistakes(model, fields, constraint)
    for (const { name, field } of model.fields) {
      if (field.expression !== undefined) yield* generatedMistakes(model, fields, name, field.expression)
    }
  }
}

type FieldsByName = ReadonlyMap<string, FieldState>

function named(what: string, name: string | undefined): string {
  return name === undefined ? `An ${what === 'index' ? 'index' : 'unnamed constraint'}` : `The ${what} "${name}"`
}

function* constraintMistakes(
  model: ModelState,
  fields: FieldsByName,
  constraint: ConstraintDeclaration,
): Generator<GodwitError> {
  const place = named('constraint', constraint.name)
  switch (constraint.kind) {
    case 'check':
      yield* nameMissing(model, place, constraint)
      yield* namesIn(model, fields, place, columnsOf(constraint.condition))
      return
    case 'unique':
      yield* coveringMistakes(model, fields, place, constraint)
      yield* prefixMistakes(model, fields, place, { parts: constraint.parts, isUnique: true })
      yield* deferrableMistakes(model, place, constraint)
      return
    case 'exclusion':
      yield* nameMissing(model, place, constraint)
      yield* exclusionMistakes(model, fields, place, constraint)
      return
    default:
      // Only an index that was put among the constraints comes here, which is told of elsewhere.
      constraint satisfies never
  }
}

/** Types are stripped and not checked when the file runs, so a name that must be there may not. */
function* nameMissing(
  model: ModelState,
  place: string,
  { kind, name }: { readonly kind: string; readonly name: unknown },
): Generator<GodwitError> {
  if (typeof name === 'string') return
  const fix = `Give it one: ${kind}({ name: 'what_it_holds', … }).`
  yield mistake('models.invalidPart', { model: keyOf(model), place, problem: `is ${kind}(…) without a name`, fix })
}

function* coveringMistakes(
  model: ModelState,
  fields: FieldsByName,
  place: string,
  { parts, where, include = [] }: CoveringDeclaration,
): Generator<GodwitError> {
  if (parts.length === 0) yield mistake('models.emptyPart', { model: keyOf(model), place })
  const plain = parts.flatMap((part) => ('field' in part ? [part.field] : []))
  const computed = parts.flatMap((part) => ('expression' in part ? [...columnsOf(part.expression)] : []))
  yield* repeated(model, place, plain)
  yield* repeated(model, place, include)
  yield* namesIn(model, fields, place, new Set([...plain, ...computed, ...columnsOfOptional(where), ...include]))
  const odd = parts.find(({ nulls }) => nulls !== undefined && !nullsPlaces.includes(nulls))
  if (odd === undefined) return
  yield mistake('models.invalidPart', {
    model: keyOf(model),
    place,
    problem: `has nulls: '${odd.nulls}'`,
    fix: `Use one of ${nullsPlaces.join(', ')}.`,
  })
}

const nullsPlaces: readonly string[] = ['first', 'last']
const moments: readonly string[] = ['immediate', 'deferred']

function* momentMistakes(
  model: ModelState,
  place: string,
  { deferrable }: Pick<UniqueDeclaration, 'deferrable'>,
): Generator<GodwitError> {
  if (deferrable === undefined || moments.includes(deferrable)) return
  yield mistake('models.invalidPart', {
    model: keyOf(model),
    place,
    problem: `has deferrable: '${deferrable}'`,
    fix: `Use one of ${moments.join(', ')}, or leave it out.`,
  })
}

/** What can wait for the end of a transaction is a constraint, and a constraint is over plain columns of all rows. */
function* deferrableMistakes(model: ModelState, place: string, unique: UniqueDeclaration): Generator<GodwitError> {
  yield* momentMistakes(model, place, unique)
  if (unique.deferrable === undefined) return
  const obstacle =
    unique.where === undefined ? unique.parts.map(obstacleIn).find((word) => word !== undefined) : 'where'
  if (obstacle === undefined) return
  yield mistake('models.invalidPart', {
    model: keyOf(model),
    place,
    problem: `is deferrable and has ${obstacle}, which exclude each other`,
    fix: 'Leave one of them out.',
  })
}

function obstacleIn(part: PartDeclaration): string | undefined {
  if ('expression' in part) return 'an expression'
  if (part.operatorClass !== undefined) return 'operatorClasses'
  if (part.nulls !== undefined) return 'nulls'
  return part.descending ? 'a descending field' : undefined
}

function* exclusionMistakes(
  model: ModelState,
  fields: FieldsByName,
  place: string,
  exclusion: ExclusionDeclaration,
): Generator<GodwitError> {
  const wrong = (problem: string): GodwitError =>
    mistake('models.invalidPart', {
      model: keyOf(model),
      place,
      problem,
      fix: "Write its elements like this: elements: [{ field: 'during', operator: '&&' }].",
    })
  const { elements, where } = exclusion
  yield* momentMistakes(model, place, exclusion)
  if (elements.length === 0) yield wrong('compares nothing')
  for (const element of elements) {
    // Types are stripped and not checked when the file runs, so anything can be missing.
    const over: unknown = 'field' in element ? element.field : element.expression
    if (over === undefined) yield wrong('has an element that is neither a field nor an expression')
    else yield* namesIn(model, fields, place, 'field' in element ? [element.field] : columnsOf(element.expression))
    if (typeof element.operator !== 'string' || element.operator.trim() === '') {
      yield wrong('has an element without an operator')
    }
  }
  yield* namesIn(model, fields, place, columnsOfOptional(where))
}

function columnsOfOptional(expression: Expression | undefined): Iterable<string> {
  return expression === undefined ? [] : columnsOf(expression)
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
